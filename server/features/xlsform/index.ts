/** Questionnaires as forms of ODK and KoboToolbox, and back: the XLSForm format. */
export { exportForm } from './export-form.js'
export { importForm } from './import-form.js'
