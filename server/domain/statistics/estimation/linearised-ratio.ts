import type { SampleDesign } from './sample-design.js'

/** An estimate with the scores its variance comes from. */
export interface Linearised {
  readonly value: number
  /** Weight times linearised value of each case; they sum to 0. */
  readonly scores: readonly number[]
}

/**
 * Weighted ratio R = Σwy / Σwx with its Taylor scores w·(y − R·x) / Σwx.
 *
 * A mean over a domain is the ratio with x = 1 inside and x = y = 0 outside (zero-extended), so that clusters without
 * a case of the domain still count in the variance.
 *
 * @param numerators y of each case
 * @param denominators x of each case
 * @throws {RangeError} when Σwx is not positive, or the lengths differ from the design's
 * @see Särndal, C.-E., Swensson, B., Wretman, J. (1992) Model Assisted Survey Sampling, section 5.6
 * @example lineariseRatio(createSampleDesign([{ weight: 1 }, { weight: 1 }]), [1, 0], [1, 1]).scores // [0.25, -0.25]
 */
export function lineariseRatio(
  { weights }: SampleDesign,
  numerators: readonly number[],
  denominators: readonly number[],
): Linearised {
  if (numerators.length !== weights.length || denominators.length !== weights.length) {
    throw new RangeError(`A design of ${weights.length} cases needs as many numerators and denominators`)
  }
  let above = 0
  let below = 0
  weights.forEach((weight, i) => {
    above += weight * numerators[i]!
    below += weight * denominators[i]!
  })
  if (!(below > 0)) throw new RangeError(`Denominator of a ratio must be positive, got ${below}`)
  const value = above / below
  return {
    value,
    scores: weights.map((weight, i) => (weight * (numerators[i]! - value * denominators[i]!)) / below),
  }
}
