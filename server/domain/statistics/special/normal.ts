const SQRT_2PI = 2.5066282746310002
/** Below this the power series keeps its digits; above, the continued fraction converges fast. */
const TAIL_FROM = 2.5
const FRACTION_DEPTH = 150

const density = (z: number) => Math.exp(-0.5 * z * z) / SQRT_2PI

/** Φ(z) − ½ = φ(z)·(z + z³/3 + z⁵/15 + …). */
function centralArea(z: number): number {
  let term = z
  let sum = z
  for (let k = 3; sum + term !== sum || k === 3; k += 2) {
    term *= (z * z) / k
    sum += term
  }
  return sum * density(z)
}

/** 1 − Φ(z) = φ(z) / (z + 1/(z + 2/(z + 3/(z + …)))) for z in the tail. */
function tailArea(z: number): number {
  let fraction = z
  for (let k = FRACTION_DEPTH; k >= 1; k--) fraction = z + k / fraction
  return density(z) / fraction
}

/**
 * Probability that a standard normal variable exceeds z.
 *
 * @param z any number; infinities allowed
 * @returns 0 to 1, relative error about 1e-13 in both tails
 * @throws {RangeError} when z is not a number
 * @see Marsaglia, G. (2004) "Evaluating the normal distribution", J. Stat. Software 11(4); Abramowitz and Stegun 26.2.14
 * @example normalUpperTail(1.959963984540054) // 0.025
 */
export function normalUpperTail(z: number): number {
  if (Number.isNaN(z)) throw new RangeError('Normal deviate must be a number, got NaN')
  if (z >= TAIL_FROM) return tailArea(z)
  if (z <= -TAIL_FROM) return 1 - tailArea(-z)
  return 0.5 - centralArea(z)
}

/**
 * Cumulative distribution function Φ of the standard normal.
 *
 * @param z any number; infinities allowed
 * @returns probability, 0 to 1
 * @throws {RangeError} when z is not a number
 * @see Abramowitz and Stegun 26.2
 * @example normalCdf(1.959963984540054) // 0.975
 */
export const normalCdf = (z: number): number => normalUpperTail(-z)

/**
 * Two-sided p value of a standard normal statistic: 2·(1 − Φ(|z|)).
 *
 * @returns probability, 0 to 1
 * @throws {RangeError} when z is not a number
 * @see methodology 4.9 and 10.7 (H1)
 * @example twoSidedNormalP(2.592815) // 0.009519
 */
export const twoSidedNormalP = (z: number): number => 2 * normalUpperTail(Math.abs(z))

/** Rough start of the quantile for an upper tail of at most ½, error below 4.5e-4 (Hastings). */
function roughQuantile(tail: number): number {
  const t = Math.sqrt(-2 * Math.log(tail))
  return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
}

/**
 * Quantile of the standard normal: the z with Φ(z) = p.
 *
 * Hastings' approximation, then four Halley steps on the tail area.
 *
 * @param p strictly between 0 and 1
 * @returns relative error about 1e-14
 * @throws {RangeError} when p is not strictly between 0 and 1
 * @see Abramowitz and Stegun 26.2.23
 * @example normalQuantile(0.975) // 1.959963984540054
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`Probability must lie strictly between 0 and 1, got ${p}`)
  if (p === 0.5) return 0
  const tail = Math.min(p, 1 - p)
  let z = roughQuantile(tail)
  for (let step = 0; step < 4; step++) {
    const error = (normalUpperTail(z) - tail) / density(z)
    z += error / (1 - (error * z) / 2)
  }
  return p < 0.5 ? -z : z
}
