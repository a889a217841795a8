/** The three forms of the one-stop decree, from ratings of dossiers. */
export { checkForms, type FormsFault, type FormsOutcome, writeForms } from './write-forms.js'
