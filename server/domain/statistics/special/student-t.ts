import { incompleteBeta } from './incomplete-beta.js'
import { inverseIncompleteBeta } from './inverse-beta.js'
import { normalQuantile, normalUpperTail } from './normal.js'

function checkDegrees(df: number): void {
  if (!(df > 0)) throw new RangeError(`Degrees of freedom must be positive, got ${df}`)
}

/**
 * Cumulative distribution function of Student's t.
 *
 * Tail = ½·I_{df/(df+t²)}(df/2, ½).
 *
 * @param t any number
 * @param df degrees of freedom, greater than 0, any real number; infinity gives the normal distribution
 * @returns probability, 0 to 1
 * @throws {RangeError} when t is not a number or df is not positive
 * @see Abramowitz and Stegun 26.7.1 and 26.5.27
 * @example studentCdf(2.7764451051977934, 4) // 0.975
 */
export function studentCdf(t: number, df: number): number {
  checkDegrees(df)
  if (df === Infinity) return normalUpperTail(-t)
  const tail = incompleteBeta(df / (df + t * t), df / 2, 0.5) / 2
  return t < 0 ? tail : 1 - tail
}

/**
 * Quantile of Student's t: the t that a t variable stays below with probability p.
 *
 * From the inverse incomplete beta function, taken on the side where no digits cancel.
 *
 * @param p strictly between 0 and 1
 * @param df degrees of freedom, greater than 0, any real number; infinity gives the normal distribution
 * @returns relative error about 1e-12
 * @throws {RangeError} when p is not strictly between 0 and 1, or df is not positive
 * @see Hill, G. W. (1970) "Algorithm 396: Student's t-quantiles", CACM 13, for tables to check against
 * @example studentQuantile(0.975, 4) // 2.7764451051977934
 */
export function studentQuantile(p: number, df: number): number {
  checkDegrees(df)
  if (df === Infinity) return normalQuantile(p)
  if (!(p > 0 && p < 1)) throw new RangeError(`Probability must lie strictly between 0 and 1, got ${p}`)
  if (p === 0.5) return 0
  const bothTails = 2 * Math.min(p, 1 - p)
  const size = bothTails < 0.5 ? fromTails(bothTails, df) : fromCentre(1 - bothTails, df)
  return p < 0.5 ? -size : size
}

function fromTails(bothTails: number, df: number): number {
  const x = inverseIncompleteBeta(bothTails, df / 2, 0.5)
  return Math.sqrt((df * (1 - x)) / x)
}

function fromCentre(centre: number, df: number): number {
  const y = inverseIncompleteBeta(centre, 0.5, df / 2)
  return Math.sqrt((df * y) / (1 - y))
}
