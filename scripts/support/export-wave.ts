import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { wholeCity } from '../../server/domain/access/scope.js'
import { LANGUAGES } from '../../server/domain/survey/vocabulary.js'
import {
  ENDINGS,
  type ExportOutcome,
  type ExportRequest,
  exportMicrodata,
  FORMATS,
  SEPARATORS,
} from '../../server/features/exports/index.js'
import { createQuestionnaireStore, mongoQuestionnaireRepository } from '../../server/features/questionnaires/index.js'
import { createResponseRepository } from '../../server/features/responses/index.js'
import { loadSurveys } from '../../server/features/survey-data/index.js'
import { createWaves } from '../../server/features/waves/index.js'
import type { Connection } from '../../server/platform/mongo/connect.js'
import { projectDir } from '../../server/platform/paths.js'
import { commandAudit } from './command-audit.js'

const USAGE = 'Usage: export --wave WAVE --format csv|sav|xlsx|ddi --out FILE [--lang vi|en] [--separator ";"]'

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        wave: { type: 'string' },
        format: { type: 'string' },
        out: { type: 'string' },
        lang: { type: 'string', default: 'vi' },
        separator: { type: 'string', default: ',' },
      },
    }).values
  } catch (error) {
    throw new Error(`${(error as Error).message}. ${USAGE}`, { cause: error })
  }
}

function oneOf<Choice extends string>(name: string, given: string | undefined, choices: readonly Choice[]): Choice {
  const chosen = choices.find((choice) => choice === given)
  if (chosen === undefined)
    throw new Error(`--${name} is one of ${choices.join(' ')}, not ${given ?? 'left out'}. ${USAGE}`)
  return chosen
}

/** What was asked for on the command line. */
export function readExportArgs(args: readonly string[]) {
  const values = parsed(args)
  const format = oneOf('format', values.format, FORMATS)
  const language = oneOf('lang', values.lang, LANGUAGES)
  const separator = oneOf('separator', values.separator, SEPARATORS)
  if (values.out === undefined) throw new Error(`Name a file: --out. ${USAGE}`)
  const file = resolve(values.out)
  if (!file.endsWith(ENDINGS[format])) throw new Error(`--out must end in ${ENDINGS[format]}: ${values.out}`)
  if (!existsSync(dirname(file))) throw new Error(`There is no folder ${dirname(file)}: make it first`)
  return { waveId: values.wave, format, language, separator, file }
}

/** The command on a database. */
export function createWaveExport(connection: Connection) {
  const now = () => new Date()
  const surveys = loadSurveys(projectDir())
  const questionnaires = createQuestionnaireStore({ repository: mongoQuestionnaireRepository(connection), now })
  const waves = createWaves({ ...surveys, connection })
  const responses = createResponseRepository(connection)
  const note = commandAudit(connection)
  return {
    async run(args: readonly string[]): Promise<void> {
      const { waveId, ...wanted } = readExportArgs(args)
      const wave = waveId === undefined ? undefined : await waves.byId(waveId)
      if (wave === undefined) {
        const known = (await waves.list()).map(({ id }) => id).join(', ')
        const first = waveId === undefined ? 'Name a wave with --wave' : `There is no wave ${waveId}`
        throw new Error(`${first}. Known: ${known || 'none yet; npm run wave -- FILE opens one'}`)
      }
      const published = await questionnaires.byHash(wave.questionnaireHash)
      if (published === undefined) throw new Error(`The questionnaire of wave ${wave.id} is not in the database`)
      const started = performance.now()
      await note('microdata_exported', wave.id, { format: wanted.format, language: wanted.language })
      const request: ExportRequest = { ...wanted, wave, published, onProgress: showProgress }
      report(
        await exportMicrodata({ ...surveys, responses, now }, wholeCity('an operator at the console'), request),
        performance.now() - started,
      )
    },
  }
}

/** One line that is written over, where somebody watches. */
function showProgress(step: 'reading' | 'writing', rows: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${step} ${rows} rows`)
}

function report(outcome: ExportOutcome, milliseconds: number): void {
  if (process.stderr.isTTY) process.stderr.write('\r')
  if (outcome.kind === 'too_few') {
    const { rows, k } = outcome
    throw new Error(
      `The wave has ${rows} responses; microdata are given out from ${k} on, since fewer could be recognised`,
    )
  }
  const { rows, files, leftOut, withholding } = outcome
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024)
  const seconds = milliseconds / 1000
  console.log(`${rows} rows in ${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} per second, at most ${peakMb} MB`)
  if (leftOut > 0) console.log(`${leftOut} responses to another form or of another mode are left out`)
  const share = ((100 * (rows - withholding.untouched)) / rows).toFixed(1)
  console.log(
    `Every row is like ${withholding.k - 1} others or more; in ${share} % of rows something is withheld for that:`,
  )
  for (const [key, count] of withholding.counts) console.log(`  ${key}: ${count}`)
  for (const { path, bytes, sha256 } of files) console.log(`${sha256}  ${bytes} bytes  ${path}`)
}
