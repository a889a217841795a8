import type { IsoDay } from '../survey/vocabulary.js'
import type { YearItem } from './definition.js'
import type { AnswerReading } from './read-answer.js'

/**
 * Reads a year of birth or founding, and keeps its age band instead where the item has bands.
 *
 * Age here is the year of the interview minus the year given: the age reached in that year. Someone whose eighteenth
 * birthday is still to come this year passes; the consent statement has them confirm that they are of age.
 *
 * @param value a year, or the code of a band (an answer already reduced); bands' codes lie below any possible year
 * @param on day of the interview
 */
export function readYear(item: YearItem, value: number, on: IsoDay): AnswerReading {
  if (item.bands?.some((band) => band.code === value)) return { kind: 'answer', answer: value }
  const thisYear = Number(on.slice(0, 4))
  if (value < item.earliest || value > thisYear) {
    return { kind: 'error', code: 'out_of_range', params: { min: item.earliest, max: thisYear } }
  }
  const age = thisYear - value
  if (item.minAgeYears !== undefined && age < item.minAgeYears) return { kind: 'stopped', reason: 'under_age' }
  if (item.bands === undefined) return { kind: 'answer', answer: value }
  const band = item.bands.find(({ fromAge, toAge }) => age >= fromAge && (toAge === null || age <= toAge))
  if (band === undefined) return { kind: 'error', code: 'out_of_range', params: { min: item.earliest, max: thisYear } }
  return { kind: 'answer', answer: band.code }
}
