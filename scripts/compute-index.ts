/**
 * Computes an index of a wave by a method: `index --method sipas-2017 --wave 2026-web-citizen [--unit UID] [--json|--csv]
 * [--lang vi|en]`; without a method, lists the methods and the waves that they fit.
 * Settings: MONGODB_URI, or DATA_DIR of the embedded engine.
 */
import { createMethodIndex } from './support/method-index.js'
import { runMain } from './support/run-main.js'
import { withDatabase } from './support/with-database.js'

await runMain(() => withDatabase(process.env, createMethodIndex, (index) => index.run(process.argv.slice(2))))
