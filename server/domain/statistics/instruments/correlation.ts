import { crossSum, equalWeights } from './moments.js'

/** A correlation with what it stands on. */
export interface Correlation {
  /** −1 to 1; `null` when one side does not vary or fewer than two cases are complete. */
  readonly r: number | null
  /** Cases with both values. */
  readonly pairs: number
}

/** Values of cases; `null` where there is none. */
export type Column = readonly (number | null)[]

function checkColumns(xs: Column, ys: Column, weights: readonly number[]): void {
  if (xs.length !== ys.length || xs.length !== weights.length) {
    throw new RangeError(`Columns of ${xs.length}, ${ys.length} and ${weights.length} cases do not match`)
  }
  for (const weight of weights) {
    if (!(weight > 0 && weight < Infinity)) throw new RangeError(`Weight must be positive and finite, got ${weight}`)
  }
}

/**
 * Pearson's r of complete values; `null` when one side does not vary.
 *
 * @see Methodology 4.6 and 10.6 (G1)
 * @example pearsonOfComplete([1, 2, 3], [2, 4, 6], [1, 1, 1]) // 1
 */
export function pearsonOfComplete(
  xs: readonly number[],
  ys: readonly number[],
  weights: readonly number[],
): number | null {
  const varies = (values: readonly number[]) => values.some((value) => value !== values[0])
  if (!varies(xs) || !varies(ys)) return null
  const r = crossSum(xs, ys, weights) / Math.sqrt(crossSum(xs, xs, weights) * crossSum(ys, ys, weights))
  return Math.max(-1, Math.min(1, r))
}

/**
 * Weighted Pearson correlation over the cases that have both values.
 *
 * r = Σw(x − x̄)(y − ȳ) / √[Σw(x − x̄)² · Σw(y − ȳ)²].
 *
 * @param weights positive, any scale; 1 each unless given
 * @throws {RangeError} when the columns differ in length or a weight is not positive and finite
 * @see Methodology 4.6 and 10.6 (G1)
 * @example pearson([1, 2, 3], [2, 4, null]) // { r: 1, pairs: 2 }
 */
export function pearson(xs: Column, ys: Column, weights: readonly number[] = equalWeights(xs.length)): Correlation {
  checkColumns(xs, ys, weights)
  const both = completePairs(xs, ys)
  const [x, y, w] = [both.map((i) => xs[i]!), both.map((i) => ys[i]!), both.map((i) => weights[i]!)]
  return { r: pearsonOfComplete(x, y, w), pairs: both.length }
}

/**
 * Weighted Spearman correlation: Pearson's of the weighted mid-ranks among the cases that have both values.
 *
 * Mid-rank of a value = weight below it + half the weight at it; with equal weights this orders as common ranks do.
 *
 * @param weights positive, any scale; 1 each unless given
 * @throws {RangeError} when the columns differ in length or a weight is not positive and finite
 * @see Spearman, C. (1904) Am. J. Psychology 15, 72-101; methodology 4.6 and 10.6 (G1)
 * @example spearman([1, 2, 3], [1, 4, 9]) // { r: 1, pairs: 3 }
 */
export function spearman(xs: Column, ys: Column, weights: readonly number[] = equalWeights(xs.length)): Correlation {
  checkColumns(xs, ys, weights)
  const both = completePairs(xs, ys)
  const w = both.map((i) => weights[i]!)
  const ranked = (column: Column) =>
    midRanks(
      both.map((i) => column[i]!),
      w,
    )
  return { r: pearsonOfComplete(ranked(xs), ranked(ys), w), pairs: both.length }
}

const completePairs = (xs: Column, ys: Column) => xs.flatMap((x, i) => (x === null || ys[i] === null ? [] : [i]))

function midRanks(values: readonly number[], weights: readonly number[]): number[] {
  const at = new Map<number, number>()
  values.forEach((value, i) => {
    at.set(value, (at.get(value) ?? 0) + weights[i]!)
  })
  const ranks = new Map<number, number>()
  let below = 0
  for (const [value, weight] of [...at].sort(([a], [b]) => a - b)) {
    ranks.set(value, below + weight / 2)
    below += weight
  }
  return values.map((value) => ranks.get(value)!)
}
