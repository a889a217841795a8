import type { Questionnaire, RatingItem } from '../../server/domain/questionnaire/definition.js'
import type { IsoDay, Mode } from '../../server/domain/survey/vocabulary.js'
import {
  CUTS,
  ITEM_EFFECT,
  MODE_EFFECT,
  MONTH_EFFECT,
  OTHER_ITEM_SPREAD,
  SERVICE_EFFECT,
  SPREAD,
  TREND_PER_MONTH,
} from './assumptions.js'
import { createRandom } from './random.js'

/** Where and when a rating is given. */
export interface Occasion {
  readonly seed: string
  readonly unitUid: string
  readonly service: string
  readonly mode: Mode
  readonly day: IsoDay
  /** First day of the wave; the trend starts there. */
  readonly waveOpensOn: IsoDay
}

const monthsBetween = (from: IsoDay, to: IsoDay) =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))

/** What all respondents of one occasion share, in latent standard deviations: unit, service, mode, time. */
export function occasionEffect({ seed, unitUid, service, mode, day, waveOpensOn }: Occasion): number {
  const unit = SPREAD.unit * createRandom(`${seed}/unit/${unitUid}`).normal()
  const time = TREND_PER_MONTH * monthsBetween(waveOpensOn, day) + (MONTH_EFFECT[Number(day.slice(5, 7)) - 1] ?? 0)
  return unit + (SERVICE_EFFECT[service] ?? 0) + MODE_EFFECT[mode] + time
}

/** How a unit does on one factor besides how it does overall. */
export function unitFactorEffect(seed: string, unitUid: string, factor: string): number {
  return SPREAD.unitFactor * createRandom(`${seed}/unit/${unitUid}/${factor}`).normal()
}

/** How easily an item is rated well, the same for everybody. */
export function itemEffect(seed: string, questionnaireId: string, item: string): number {
  const known = ITEM_EFFECT[item]
  if (known !== undefined) return known
  return OTHER_ITEM_SPREAD * createRandom(`${seed}/item/${questionnaireId}/${item}`).normal()
}

/** The factor an item belongs to; items of none, such as the overall one, have a name that no factor has. */
export function factorOf(questionnaire: Questionnaire, item: string): string {
  return questionnaire.factors.find(({ items }) => items.includes(item))?.code ?? '-'
}

/** The code of a latent satisfaction; a negative statement is answered the other way round. */
export function codeOf(latent: number, item: Pick<RatingItem, 'isReversed'>): number {
  const code = 1 + CUTS.filter((cut) => latent >= cut).length
  return item.isReversed ? 6 - code : code
}
