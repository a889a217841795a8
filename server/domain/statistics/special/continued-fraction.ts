const TINY = 1e-300
/** The product of a step may settle one ulp beside 1; waiting for 1 itself would add that ulp 200,000 times. */
const SETTLED = Number.EPSILON
/** The fraction of the beta function needs about √max(a, b) steps; this covers a base of ten thousand million. */
const MAX_STEPS = 200_000

const awayFromZero = (value: number) => (Math.abs(value) < TINY ? TINY : value)

/**
 * The continued fraction 1 + c₁/(1 + c₂/(1 + c₃/(1 + …))) by the modified Lentz method.
 *
 * @param coefficient c_n of step n = 1, 2, 3, …
 * @returns the value once a step no longer changes it, or after 200,000 steps
 * @see Lentz, W. J. (1976) Applied Optics 15, 668-671; Thompson, I. J., Barnett, A. R. (1986) J. Comput. Phys. 64, 490-509
 * @example continuedFraction((n) => (n === 1 ? 1 : 0)) // 2
 */
export function continuedFraction(coefficient: (n: number) => number): number {
  let c = 1
  let d = 0
  let value = 1
  for (let n = 1; n <= MAX_STEPS; n++) {
    const step = coefficient(n)
    d = 1 / awayFromZero(1 + step * d)
    c = awayFromZero(1 + step / c)
    value *= c * d
    if (n > 1 && Math.abs(c * d - 1) <= SETTLED) break
  }
  return value
}
