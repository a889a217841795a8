import { betaKernel } from './beta-density.js'
import { continuedFraction } from './continued-fraction.js'

/** Coefficient of step n of the continued fraction of I_x(a, b). */
function coefficient(n: number, x: number, a: number, b: number): number {
  const m = Math.floor(n / 2)
  if (n % 2 === 0) return (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
  return (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
}

/** Converges fast for x below (a + 1)/(a + b + 2). */
const fraction = (x: number, a: number, b: number) => 1 / continuedFraction((n) => coefficient(n, x, a, b))

/**
 * Regularised incomplete beta function I_x(a, b): probability that a Beta(a, b) variable is at most x.
 *
 * @param x 0 to 1
 * @param a first parameter, greater than 0
 * @param b second parameter, greater than 0
 * @returns probability, 0 to 1, relative error about 1e-13
 * @throws {RangeError} when x is outside 0 to 1 or a parameter is not positive and finite
 * @see Abramowitz and Stegun 26.5.8; Lentz, W. J. (1976) Applied Optics 15, 668-671
 * @example incompleteBeta(0.5, 2, 3) // 0.6875
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1)) throw new RangeError(`Argument must lie in 0 to 1, got ${x}`)
  const positive = a > 0 && a < Infinity && b > 0 && b < Infinity
  if (!positive) throw new RangeError(`Parameters must be positive and finite, got ${a} and ${b}`)
  if (x === 0 || x === 1) return x
  const kernel = betaKernel(x, a, b)
  if (x < (a + 1) / (a + b + 2)) return Math.min(1, (kernel * fraction(x, a, b)) / a)
  return Math.max(0, 1 - (kernel * fraction(1 - x, b, a)) / b)
}
