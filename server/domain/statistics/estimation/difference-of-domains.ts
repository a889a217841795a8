import { degreesOfFreedom } from './degrees-of-freedom.js'
import type { CaseValues } from './design-estimate.js'
import { type Linearised, lineariseRatio } from './linearised-ratio.js'
import type { SampleDesign } from './sample-design.js'
import { taylorVariance } from './taylor-variance.js'

/** Difference between two means of one sample. */
export interface DomainDifference {
  /** First minus second, in the unit of the values. */
  readonly difference: number
  readonly standardError: number
  readonly degreesOfFreedom: number
}

/**
 * Difference between the means of two domains of the same sample.
 *
 * The scores of the second are subtracted from those of the first, so the covariance that common clusters bring is in
 * the standard error. Two separate estimates cannot give it.
 *
 * @param values one per case; `null` where there is none
 * @returns `null` when a domain has no value
 * @throws {RangeError} when the number of values is not the number of cases
 * @see Lumley, T. (2010) Complex Surveys, section 2.5
 * @example estimateDomainDifference(createSampleDesign([{ weight: 1 }, { weight: 1 }, { weight: 1 }, { weight: 1 }]), [1, 1, 0, 1], (i) => i < 2, (i) => i >= 2).difference
 *   // 0.5
 */
export function estimateDomainDifference(
  design: SampleDesign,
  values: CaseValues,
  isInFirst: (i: number) => boolean,
  isInSecond: (i: number) => boolean,
): DomainDifference | null {
  const hasValue = (i: number) => (values[i] ?? null) !== null
  const first = domainMean(design, values, (i) => hasValue(i) && isInFirst(i))
  const second = domainMean(design, values, (i) => hasValue(i) && isInSecond(i))
  if (first === null || second === null) return null
  const scores = first.scores.map((score, i) => score - second.scores[i]!)
  return {
    difference: first.value - second.value,
    standardError: Math.sqrt(taylorVariance(design, scores)),
    degreesOfFreedom: degreesOfFreedom(design, (i) => hasValue(i) && (isInFirst(i) || isInSecond(i))),
  }
}

function domainMean(design: SampleDesign, values: CaseValues, isCounted: (i: number) => boolean): Linearised | null {
  if (!values.some((_, i) => isCounted(i))) return null
  return lineariseRatio(
    design,
    values.map((y, i) => (isCounted(i) ? y! : 0)),
    values.map((_, i) => (isCounted(i) ? 1 : 0)),
  )
}
