import type { Language, Mode, RespondentType } from '../../server/domain/survey/vocabulary.js'
import { drawMembership, type Membership } from './demographics.js'
import { SPREAD, TIRED_SHARE } from './item-assumptions.js'
import type { Random } from './random.js'
import type { SimulationSettings } from './settings.js'

/** What one simulated person brings to every item: this is why the items of a case correlate. */
export interface Respondent {
  readonly language: Language
  readonly membership: Membership
  /** Own level with that of the groups, in latent standard deviations. */
  readonly level: number
  /** Gives one code to everything. */
  readonly isStraightliner: boolean
  /** Says "neutral" where dissatisfied. */
  readonly isAfraid: boolean
  /** Whether "don't know" and blanks occur at all. */
  readonly hasItemNonresponse: boolean
  /** Share of the form after which blanks become usual; above 1: never. */
  readonly tiresAfter: number
  /** People asked until this one answered, this one included. */
  readonly askedCount: number
}

const ENGLISH_SHARE: Readonly<Record<RespondentType, number>> = { citizen: 0.012, business: 0.05 }

/** Share of those asked who answer, given age band and own level. */
function answerChance({ nonresponse }: SimulationSettings, mode: Mode, rank: number, level: number): number {
  const rate = nonresponse.rate[mode]
  if (!nonresponse.isBiased || rate === 1) return rate
  const logOdds = Math.log(rate / (1 - rate)) + nonresponse.satisfactionSlope[mode] * level
  return 1 / (1 + Math.exp(-(logOdds + nonresponse.ageSlope[mode] * rank)))
}

/** Asks people until one answers: who does differs from everyone as the settings say. */
export function drawRespondent(
  random: Random,
  type: RespondentType,
  mode: Mode,
  settings: SimulationSettings,
): Respondent {
  let askedCount = 0
  let membership: Membership
  let level: number
  do {
    askedCount += 1
    membership = drawMembership(random, type)
    level = membership.effect + SPREAD.respondent * random.normal()
  } while (!random.chance(answerChance(settings, mode, membership.rank, level)))
  // Drawn one by one whatever the settings say, so that switching one thing changes nothing else of a case.
  const english = random.uniform()
  const straight = random.uniform()
  const afraid = random.uniform()
  const tired = random.uniform()
  const when = random.uniform()
  return {
    language: english < ENGLISH_SHARE[type] ? 'en' : 'vi',
    membership,
    level,
    isStraightliner: straight < settings.straightlinerShare,
    isAfraid: afraid < settings.fearOfNo[mode],
    hasItemNonresponse: settings.itemNonresponse,
    tiresAfter: tired < TIRED_SHARE ? 0.3 + 0.6 * when : 2,
    askedCount,
  }
}
