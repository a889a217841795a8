/** The city of a chaos run: an open simulated wave, what its citizens say, an analyst who reads; and the audit of it all. */

import { openForSimulation } from '../../scripts/simulate/database-sink.js'
import { createCityModel, settingsWith, simulateCases } from '../../scripts/simulate/index.js'
import { openFromSettings } from '../../scripts/support/open-database.js'
import { addMonths, cityDay } from '../../server/domain/survey/day.js'
import { createAccountBook } from '../../server/features/accounts/index.js'
import { loadSurveys, type Surveys } from '../../server/features/survey-data/index.js'
import { buildIndexes } from '../../server/platform/mongo/connect.js'
import { projectDir } from '../../server/platform/paths.js'
import { formFields } from '../bench/intake-cases.js'
import { CITY } from '../support/builders.js'
import type { Testimony } from './support/journal.js'

/** Settings that lead to a database. */
export type Settings = Readonly<{ MONGODB_URI: string; DATA_DIR: string }>

/** One citizen's answers, ready to be sent by either door. */
export interface CityCase {
  /** Body for the API, without the id. */
  readonly body: Readonly<Record<string, unknown>>
  /** Address of the form on one page, and its fields encoded. */
  readonly formPath: string
  readonly fields: string
  readonly month: string
}

export interface City {
  readonly waveId: string
  readonly cases: readonly CityCase[]
  /** Lets the analyst's script read reports. */
  readonly token: string
}

/** What an audit found of the ids that clients testified to. */
export interface Audit {
  readonly stored: number
  readonly lost: readonly string[]
  readonly doubled: readonly string[]
  /** Stored although nobody has ever sent them, or not whole. */
  readonly foreign: readonly string[]
  /** Cells whose counts are not what a recount gives. */
  readonly wrongCells: number
  /** Cells that the sweep had to mark: stored, and their sender was never told. */
  readonly sweptCells: number
  /** Times of the first and the last stored response of these ids. */
  readonly span: readonly [number, number] | null
}

/** Read once: the files do not change while a run lasts. */
let surveysRead: Surveys | undefined
function surveysOfProject() {
  surveysRead ??= loadSurveys(projectDir())
  return surveysRead
}

const UNITS = 12
const CASES_PER_UNIT = 6
const YEARS_OPEN = 2
const SEED = 'chaos'
/** The analyst's account. */
export const ANALYST = {
  login: 'analyst',
  name: 'Analyst',
  role: 'analyst',
  password: 'a sentence that only the chaos run knows',
} as const
/** Clocks will jump back and forth by days: the transaction and the start lie before all of them. */
const MONTHS_BACK = 2
const STARTED_DAYS_AGO = 10
const DAY_MS = 86_400_000

/** Makes the city in an empty database that no server has open. */
export async function foundCity(settings: Settings): Promise<City> {
  const surveys = surveysOfProject()
  const today = cityDay(new Date())
  const year = Number(today.slice(0, 4))
  const database = await openFromSettings(settings)
  try {
    const { connection } = database
    const { waves, questionnaires } = openForSimulation(connection, surveys)
    const book = createAccountBook({ connection, services: { byCode: () => undefined }, now: () => new Date() })
    await buildIndexes(connection)
    await questionnaires.storeAll(surveys.published)
    const outcome = await waves.create({
      id: 'chaos',
      title: { vi: 'Thử sức chịu đựng (mô phỏng)', en: 'Survival test (simulated)' },
      questionnaire: { id: 'counter', version: '2026.1' },
      mode: 'web',
      units: { kinds: ['phuong'], uids: [] },
      services: [],
      referenceOn: today,
      opensOn: `${year - YEARS_OPEN}-01-01`,
      closesOn: `${year + YEARS_OPEN}-01-01`,
      isSimulated: true,
    })
    if (outcome.kind !== 'created') throw new Error(`The wave cannot be made: ${JSON.stringify(outcome)}`)
    const { wave } = outcome
    const published = surveys.published.find(({ hash }) => hash === wave.questionnaireHash)!
    const counts = new Map(wave.unitUids.slice(0, UNITS).map((uid) => [uid, CASES_PER_UNIT]))
    const model = createCityModel({ ...surveys, seed: SEED, settings: settingsWith() })
    const month = addMonths(today, -MONTHS_BACK).slice(0, 7)
    const startedAt = new Date(Date.now() - STARTED_DAYS_AGO * DAY_MS).toISOString()
    const consent = { given: true, version: published.questionnaire.consent.version }
    const cases = [...simulateCases(model, { wave, published, counts, until: today })].map(({ response }): CityCase => {
      const { unitUid, service, language, answers } = response
      const place = { wave: wave.id, unit: unitUid, service, language, transactionOn: month, startedAt, consent }
      const fields = new URLSearchParams()
      for (const [name, value] of formFields(published.questionnaire, response)) fields.append(name, value)
      return {
        body: { ...place, answers },
        formPath: `/r/${unitUid}/${service}?view=one`,
        fields: fields.toString(),
        month,
      }
    })
    await book.createAccount(ANALYST)
    const made = await book.createToken({ login: ANALYST.login, name: 'chaos', validDays: 366 })
    if (made.kind !== 'created') throw new Error(`No token: ${made.kind}`)
    return { waveId: wave.id, cases, token: made.token }
  } finally {
    await database.close()
  }
}

/**
 * Holds what is stored against what clients know, and tallies against a recount. Nobody may send meanwhile.
 *
 * @param round ids of which times are told
 */
export async function auditCity(
  settings: Settings,
  waveId: string,
  testimony: Testimony,
  round: Testimony,
): Promise<Audit> {
  const database = await openFromSettings(settings)
  try {
    const { responses, tallies } = openForSimulation(database.connection, surveysOfProject())
    await tallies.fold(waveId)
    // What the servers do when they start: none has started since the last post.
    const sweptCells = await tallies.sweepUnmarked()
    const { differences } = await tallies.recount(waveId)
    const times = new Map<string, number[]>()
    for await (const { submissionId, submittedAt } of responses.streamWave(CITY, waveId)) {
      const known = times.get(submissionId)
      if (known) known.push(submittedAt.getTime())
      else times.set(submissionId, [submittedAt.getTime()])
    }
    const own = [...round.sent].flatMap((id) => times.get(id) ?? []).sort((a, b) => a - b)
    return {
      ...compare(testimony, new Map([...times].map(([id, { length }]) => [id, length]))),
      wrongCells: differences.length,
      sweptCells,
      span: own.length > 0 ? [own[0]!, own.at(-1)!] : null,
    }
  } finally {
    await database.close()
  }
}

/** What clients know against how often each id is stored. */
export function compare({ sent, acknowledged, halved }: Testimony, stored: ReadonlyMap<string, number>) {
  return {
    stored: stored.size,
    lost: [...acknowledged].filter((id) => !stored.has(id)),
    doubled: [...stored].filter(([, count]) => count > 1).map(([id]) => id),
    foreign: [...stored.keys()].filter((id) => !sent.has(id) || halved.has(id)),
  }
}
