/** Responses collected with ODK or KoboToolbox, taken in from their CSV exports. */
export { openCsv } from './csv-file.js'
export { type ImportOutcome, importResponses } from './import-responses.js'
export { readMappingFile } from './mapping-file.js'
export { createRejectsFile } from './rejects-file.js'
