/**
 * Precision of a share pooled over several answers of each respondent.
 *
 * One respondent's answers resemble each other, so n answers tell less than n respondents would. The respondent is the
 * cluster; sums over respondents are all that is needed, so they can be kept in a tally and added up.
 */

/** Sums over the respondents with at least one valid answer; kᵢ = valid answers of i, tᵢ = those in the top two boxes. */
export interface ClusterSums {
  /** Respondents with kᵢ > 0. */
  readonly respondents: number
  /** Σk */
  readonly answers: number
  /** Σt */
  readonly hits: number
  /** Σk² */
  readonly answersSquared: number
  /** Σt² */
  readonly hitsSquared: number
  /** Σkt */
  readonly answersTimesHits: number
}

/**
 * Variance of the ratio R = Σt / Σk by Taylor linearisation, respondents as clusters drawn with replacement.
 *
 * V = n/(n−1) · Σ(tᵢ − R·kᵢ)² / (Σk)² = n/(n−1) · (Σt² − 2RΣkt + R²Σk²) / (Σk)². No strata, no weights, no finite
 * population correction.
 *
 * @returns variance of a share (0 to 1 scale), 0 or more
 * @throws {RangeError} with fewer than two respondents, or where a sum is no whole number
 * @see Lohr, S. (2019) Sampling: Design and Analysis, sections 4.1 and 5.3; methodology 4.8 (`V`, one stratum)
 * @example ratioVariance({ respondents: 2, answers: 2, hits: 1, answersSquared: 2, hitsSquared: 1, answersTimesHits: 1 }) // 0.25
 */
export function ratioVariance(sums: ClusterSums): number {
  if (!(sums.respondents >= 2)) throw new RangeError(`Variance needs two respondents, got ${sums.respondents}`)
  const correction = sums.respondents / (sums.respondents - 1)
  return (correction * squaredResiduals(sums)) / sums.answers ** 4
}

/**
 * Σ(tᵢ·Σk − Σt·kᵢ)², exactly: in floating point a sum of nothing comes out as 1e-15, and people who all answer alike would then be
 * credited with the precision of independent answers.
 */
function squaredResiduals(sums: ClusterSums): number {
  const [k, t] = [BigInt(sums.answers), BigInt(sums.hits)]
  const [kk, tt, kt] = [BigInt(sums.answersSquared), BigInt(sums.hitsSquared), BigInt(sums.answersTimesHits)]
  return Number(tt * k * k - 2n * t * k * kt + t * t * kk)
}

/**
 * Design effect of a pooled share: how much larger its variance is than that of Σk independent answers.
 *
 * deff = V / [R(1−R) / (Σk − 1)].
 *
 * @returns more than 0; `null` where it is undefined (R is 0 or 1, fewer than two respondents, or no spread at all)
 * @see methodology 4.8
 * @example ratioDesignEffect({ respondents: 2, answers: 2, hits: 1, answersSquared: 2, hitsSquared: 1, answersTimesHits: 1 }) // 1
 */
export function ratioDesignEffect(sums: ClusterSums): number | null {
  if (sums.respondents < 2) return null
  const ratio = sums.hits / sums.answers
  const simple = (ratio * (1 - ratio)) / (sums.answers - 1)
  const variance = ratioVariance(sums)
  return simple > 0 && variance > 0 ? variance / simple : null
}

/**
 * Independent answers that would give the precision of a pooled share: Σk / deff.
 *
 * Never more than the answers given (a lucky negative correlation is not credited). Where the design effect is undefined it is the
 * number of respondents, the cautious end: everybody's answers are then taken to say the same thing.
 * With one item per respondent it is the number of respondents exactly.
 *
 * @param answersGiven answers behind the sums; differs from Σk only where answers carry item weights
 * @returns effective answers, more than 0, not rounded
 * @throws {RangeError} when there is no answer
 * @see methodology 4.8 (`n_eff`)
 * @example effectiveBaseOfRatio({ respondents: 2, answers: 2, hits: 1, answersSquared: 2, hitsSquared: 1, answersTimesHits: 1 })
 *   // 2
 */
export function effectiveBaseOfRatio(sums: ClusterSums, answersGiven: number = sums.answers): number {
  if (!(sums.answers > 0)) throw new RangeError('Effective base needs at least one answer')
  const effect = ratioDesignEffect(sums)
  return effect === null ? sums.respondents : Math.min(answersGiven, sums.answers / effect)
}
