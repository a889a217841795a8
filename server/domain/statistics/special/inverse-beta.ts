import { betaKernel } from './beta-density.js'
import { incompleteBeta } from './incomplete-beta.js'

/**
 * Quantile of the beta distribution: the x with I_x(a, b) = p.
 *
 * Newton steps inside a bracket that each step narrows; where a step leaves the bracket, its middle is taken.
 *
 * @param p probability, 0 to 1
 * @param a first parameter, greater than 0
 * @param b second parameter, greater than 0
 * @returns 0 to 1, relative error about 1e-13 unless it lies within 1e-12 of 1
 * @throws {RangeError} when p is outside 0 to 1 or a parameter is not positive and finite
 * @see Press et al. (2007) Numerical Recipes, section 9.4 (safe Newton)
 * @example inverseIncompleteBeta(0.6875, 2, 3) // 0.5
 */
export function inverseIncompleteBeta(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`Probability must lie in 0 to 1, got ${p}`)
  let low = 0
  let high = 1
  let next = a / (a + b)
  if (p === 0 || p === 1) return incompleteBeta(p, a, b)
  let x: number
  // Ends: each step narrows the bracket, until its middle is one of its ends.
  do {
    x = next
    const excess = incompleteBeta(x, a, b) - p
    if (excess === 0) return x
    if (excess > 0) high = x
    else low = x
    const newton = x - (excess * x * (1 - x)) / betaKernel(x, a, b)
    next = newton > low && newton < high ? newton : (low + high) / 2
  } while (Math.abs(next - x) > 2 ** -53 * next)
  return next
}
