import { sumsBy } from './sums-by.js'

/** One partition of the sample whose groups the weights were fitted to. */
export interface CalibrationStep {
  /** Group of each case. */
  readonly groupOf: readonly string[]
  /** Weights of the cases as they stood after fitting this partition the last time. */
  readonly weights: readonly number[]
}

/** How the weights of a design came about: fitted to one partition (post-stratification) or to several (raking). */
export interface Calibration {
  /** Weights before fitting. */
  readonly designWeights: readonly number[]
  readonly steps: readonly CalibrationStep[]
}

const MAX_ROUNDS = 200
const STABLE = 1e-14

/**
 * Takes out of linearised scores what calibration has made certain: their group means.
 *
 * With u = score / w: u ← u − Σd·u / Σd within each group (d = design weights), partition after partition until nothing
 * changes. For one partition this is the residual of the post-stratified estimator, for several the residual of a
 * regression on all margins, to which raking is equivalent in large samples.
 *
 * @param scores linearised values times weight, one per case
 * @returns scores of the same length
 * @see Deville, J.-C., Särndal, C.-E. (1992) "Calibration estimators in survey sampling", JASA 87, 376-382;
 *   Valliant, R. (1993) "Poststratification and conditional variance estimation", JASA 88, 89-96
 * @example residualScores({ designWeights: [1, 1], steps: [{ groupOf: ['a', 'a'], weights: [2, 2] }] }, [2, 4]) // [-1, 1]
 */
export function residualScores(calibration: Calibration, scores: readonly number[]): readonly number[] {
  let current = scores
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = current
    for (const step of calibration.steps) current = withoutGroupMeans(step, calibration.designWeights, current)
    if (calibration.steps.length === 1 || isStable(before, current)) break
  }
  return current
}

function withoutGroupMeans(
  { groupOf, weights }: CalibrationStep,
  designWeights: readonly number[],
  scores: readonly number[],
): readonly number[] {
  const sums = sumsBy(groupOf, (i) => (designWeights[i]! * scores[i]!) / weights[i]!)
  const sizes = sumsBy(groupOf, (i) => designWeights[i]!)
  return scores.map((score, i) => score - (weights[i]! * sums.get(groupOf[i]!)!) / sizes.get(groupOf[i]!)!)
}

function isStable(before: readonly number[], after: readonly number[]): boolean {
  const largest = after.reduce((max, score) => Math.max(max, Math.abs(score)), 0)
  return after.every((score, i) => Math.abs(score - before[i]!) <= STABLE * largest)
}
