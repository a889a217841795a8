import { type Column, type Correlation, pearson, spearman } from '../statistics/instruments/correlation.js'

const SCORES = 5

/**
 * Respondents by their scores on two items: place 5·(x − 1) + y − 1. All that both correlations of the pair need, in 25 whole numbers
 * that add up over any split of the respondents.
 */
export type JointCounts = readonly number[]

/** The counts of nobody. */
export const emptyJointCounts = (): number[] => new Array<number>(SCORES * SCORES).fill(0)

/** Counts one respondent with scores 1 to 5 on both items. */
export function countJointly(counts: number[], x: number, y: number): void {
  counts[SCORES * (x - 1) + y - 1]! += 1
}

/**
 * Pearson's and Spearman's correlation of a pair of items: each pair of scores stands once, weighted by its count, which gives the
 * correlations of the single respondents exactly (Spearman's with mid-ranks for ties).
 *
 * @see Methodology 4.6; `pearson` and `spearman`
 */
export function correlationsOfJoint(counts: JointCounts): {
  readonly pearson: Correlation
  readonly spearman: Correlation
} {
  const present = counts.flatMap((count, place) => (count > 0 ? [{ count, place }] : []))
  const xs: Column = present.map(({ place }) => Math.floor(place / SCORES) + 1)
  const ys: Column = present.map(({ place }) => (place % SCORES) + 1)
  const weights = present.map(({ count }) => count)
  const pairs = weights.reduce((sum, count) => sum + count, 0)
  return { pearson: { ...pearson(xs, ys, weights), pairs }, spearman: { ...spearman(xs, ys, weights), pairs } }
}
