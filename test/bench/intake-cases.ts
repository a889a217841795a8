/** What the respondents of the intake bench say: simulated cases of an open wave, made before the clock starts. */

import { openForSimulation } from '../../scripts/simulate/database-sink.js'
import { createCityModel, settingsWith, simulateCases, type WaveInput } from '../../scripts/simulate/index.js'
import type { Questionnaire } from '../../server/domain/questionnaire/definition.js'
import { placedItems } from '../../server/domain/questionnaire/routing.js'
import { cityDay } from '../../server/domain/survey/day.js'
import type { NewResponse } from '../../server/domain/survey/response.js'
import type { Wave } from '../../server/domain/survey/wave.js'
import { loadSurveys } from '../../server/features/survey-data/index.js'
import { buildIndexes, openDatabase } from '../../server/platform/mongo/connect.js'
import { projectDir } from '../../server/platform/paths.js'
import type { Place } from './support/server-process.js'

/** An open wave and cases to send to it. */
export interface IntakeWave {
  readonly wave: Wave
  readonly questionnaire: Questionnaire
  readonly cases: readonly NewResponse[]
}

const VERSION = '2026.1'
const CASES_PER_UNIT = 4

/** Fields of the web form by answer; a band of years is sent as a year in it. */
export function formFields(
  questionnaire: Questionnaire,
  { answers }: NewResponse,
): readonly (readonly [string, string])[] {
  return placedItems(questionnaire).flatMap(({ item }): (readonly [string, string])[] => {
    const answer = answers[item.code]
    if (answer === undefined || answer === 99 || item.code === 'S1') return []
    if (item.kind === 'year' && typeof answer === 'number') {
      const band = item.bands?.find(({ code }) => code === answer)
      return [[item.code, String(new Date().getUTCFullYear() - (band ? band.fromAge + 1 : 0))]]
    }
    return Array.isArray(answer) ? answer.map((code) => [item.code, String(code)]) : [[item.code, String(answer)]]
  })
}

/** Opens web waves of today for citizens in an empty database, of the form named, and makes cases for them. */
export async function openIntakeWave(place: Place, form: 'citizen' | 'counter', seed: string): Promise<IntakeWave> {
  const surveys = loadSurveys(projectDir())
  const { registry, published } = surveys
  const today = cityDay(new Date())
  const opensOn = `${today.slice(0, 4)}-01-01`
  const closesOn = `${Number(today.slice(0, 4)) + 1}-01-01`
  const dataDir = `${place.dataDir}/data`
  const database = await openDatabase({ uri: place.uri, dataDir })
  try {
    const { waves, questionnaires } = openForSimulation(database.connection, surveys)
    await buildIndexes(database.connection)
    await questionnaires.storeAll(published)
    const outcome = await waves.create({
      id: `bench-${form}`,
      title: { vi: 'Đo tốc độ (mô phỏng)', en: 'Speed measurement (simulated)' },
      questionnaire: { id: form, version: VERSION },
      mode: 'web',
      units: { kinds: ['phuong', 'xa', 'dac_khu', 'so'], uids: [] },
      services: [],
      referenceOn: today,
      opensOn,
      closesOn,
      isSimulated: true,
    })
    if (outcome.kind !== 'created') throw new Error(`The wave of the bench cannot be made: ${outcome.kind}`)
    const { wave } = outcome
    const instrument = published.find(({ hash }) => hash === wave.questionnaireHash)!
    const counts = new Map(wave.unitUids.map((uid) => [uid, CASES_PER_UNIT]))
    const input: WaveInput = { wave, published: instrument, counts, until: today }
    const model = createCityModel({ ...surveys, seed, settings: settingsWith() })
    const cases = [...simulateCases(model, input)].map(({ response }) => response)
    return {
      wave,
      questionnaire: instrument.questionnaire,
      cases: cases.filter(({ unitUid }) => registry.isValid(unitUid, today)),
    }
  } finally {
    await database.close()
  }
}
