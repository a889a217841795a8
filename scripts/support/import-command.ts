import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { LANGUAGES } from '../../server/domain/survey/vocabulary.js'
import { createQuestionnaireStore, mongoQuestionnaireRepository } from '../../server/features/questionnaires/index.js'
import {
  createRejectsFile,
  type ImportOutcome,
  importResponses,
  openCsv,
  readMappingFile,
} from '../../server/features/response-imports/index.js'
import { createResponseRepository } from '../../server/features/responses/index.js'
import { loadSurveys } from '../../server/features/survey-data/index.js'
import { createTallies } from '../../server/features/tallies/index.js'
import { createWaves } from '../../server/features/waves/index.js'
import type { Connection } from '../../server/platform/mongo/connect.js'
import { projectDir } from '../../server/platform/paths.js'
import { describeFileProblem } from '../../server/platform/yaml-file.js'
import { commandAudit } from './command-audit.js'

const USAGE =
  'Usage: import-responses --wave WAVE --file FILE.csv [--mapping FILE.yaml] [--rejects FILE.csv] [--lang vi|en]'

function readArgs(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const
    const options = { wave: text, file: text, mapping: text, rejects: text, lang: { ...text, default: 'vi' } }
    const {
      wave,
      file,
      mapping,
      rejects = `${file}.rejects.csv`,
      lang,
    } = parseArgs({ args: [...args], options }).values
    const language = LANGUAGES.find((one) => one === lang)
    if (wave === undefined || file === undefined || language === undefined) throw new Error('Something is left out')
    return { waveId: wave, file, mapping, rejects, language }
  } catch (error) {
    throw new Error(`${(error as Error).message}. ${USAGE}`, { cause: error })
  }
}

function readMapping(path: string | undefined) {
  if (path === undefined) return { items: {} }
  const { value, problems } = readMappingFile(path)
  if (value === undefined) throw new Error(problems.map(describeFileProblem).join('\n'))
  return value
}

/** Of the file as it is, so that the log says which one was imported. */
async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/** The command on a database. */
export function createResponseImport(connection: Connection) {
  const now = () => new Date()
  const surveys = loadSurveys(projectDir())
  const questionnaires = createQuestionnaireStore({ repository: mongoQuestionnaireRepository(connection), now })
  const waves = createWaves({ ...surveys, connection })
  const responses = createResponseRepository(connection)
  const tallies = createTallies({ connection, responses, findQuestionnaire: questionnaires.byHash, now })
  const note = commandAudit(connection)
  const needs = { ...surveys, waves, questionnaires, responses, tallies, now }
  return {
    async run(args: readonly string[]): Promise<void> {
      const { waveId, file, mapping: mappingFile, rejects: rejectsPath, language } = readArgs(args)
      const wave = await waves.byId(waveId)
      if (wave === undefined) {
        const known = (await waves.list()).map(({ id }) => id).join(', ')
        throw new Error(`There is no wave ${waveId}. Known: ${known || 'none yet; npm run wave -- FILE opens one'}`)
      }
      const published = await questionnaires.byHash(wave.questionnaireHash)
      if (published === undefined) throw new Error(`The questionnaire of wave ${wave.id} is not in the database`)
      const mapping = readMapping(mappingFile)
      if (existsSync(rejectsPath))
        throw new Error(`${rejectsPath} exists: name another with --rejects, or take it away first`)
      const csv = await openCsv(file)
      const t = surveys.texts.translator(language)
      let rejects: ReturnType<typeof createRejectsFile> | undefined
      try {
        const outcome = await importResponses(needs, {
          wave,
          published,
          csv,
          mapping,
          onBegin: async () => note('responses_imported', wave.id, { sha256: await sha256Of(file) }),
          onReject: (plan, row, why) => {
            rejects ??= createRejectsFile(rejectsPath, plan, t)
            return rejects.write(row, why)
          },
        })
        report(outcome, file, rejectsPath)
      } finally {
        await rejects?.close()
      }
    },
  }
}

function report(outcome: ImportOutcome, file: string, rejectsPath: string): void {
  if (outcome.kind === 'refused') throw new Error(outcome.faults.map((fault) => `${file}: ${fault}`).join('\n'))
  const { rows, stored, known, rejected, rejectedByCode, ignored, missing } = outcome
  console.log(`${rows} rows: ${stored} stored, ${known} known already, ${rejected} rejected`)
  if (missing.length > 0) console.log(`Items without a column: ${missing.join(' ')}`)
  if (ignored.personal.length > 0) console.log(`Not read, about people or devices: ${ignored.personal.join(' ')}`)
  if (ignored.others.length > 0) console.log(`Not read, no item of the questionnaire: ${ignored.others.join(' ')}`)
  if (rejected === 0) return
  for (const [code, count] of rejectedByCode) console.log(`  ${code}: ${count}`)
  console.log(`Rejected rows with their reasons: ${rejectsPath}; mended, the file can be imported as it is`)
  process.exitCode = 1
}
