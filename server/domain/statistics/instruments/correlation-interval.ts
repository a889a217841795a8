import { Z_95 } from '../wilson.js'

/** A 95 % interval of a correlation; −1 to 1, not symmetric around it. */
export interface CorrelationInterval {
  readonly low: number
  readonly high: number
}

/**
 * Fisher's 95 % interval of Pearson's correlation: tanh(artanh r ± 1.96 / √(n − 3)).
 *
 * Exact for normal values only; ratings on five points make it approximate. Takes the respondents as a simple random sample.
 *
 * @param r −1 to 1
 * @param pairs cases with both values, more than 3
 * @throws {RangeError} when r is outside −1 to 1 or there are too few pairs
 * @see Fisher, R. A. (1921) "On the 'probable error' of a coefficient of correlation deduced from a small sample", Metron 1, 3-32
 * @example correlationInterval(0.5, 103) // { low: 0.3393075224832535, high: 0.6323381504876256 }
 */
export function correlationInterval(r: number, pairs: number): CorrelationInterval {
  if (!(Math.abs(r) <= 1)) throw new RangeError(`Correlation must lie in -1 to 1, got ${r}`)
  if (!(pairs > 3)) throw new RangeError(`An interval of a correlation needs more than 3 pairs, got ${pairs}`)
  const half = Z_95 / Math.sqrt(pairs - 3)
  return { low: Math.tanh(Math.atanh(r) - half), high: Math.tanh(Math.atanh(r) + half) }
}
