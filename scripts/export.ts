/**
 * Writes the microdata of a wave: `export --wave ID --format csv|sav|xlsx --out FILE [--lang vi|en] [--separator ';']`.
 * Codebook, list of what was withheld, checksums and, with the CSV, scripts for R and Stata lie beside it.
 * Settings: MONGODB_URI, or DATA_DIR of the embedded engine.
 */
import { createWaveExport } from './support/export-wave.js'
import { runMain } from './support/run-main.js'
import { withDatabase } from './support/with-database.js'

await runMain(() => withDatabase(process.env, createWaveExport, (tool) => tool.run(process.argv.slice(2))))
