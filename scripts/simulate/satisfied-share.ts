import { normalCdf } from '../../server/domain/statistics/special/normal.js'
import type { RespondentType } from '../../server/domain/survey/vocabulary.js'
import { memberships } from './demographics.js'
import { SPREAD } from './item-assumptions.js'

/** Spread over people of what they feel about one item, apart from the effects of their groups. */
const SIGMA = Math.hypot(SPREAD.respondent, SPREAD.respondentFactor, SPREAD.answer)
const REACH = 8
const STEPS_PER_UNIT = 256

/** Share of people whose latent satisfaction lies above a cut, as a function of mean satisfaction minus cut. */
export type ShareAbove = (distance: number) => number

/**
 * Share of everyone above a cut: Σ_g share_g·Φ((distance + effect_g)/σ), over the groups of people.
 *
 * Read from a table by linear interpolation, since the truth of a city asks for it many million times.
 *
 * @returns 0 to 1, error below 1e-6
 */
export function shareAbove(type: RespondentType): ShareAbove {
  const groups = memberships(type)
  const table = Float64Array.from({ length: 2 * REACH * STEPS_PER_UNIT + 2 }, (_, i) => {
    const distance = i / STEPS_PER_UNIT - REACH
    return groups.reduce((sum, [{ effect }, share]) => sum + share * normalCdf((distance + effect) / SIGMA), 0)
  })
  return (distance) => {
    const place = (Math.max(-REACH, Math.min(REACH, distance)) + REACH) * STEPS_PER_UNIT
    const low = Math.floor(place)
    const start = table[low]!
    return start + (place - low) * (table[low + 1]! - start)
  }
}
