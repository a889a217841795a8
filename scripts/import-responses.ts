/**
 * Takes in what interviewers collected with ODK or KoboToolbox:
 * `import-responses --wave WAVE --file FILE.csv [--mapping FILE.yaml] [--rejects FILE.csv] [--lang vi|en]`.
 * Exit code 1 when rows were rejected. Settings: MONGODB_URI, or DATA_DIR of the embedded engine.
 */
import { createResponseImport } from './support/import-command.js'
import { runMain } from './support/run-main.js'
import { withDatabase } from './support/with-database.js'

await runMain(() => withDatabase(process.env, createResponseImport, (tool) => tool.run(process.argv.slice(2))))
