import { parseArgs } from 'node:util'
import { wholeCity } from '../../server/domain/access/scope.js'
import type { MethodReport } from '../../server/domain/method-report/method-report.js'
import {
  METHOD_REPORT_COLUMNS,
  type MethodReportRow,
  methodReportRows,
} from '../../server/domain/method-report/method-report-rows.js'
import { LANGUAGES, type Language } from '../../server/domain/survey/vocabulary.js'
import { csvStream } from '../../server/features/index-reports/index.js'
import {
  createMethodReports,
  type MethodReportQuery,
  methodFormats,
  toConsoleList,
  toConsoleReport,
  toMethodDocument,
} from '../../server/features/method-reports/index.js'
import { createQuestionnaireStore, mongoQuestionnaireRepository } from '../../server/features/questionnaires/index.js'
import { createReceivedRepository, createResponseRepository } from '../../server/features/responses/index.js'
import { loadSurveys } from '../../server/features/survey-data/index.js'
import { createTallies } from '../../server/features/tallies/index.js'
import { createWaves } from '../../server/features/waves/index.js'
import type { Connection } from '../../server/platform/mongo/connect.js'
import { projectDir } from '../../server/platform/paths.js'
import { Problem } from '../../server/platform/problem.js'
import type { Translate } from '../../server/platform/text.js'

const USAGE = 'Usage: index --method METHOD --wave WAVE [--unit UID] [--as-received] [--json|--csv] [--lang vi|en]'

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        method: { type: 'string' },
        wave: { type: 'string' },
        unit: { type: 'string' },
        lang: { type: 'string', default: 'vi' },
        json: { type: 'boolean', default: false },
        csv: { type: 'boolean', default: false },
        /** With the responses that two persons voided. */
        'as-received': { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw new Error(`${(error as Error).message}. ${USAGE}`, { cause: error })
  }
}

/** What was asked for on the command line. */
export function readIndexArgs(args: readonly string[]) {
  const values = parsed(args)
  const { lang } = values
  if (!LANGUAGES.includes(lang as Language))
    throw new Error(`--lang is ${LANGUAGES.join(' or ')}, not ${lang}. ${USAGE}`)
  if (values.json && values.csv) throw new Error(`--json or --csv, not both. ${USAGE}`)
  return { ...values, language: lang as Language }
}

/** The command on a database: prints a report, or the list of methods. */
export function createMethodIndex(connection: Connection) {
  const now = () => new Date()
  const surveys = loadSurveys(projectDir())
  const questionnaires = createQuestionnaireStore({ repository: mongoQuestionnaireRepository(connection), now })
  const counted = createResponseRepository(connection)
  const received = createReceivedRepository(connection)
  const waves = createWaves({ ...surveys, connection })
  const tallies = createTallies({ connection, responses: counted, findQuestionnaire: questionnaires.byHash, now })
  const reportsOf = (responses: typeof counted) =>
    createMethodReports({ ...surveys, waves, questionnaires, responses, tallies, now })
  return {
    async run(args: readonly string[]): Promise<void> {
      const wanted = readIndexArgs(args)
      const reports = reportsOf(wanted['as-received'] ? received : counted)
      const known = (await waves.list()).map(({ id }) => id)
      if (known.length === 0)
        throw new Error('There is no wave yet: npm run wave -- FILE opens one, or DATA_DIR names another folder')
      const words = { language: wanted.language, t: surveys.texts.translator(wanted.language) }
      if (wanted.method === undefined) {
        const chosen = wanted.wave === undefined ? known : [checkedWave(wanted.wave, known)]
        printAll(toConsoleList(await Promise.all(chosen.map((id) => reports.listMethods(id))), words))
        return
      }
      const query = {
        waveId: checkedWave(wanted.wave, known),
        methodName: wanted.method,
        unitUid: wanted.unit ?? null,
      }
      const report = await reports
        .getMethodReport(wholeCity('an operator at the console'), query)
        .catch((error: unknown) => {
          throw explained(error, query, surveys.methods)
        })
      if (report.groups.length === 0) throw new Error(`Unit ${wanted.unit} has no part in wave ${query.waveId}`)
      await printReport(report, wanted, words)
    },
  }
}

const printAll = (lines: readonly string[]) => {
  for (const line of lines) console.log(line)
}

async function printReport(
  report: MethodReport,
  wanted: ReturnType<typeof readIndexArgs>,
  words: { readonly language: Language; readonly t: Translate },
): Promise<void> {
  if (wanted.json) return console.log(JSON.stringify(toMethodDocument(report), null, 2))
  if (!wanted.csv) {
    const context = { ...words, formats: methodFormats(words.language, report.method) }
    return printAll(toConsoleReport(report, wanted.unit ?? null, context))
  }
  const rows = csvStream<MethodReportRow>(METHOD_REPORT_COLUMNS, methodReportRows(report))
  for await (const chunk of rows) process.stdout.write(chunk as Buffer)
}

function checkedWave(id: string | undefined, known: readonly string[]): string {
  if (id === undefined) throw new Error(`Name a wave: ${known.join(', ')}. ${USAGE}`)
  if (known.includes(id)) return id
  throw new Error(`There is no wave ${id}. Known: ${known.join(', ')}`)
}

/** A problem as a sentence that says what to do. */
function explained(
  error: unknown,
  { methodName, unitUid }: MethodReportQuery,
  methods: readonly { readonly id: string }[],
): unknown {
  if (!(error instanceof Problem)) return error
  const { code, facts } = error
  if (code === 'method_unfit') {
    const list = (value: unknown) => (value as readonly string[]).join(', ') || 'none yet'
    const fitting = `Methods that fit this wave: ${list(facts.fittingMethods)}`
    const asked = `Method ${methodName} does not fit questionnaire ${String(facts.questionnaire)} of this wave`
    return new Error(`${asked}; it fits ${list(facts.fits)}. ${fitting}`)
  }
  switch (facts.what) {
    case 'method':
      return new Error(
        `There is no method ${methodName}. Known: ${[...new Set(methods.map(({ id }) => id))].join(', ')}`,
      )
    case 'unit':
      return new Error(`There is no unit ${unitUid}: take the uid of its address, such as p-ben-thanh`)
    default:
      return error
  }
}
