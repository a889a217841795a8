import { studentQuantile } from '../special/student-t.js'

/** A 95 % interval in the unit of what it surrounds. */
export interface ValueInterval {
  readonly low: number
  readonly high: number
}

/**
 * 95 % interval of a mean, a ratio or a difference: value ± t_df · SE.
 *
 * @param value in any unit
 * @param standardError in the same unit, 0 or more
 * @param degreesOfFreedom of the standard error; infinity gives the normal quantile
 * @returns `null` without a degree of freedom
 * @throws {RangeError} when the standard error is negative or not a number
 * @see methodology 4.8
 * @example meanInterval(59.523810, 10.581184, 4) // { low: 30.145733, high: 88.901886 }
 */
export function meanInterval(value: number, standardError: number, degreesOfFreedom: number): ValueInterval | null {
  if (!(standardError >= 0)) throw new RangeError(`Standard error must be 0 or more, got ${standardError}`)
  if (!(degreesOfFreedom > 0)) return null
  const half = studentQuantile(0.975, degreesOfFreedom) * standardError
  return { low: value - half, high: value + half }
}
