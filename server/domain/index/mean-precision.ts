import { type ClusterSums, effectiveBaseOfRatio, ratioDesignEffect } from '../statistics/cluster-ratio.js'

/** One item of a mean of children, answered by somebody. */
export interface MeanPart {
  /** Valid answers, more than 0. */
  readonly validCount: number
  /** How often each of its answers counts in the ratio behind the sums. */
  readonly ratioWeight: number
  /** Share of the item in the mean; over all parts 1. */
  readonly meanWeight: number
}

/**
 * Independent answers that would be as precise as a mean of the percents of several items, answered by the same people.
 *
 * The mean gives an item that two people answered the weight of one that everybody answered, so it is less certain than the
 * ratio of all answers, whose effective base nₑ follows from the sums. Both variances are written for answers of one
 * spread with one correlation ρ within a respondent, those of the less answered item being among those of the other:
 *
 * - ratio: (Σ aⱼ²nⱼ + ρ Σ aⱼaₖ min(nⱼ, nₖ)) / (Σ aⱼnⱼ)², which gives ρ, since the ratio's own variance is known;
 * - mean: Σ wⱼ²/nⱼ + ρ Σ wⱼwₖ / max(nⱼ, nₖ), over pairs j ≠ k.
 *
 * The result is nₑ · ratio / mean: nₑ itself where all items have the same base. ρ is held within 0 to 1, and is 1 where it
 * cannot be known (everybody or nobody satisfied).
 *
 * @param sums over respondents, answers weighted by `ratioWeight`
 * @param answersGiven answers behind the sums
 * @returns effective answers, more than 0, at most nₑ
 * @see methodology 4.8; the covariance of two means over nested sets of respondents is ρσ²/max(nⱼ, nₖ)
 */
export function effectiveBaseOfMean(sums: ClusterSums, answersGiven: number, parts: readonly MeanPart[]): number {
  const ratioOwn = total(parts, ({ ratioWeight: a, validCount: n }) => a * a * n)
  const ratioShared = totalOfPairs(
    parts,
    (j, k) => j.ratioWeight * k.ratioWeight * Math.min(j.validCount, k.validCount),
  )
  const meanOwn = total(parts, ({ meanWeight: w, validCount: n }) => (w * w) / n)
  const meanShared = totalOfPairs(parts, (j, k) => (j.meanWeight * k.meanWeight) / Math.max(j.validCount, k.validCount))
  const squaredAnswers = sums.answers ** 2
  const effect = ratioDesignEffect(sums)
  const spread = effect === null ? Infinity : (effect * squaredAnswers) / (sums.answers - 1)
  const correlation = ratioShared === 0 ? 0 : Math.max(0, Math.min(1, (spread - ratioOwn) / ratioShared))
  const ratioVariance = (ratioOwn + correlation * ratioShared) / squaredAnswers
  const meanVariance = meanOwn + correlation * meanShared
  return effectiveBaseOfRatio(sums, answersGiven) * Math.min(1, ratioVariance / meanVariance)
}

function total(parts: readonly MeanPart[], value: (part: MeanPart) => number): number {
  return parts.reduce((sum, part) => sum + value(part), 0)
}

function totalOfPairs(parts: readonly MeanPart[], value: (one: MeanPart, other: MeanPart) => number): number {
  return total(parts, (one) => total(parts, (other) => (one === other ? 0 : value(one, other))))
}
