/**
 * Weighted mean: Σwx / Σw.
 *
 * @see methodology 1.5 (weighted mean)
 * @example mean([1, 3], [1, 3]) // 2.5
 */
export function mean(values: readonly number[], weights: readonly number[]): number {
  let sum = 0
  let total = 0
  values.forEach((value, i) => {
    sum += weights[i]! * value
    total += weights[i]!
  })
  return sum / total
}

/**
 * Weighted sum of products of distances from the means: Σw(x − x̄)(y − ȳ).
 *
 * @see methodology 4.6
 * @example crossSum([1, 3], [2, 6], [1, 1]) // 4
 */
export function crossSum(xs: readonly number[], ys: readonly number[], weights: readonly number[]): number {
  const [x, y] = [mean(xs, weights), mean(ys, weights)]
  return xs.reduce((sum, value, i) => sum + weights[i]! * (value - x) * (ys[i]! - y), 0)
}

/**
 * Sample variance Σ(x − x̄)² / (n − 1); sums of integers stay exact enough that equal values give 0.
 *
 * @param values two or more
 * @see methodology 4.7 (sample variance)
 * @example sampleVariance([1, 3]) // 2
 */
export function sampleVariance(values: readonly number[]): number {
  const first = values[0]!
  // Shifted by a value of the sample, equal values leave exact zeros.
  const shifted = values.map((value) => value - first)
  const ones = shifted.map(() => 1)
  return crossSum(shifted, shifted, ones) / (values.length - 1)
}

/**
 * The same weight for each of a number of cases.
 *
 * @see methodology 10.8 (weights all 1)
 * @example equalWeights(3) // [1, 1, 1]
 */
export const equalWeights = (count: number): number[] => new Array<number>(count).fill(1)
