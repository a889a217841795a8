/** Exports: the microdata of a wave as files for statistical packages and spreadsheets. */
export { type ExportNeeds, type ExportOutcome, type ExportRequest, exportMicrodata } from './export-microdata.js'
export { SEPARATORS, type Separator } from './formats/csv.js'
export { ENDINGS, FORMATS, type Format } from './formats/formats.js'
export { encodeWorkbook, type Sheet } from './formats/workbook.js'
