/** From here on four terms of the series are exact to the last bit of a double. */
const SERIES_FROM = 15

/**
 * What Stirling's formula leaves over: δ(x) = ln Γ(x) − [(x − ½)·ln x − x + ½·ln 2π].
 *
 * From 15 on the asymptotic series 1/12x − 1/360x³ + …; below, stepped down by
 * δ(x) = δ(x + 1) + (x + ½)·ln(1 + 1/x) − 1. Working with δ instead of ln Γ avoids subtracting large logarithms.
 *
 * @param x greater than 0
 * @returns more than 0, absolute error below 1e-14
 * @throws {RangeError} when x is not positive and finite
 * @see Loader, C. (2000) "Fast and accurate computation of binomial probabilities"; Abramowitz and Stegun 6.1.41
 * @example stirlingError(1) // 0.081061466795
 */
export function stirlingError(x: number): number {
  if (!(x > 0 && x < Infinity)) throw new RangeError(`Argument must be positive and finite, got ${x}`)
  let stepped = 0
  let at = x
  while (at < SERIES_FROM) {
    stepped += (at + 0.5) * Math.log1p(1 / at) - 1
    at += 1
  }
  const r = 1 / (at * at)
  const series = (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - (r * 691) / 360360))))) / at
  return stepped + series
}
