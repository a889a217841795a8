/** The survey data of the project, whole: read from its files, or from what was built of them. */
export { writeBuiltData } from './built-data.js'
export { loadSurveys, type Surveys } from './load-surveys.js'
