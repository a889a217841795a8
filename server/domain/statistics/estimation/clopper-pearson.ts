import { inverseIncompleteBeta } from '../special/inverse-beta.js'
import type { PercentInterval } from '../wilson.js'

const TAIL = 0.025

/**
 * Clopper and Pearson's exact 95 % interval of a share, for any real base.
 *
 * Low = Beta quantile 0.025 of (x, n − x + 1), high = quantile 0.975 of (x + 1, n − x), with x = share · base.
 *
 * @param share observed share, 0 to 1
 * @param base respondents or effective respondents, greater than 0
 * @returns percent, 0 to 100, unrounded
 * @throws {RangeError} when the share is outside 0 to 1 or the base is not positive and finite
 * @see Clopper, C. J., Pearson, E. S. (1934) Biometrika 26, 404-413
 * @example clopperPearsonInterval(0.5, 10) // { lowPercent: 18.708603, highPercent: 81.291397 }
 */
export function clopperPearsonInterval(share: number, base: number): PercentInterval {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`Share must lie in 0 to 1, got ${share}`)
  if (!(base > 0 && base < Infinity)) throw new RangeError(`Base must be positive and finite, got ${base}`)
  const hits = share * base
  const misses = base - hits
  return {
    lowPercent: hits > 0 ? 100 * inverseIncompleteBeta(TAIL, hits, misses + 1) : 0,
    highPercent: misses > 0 ? 100 * inverseIncompleteBeta(1 - TAIL, hits + 1, misses) : 100,
  }
}
