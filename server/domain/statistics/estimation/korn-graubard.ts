import { studentQuantile } from '../special/student-t.js'
import type { PercentInterval } from '../wilson.js'
import { clopperPearsonInterval } from './clopper-pearson.js'

/** What the interval needs of an estimate. */
export interface KornGraubardInput {
  /** Share, 0 to 1. */
  readonly value: number
  /** Respondents. */
  readonly base: number
  /** Base divided by the design effect. */
  readonly effectiveBase: number
  /** Degrees of freedom of the design. */
  readonly degreesOfFreedom: number
}

/**
 * How much a t quantile on few degrees of freedom widens, squared: (t_{n−1} / t_df)², at most 1 in practice.
 *
 * @see Korn and Graubard (1998)
 * @example quantileRatioSquared(2, 1) // 1
 */
export const quantileRatioSquared = (base: number, df: number): number =>
  (studentQuantile(0.975, base - 1) / studentQuantile(0.975, df)) ** 2

/**
 * Effective base of Korn and Graubard: n* = min(n, n/deff · (t_{n−1} / t_df)²).
 *
 * @returns respondents, more than 0; `null` with fewer than two respondents or no degree of freedom
 * @see Korn, E. L., Graubard, B. I. (1998) Survey Methodology 24, 193-201; methodology 4.8
 * @example kornGraubardBase({ value: 0.81, base: 400, effectiveBase: 250, degreesOfFreedom: 22 }) // 224.652145
 */
export function kornGraubardBase({ base, effectiveBase, degreesOfFreedom }: KornGraubardInput): number | null {
  if (base < 2 || degreesOfFreedom < 1) return null
  return Math.min(base, effectiveBase * quantileRatioSquared(base, degreesOfFreedom))
}

/**
 * Korn and Graubard's 95 % interval of a share: Clopper and Pearson's on n*.
 *
 * @returns percent, 0 to 100, unrounded; `null` where n* is undefined
 * @throws {RangeError} when the share is outside 0 to 1
 * @see Korn and Graubard (1998)
 * @example kornGraubardInterval({ value: 0.81, base: 400, effectiveBase: 250, degreesOfFreedom: 22 })
 * // { lowPercent: 75.249719, highPercent: 85.912236 }
 */
export function kornGraubardInterval(input: KornGraubardInput): PercentInterval | null {
  const base = kornGraubardBase(input)
  return base === null ? null : clopperPearsonInterval(input.value, base)
}
