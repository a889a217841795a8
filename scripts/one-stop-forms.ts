/** Writes the forms of the one-stop decree from ratings of dossiers, or checks a folder of them; `--help` explains. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { isIsoDay } from '../server/domain/survey/day.js'
import { checkForms, type FormsFault, type FormsOutcome, writeForms } from '../server/features/one-stop/index.js'
import { loadSurveys } from '../server/features/survey-data/index.js'
import { codeVersion } from '../server/platform/code-version.js'
import { projectDir } from '../server/platform/paths.js'
import { createSigner } from '../server/platform/signing.js'
import { done, failed, print, type Report } from './support/report.js'
import { runMain } from './support/run-main.js'

const METHOD = 'decree-61-2018'
const MOST_TOLD = 20
const HELP = `Usage: npm run one-stop-forms -- --scores FILE --from DAY --to DAY --out DIR [--dossier NUMBER …] [--simulated]
       npm run one-stop-forms -- --check DIR [--key FILE]

--scores FILE   CSV, one line a rating: agency (uid), dossier, day, by (self or verified), TC1 to TC9 (0, 1, 2 or nothing)
--from, --to    first day meant, and first day no longer meant
--out DIR       new or empty: form 3 of all agencies, form 2 of each, form 1 of the dossiers named, as .docx and .xlsx;
                scores.csv, figures.csv, manifest.json and, with SIGNING_KEY, signature.json
--simulated     says on every form that the ratings are invented
--check DIR     computes figures.csv anew from scores.csv and names what differs; with --key also who signed`

function outcomeReport(outcome: FormsOutcome): Report {
  switch (outcome.kind) {
    case 'written':
      return done(
        `${outcome.agencyCount} agencies, ${outcome.files.length} files written`,
        ...outcome.files.map((name) => `  ${name}`),
      )
    case 'columns_wrong':
      return failed(
        ...outcome.missing.map((name) => `column ${name} is missing`),
        ...outcome.unknown.map((name) => `column ${name || '(without a name)'} is none of this table`),
      )
    case 'ratings_wrong': {
      const told = outcome.faults.slice(0, MOST_TOLD)
      const more = outcome.faults.length - told.length
      return failed(
        'Nothing was written:',
        ...told.map(({ line, column, message }) => `  line ${line}, ${column}: ${message}`),
        ...(more > 0 ? [`  and ${more} more`] : []),
      )
    }
    case 'nothing_rated':
      return failed('The table has no rating')
    case 'unknown_dossier':
      return failed(`No rating of the dossier ${outcome.dossier}`)
    case 'folder_not_empty':
      return failed('The folder is not empty: name a new one')
  }
}

function inWords(fault: FormsFault): string {
  switch (fault.kind) {
    case 'unreadable':
      return `${fault.file}: cannot be read as what it should be`
    case 'altered':
      return `${fault.file}: is not what was written`
    case 'other_method':
      return `computed by ${fault.found}, which this program does not have`
    case 'figures_differ':
      return `figures.csv line ${fault.line}: is not what the ratings give`
    case 'unsigned':
      return 'signature.json: there is no signature'
    case 'bad_signature':
      return 'signature.json: does not sign this manifest'
    case 'other_key':
      return 'signature.json: is by another key'
  }
}

function dayOf(name: string, text: string | undefined): string {
  if (text !== undefined && isIsoDay(text)) return text
  throw new Error(`--${name} is a day as in 2025-01-01\n\n${HELP}`)
}

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      scores: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      out: { type: 'string' },
      dossier: { type: 'string', multiple: true },
      simulated: { type: 'boolean' },
      check: { type: 'string' },
      key: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) return console.log(HELP)
  const { registry, texts, methods } = loadSurveys(projectDir())
  const method = methods.find(({ id }) => id === METHOD)
  if (method === undefined) throw new Error(`There is no method ${METHOD}`)
  if (values.check !== undefined) {
    const key = values.key === undefined ? null : readFileSync(values.key, 'utf8')
    const faults = await checkForms({ method, registry }, values.check, key)
    const signed = key === null ? '' : ', signed by the key given'
    return print(
      faults.length === 0
        ? done(`${values.check}: every figure follows from the ratings, to the last digit${signed}`)
        : failed(`${values.check}: does not hold`, ...faults.map((fault) => `  ${inWords(fault)}`)),
    )
  }
  if (values.scores === undefined || values.out === undefined) throw new Error(HELP)
  const [from, to] = [dayOf('from', values.from), dayOf('to', values.to)]
  if (from >= to) throw new Error('--to is a day after --from')
  const signingKey = process.env.SIGNING_KEY
  const signer = signingKey ? createSigner(signingKey) : null
  const t = texts.translator('vi')
  const needs = { method, registry, signer, code: codeVersion(projectDir()), t }
  const { scores, out, dossier: dossiers = [], simulated: isSimulated = false } = values
  print(outcomeReport(await writeForms(needs, { scores, from, to, out, dossiers, isSimulated })))
})
