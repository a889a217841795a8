import { stirlingError } from './stirling-error.js'

/** Within this relative distance a·ln(a/m) + m − a loses digits and its series is used. */
const CLOSE = 0.1

/** Deviance a·ln(a/m) + m − a, accurate where a and m nearly agree (Loader's `bd0`). */
function deviance(a: number, m: number): number {
  if (Math.abs(a - m) >= CLOSE * (a + m)) return a * Math.log(a / m) + m - a
  const v = (a - m) / (a + m)
  let sum = (a - m) * v
  let term = 2 * a * v
  let before: number
  let odd = 1
  do {
    before = sum
    term *= v * v
    odd += 2
    sum += term / odd
  } while (sum !== before)
  return sum
}

/**
 * xᵃ(1 − x)ᵇ / B(a, b): the density of the beta distribution times x(1 − x).
 *
 * Written with Stirling remainders and deviances, so that nothing large cancels.
 *
 * @param x strictly between 0 and 1
 * @param a first parameter, greater than 0
 * @param b second parameter, greater than 0
 * @returns 0 or more, relative error about 1e-13
 * @throws {RangeError} when a parameter is not positive and finite
 * @see Loader, C. (2000) "Fast and accurate computation of binomial probabilities"
 * @example betaKernel(0.5, 1, 1) // 0.25
 */
export function betaKernel(x: number, a: number, b: number): number {
  const sum = a + b
  const remainders = stirlingError(sum) - stirlingError(a) - stirlingError(b)
  const distance = deviance(a, sum * x) + deviance(b, sum * (1 - x))
  return Math.sqrt((a / sum) * (b / (2 * Math.PI))) * Math.exp(remainders - distance)
}
