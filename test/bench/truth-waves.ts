import { type CityModel, createCityModel, settingsWith, simulateCases } from '../../scripts/simulate/index.js'
import type { SettingsChanges } from '../../scripts/simulate/settings.js'
import { truthOfWave, type UnitTruth } from '../../scripts/simulate/truth.js'
import type { Tally } from '../../server/domain/index/tally.js'
import { createTallyBuilder } from '../../server/domain/index/tally-responses.js'
import type { PublishedQuestionnaire } from '../../server/domain/questionnaire/definition.js'
import type { Mode } from '../../server/domain/survey/vocabulary.js'
import type { Wave } from '../../server/domain/survey/wave.js'
import type { Surveys } from '../../server/features/survey-data/index.js'
import { wave as anyWave } from '../support/builders.js'

/** A city to simulate again and again, under one seed after the other. */
export interface TruthCity {
  readonly surveys: Surveys
  readonly published: PublishedQuestionnaire
  readonly settings: SettingsChanges
  /** Responses at each unit. */
  readonly perUnit: number
}

/** A simulated wave: what was answered at each unit, and what is true there. */
export interface ToldWave {
  readonly wave: Wave
  readonly tallies: ReadonlyMap<string, Tally>
  readonly truths: readonly UnitTruth[]
}

/** The city under a seed. */
export const modelOf = ({ surveys, settings }: TruthCity, seed: string): CityModel =>
  createCityModel({ ...surveys, seed, settings: settingsWith(settings) })

/** Units of the city that offer a service. */
const unitsOf = ({ registry, services }: TruthCity['surveys']) =>
  registry
    .subtreeOf(registry.cityUid, '2026-01-01')
    .filter((unit) => services.offeredBy(unit).length > 0)
    .map(({ uid }) => uid)

/** A wave of one mode over all units, counted as the platform counts. */
export function tellWave(model: CityModel, { surveys, published, perUnit }: TruthCity, mode: Mode): ToldWave {
  const { respondentType } = published.questionnaire
  const unitUids = unitsOf(surveys)
  const place = { questionnaireHash: published.hash, respondentType, mode, unitUids, isSimulated: true }
  const wave = anyWave({ id: `truth-${mode.replaceAll('_', '-')}`, ...place })
  const toSimulate = { wave, published, until: wave.closesOn }
  const counts = new Map(unitUids.map((uid) => [uid, perUnit]))
  const builders = new Map(unitUids.map((uid) => [uid, createTallyBuilder(published.questionnaire)]))
  for (const { response } of simulateCases(model, { ...toSimulate, counts })) {
    builders.get(response.unitUid)!.add(response)
  }
  const tallies = new Map([...builders].map(([uid, builder]) => [uid, builder.result()]))
  return { wave, tallies, truths: [...truthOfWave(model, toSimulate)] }
}

/** Mean of the values and its standard error from their spread. */
export function meanWithError(values: readonly number[]): { readonly mean: number; readonly error: number } {
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, error: Math.sqrt(squares / (n - 1) / n) }
}

/** To two decimals, as results are kept. */
export const rounded = (value: number): number => Math.round(100 * value) / 100
