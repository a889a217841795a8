import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { PublishedQuestionnaire } from '../../server/domain/questionnaire/definition.js'
import { cityDay } from '../../server/domain/survey/day.js'
import { MODES } from '../../server/domain/survey/vocabulary.js'
import { readQuestionnaireFile, toPublished } from '../../server/features/questionnaires/index.js'
import { loadSurveys } from '../../server/features/survey-data/index.js'
import { exportForm, importForm } from '../../server/features/xlsform/index.js'
import { projectDir } from '../../server/platform/paths.js'
import { describeFileProblem } from '../../server/platform/yaml-file.js'

const USAGE =
  'Usage: xlsform export NAME|FILE.yaml --out FILE.xlsx [--mode face_to_face|phone|kiosk|web], or xlsform import FILE.xlsx --out FILE.yaml'
/** Read whole; what is larger is refused unread. */
const MAX_FILE_BYTES = 50 * 1024 * 1024

function parsed(args: readonly string[]) {
  try {
    const options = { out: { type: 'string' }, mode: { type: 'string', default: 'face_to_face' } } as const
    return parseArgs({ args: [...args], allowPositionals: true, options })
  } catch (error) {
    throw new Error(`${(error as Error).message}. ${USAGE}`, { cause: error })
  }
}

/** The command: which way, which file. */
export async function runXlsform(args: readonly string[]): Promise<void> {
  const { positionals, values } = parsed(args)
  const [way, source, ...more] = positionals
  if (source === undefined || more.length > 0 || values.out === undefined) throw new Error(USAGE)
  if (existsSync(values.out)) throw new Error(`${values.out} exists: name another file, or take it away first`)
  if (way === 'export') return exportTo(source, values.out, values.mode)
  if (way === 'import') return importTo(source, values.out)
  throw new Error(USAGE)
}

async function exportTo(name: string, out: string, givenMode: string): Promise<void> {
  const mode = MODES.find((one) => one === givenMode)
  if (mode === undefined) throw new Error(`--mode is one of ${MODES.join(' ')}, not ${givenMode}`)
  const surveys = loadSurveys(projectDir())
  const now = new Date()
  const published = findQuestionnaire(surveys.published, name)
  const { bytes, notCarriedOver } = exportForm(surveys, published, mode, cityDay(now), now)
  await writeFile(out, bytes, { flag: 'wx' })
  const { id, version } = published.questionnaire
  console.log(`${out}: ${id} ${version}, form version ${published.hash}`)
  console.log(`${notCarriedOver.length} parts have no place in XLSForm; they stand in the sheet not_carried_over:`)
  for (const { part, json, reason_en } of notCarriedOver)
    console.log(`  ${part}: ${reason_en} (${shortened(json ?? '')})`)
}

const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text)

/** The newest published version of a name, `NAME-VERSION`, or a draft by its path. */
function findQuestionnaire(published: readonly PublishedQuestionnaire[], name: string): PublishedQuestionnaire {
  if (name.endsWith('.yaml')) {
    const file = readQuestionnaireFile(name)
    if (file.kind === 'invalid') throw new Error(file.problems.map(describeFileProblem).join('\n'))
    return toPublished(file.questionnaire)
  }
  const found = published.filter(({ questionnaire: { id, version } }) => id === name || `${id}-${version}` === name)
  const newest = found.toSorted((a, b) => compareVersions(a.questionnaire.version, b.questionnaire.version)).at(-1)
  if (newest !== undefined) return newest
  const known = published.map(({ questionnaire: { id, version } }) => `${id}-${version}`).join(', ')
  throw new Error(`No published questionnaire is called ${name}. Published: ${known}; a draft is named by its file`)
}

const compareVersions = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true })

async function importTo(source: string, out: string): Promise<void> {
  if (!out.endsWith('.yaml')) throw new Error(`--out must end in .yaml: ${out}`)
  const { size } = statSync(source)
  if (size > MAX_FILE_BYTES)
    throw new Error(`${source}: more than 50 MB is no form; take out pictures and other sheets`)
  const outcome = await importForm(readFileSync(source))
  if (outcome.kind === 'faults') throw new Error(outcome.faults.map((fault) => `${source}: ${fault}`).join('\n'))
  writeFileSync(out, outcome.yaml, { flag: 'wx' })
  console.log(`${out}: written as a draft`)
  if (outcome.findings.length > 0) console.log(`${outcome.findings.length} things did not come over, or were assumed:`)
  for (const finding of outcome.findings) console.log(`  ${finding}`)
  const file = readQuestionnaireFile(out)
  if (file.kind === 'valid') return
  console.log(`${file.problems.length} things are to be added or mended before it can be published:`)
  for (const problem of file.problems) console.log(`  ${describeFileProblem(problem)}`)
}
