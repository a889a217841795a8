import type { Language, RespondentType } from '../../server/domain/survey/vocabulary.js'
import { SPREAD, STRAIGHTLINER_SHARE, TIRED_SHARE } from './assumptions.js'
import type { Random } from './random.js'

/** What one simulated person brings to every item: this is why the items of a case correlate. */
export interface Respondent {
  readonly language: Language
  /** Own level, in latent standard deviations. */
  readonly level: number
  /** Gives one code to everything. */
  readonly isStraightliner: boolean
  /** Share of the form after which blanks become usual; above 1: never. */
  readonly tiresAfter: number
  /** Own level on one factor; the same each time it is asked. */
  factorLevel(factor: string): number
}

const ENGLISH_SHARE: Readonly<Record<RespondentType, number>> = { citizen: 0.012, business: 0.05 }

/** Draws a person. */
export function drawRespondent(random: Random, type: RespondentType): Respondent {
  const levels = new Map<string, number>()
  return {
    language: random.chance(ENGLISH_SHARE[type]) ? 'en' : 'vi',
    level: SPREAD.respondent * random.normal(),
    isStraightliner: random.chance(STRAIGHTLINER_SHARE),
    tiresAfter: random.chance(TIRED_SHARE) ? 0.3 + 0.6 * random.uniform() : 2,
    factorLevel(factor) {
      const known = levels.get(factor)
      if (known !== undefined) return known
      const drawn = SPREAD.respondentFactor * random.normal()
      levels.set(factor, drawn)
      return drawn
    },
  }
}
