import { degreesOfFreedom } from './degrees-of-freedom.js'
import { lineariseRatio } from './linearised-ratio.js'
import type { SampleDesign } from './sample-design.js'
import { taylorVariance } from './taylor-variance.js'

/** A ratio of two weighted totals. */
export interface RatioEstimate {
  readonly value: number
  readonly standardError: number
  readonly degreesOfFreedom: number
}

/**
 * Ratio of two weighted totals with its design-based standard error, for example satisfied answers over valid answers
 * when each respondent gave several.
 *
 * @param numerators y of each case
 * @param denominators x of each case; cases with x = 0 lie outside the base
 * @returns value in units of y per x
 * @throws {RangeError} when Σwx is not positive, or the lengths differ from the design's
 * @see methodology 4.8; Särndal, Swensson and Wretman (1992), section 5.6
 * @example estimateRatio(createSampleDesign([{ weight: 1 }, { weight: 1 }]), [3, 4], [5, 5]).value // 0.7
 */
export function estimateRatio(
  design: SampleDesign,
  numerators: readonly number[],
  denominators: readonly number[],
): RatioEstimate {
  const { value, scores } = lineariseRatio(design, numerators, denominators)
  return {
    value,
    standardError: Math.sqrt(taylorVariance(design, scores)),
    degreesOfFreedom: degreesOfFreedom(design, (i) => denominators[i] !== 0),
  }
}
