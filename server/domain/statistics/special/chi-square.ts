import { normalUpperTail } from './normal.js'

/**
 * Upper tail of the chi-square distribution, P(X > x), for whole degrees of freedom.
 *
 * Q(a, y) with a = df/2, y = x/2: from Q(1/2, y) = 2·P(Z > √x) or Q(1, y) = e⁻ʸ upwards by Q(a + 1, y) = Q(a, y) + yᵃe⁻ʸ/Γ(a + 1).
 * All terms are positive, so no digit is lost.
 *
 * @param x statistic, 0 or more
 * @param df degrees of freedom, a whole number of 1 or more
 * @throws {RangeError} when an argument is outside its range
 * @see Abramowitz, M., Stegun, I. (1964) Handbook of Mathematical Functions, 6.5.21 and 26.4.4 to 26.4.5
 * @example chiSquareUpperTail(5.991464547107979, 2) // 0.05
 */
export function chiSquareUpperTail(x: number, df: number): number {
  if (!(x >= 0)) throw new RangeError(`Statistic must be 0 or more, got ${x}`)
  if (!(Number.isInteger(df) && df >= 1)) throw new RangeError(`Degrees of freedom must be whole, got ${df}`)
  const y = x / 2
  const isOdd = df % 2 === 1
  let tail = isOdd ? 2 * normalUpperTail(Math.sqrt(x)) : Math.exp(-y)
  // y^a e^-y / Γ(a + 1) for a = 1/2 or 1.
  let term = isOdd ? 2 * Math.sqrt(y / Math.PI) * Math.exp(-y) : y * Math.exp(-y)
  for (let a = isOdd ? 0.5 : 1; a < df / 2; a += 1) {
    tail += term
    term *= y / (a + 1)
  }
  return Math.min(1, tail)
}
