/**
 * Questionnaires as XLSForm workbooks, for ODK and KoboToolbox, and back:
 * `xlsform export NAME|FILE.yaml --out FILE.xlsx [--mode face_to_face]`, `xlsform import FILE.xlsx --out FILE.yaml`.
 */
import { runMain } from './support/run-main.js'
import { runXlsform } from './support/xlsform-command.js'

await runMain(() => runXlsform(process.argv.slice(2)))
