import type { ScaleCounts } from './scoring.js'

/** Every figure of one criterion, all derived from the same five counts. Unrounded. */
export interface CriterionFigures {
  /** Valid answers: respondents, or the sum of their weights. */
  readonly validCount: number
  /** Headline: percent at scores 4 and 5. */
  readonly topTwoBoxPercent: number
  /** Percent at scores 1 and 2. */
  readonly dissatisfiedPercent: number
  readonly neutralPercent: number
  /** Percent at each score, worst to best; together 100. */
  readonly percents: ScaleCounts
  /** Mean score, 1 to 5. */
  readonly mean: number
  /** Mean rescaled to 0 (worst) … 100 (best); the "score" of the UK Government Digital Service. */
  readonly points: number
  /** Mean of (score − 3), −2 to +2: continues the Institute's series of 2006 to 2013. */
  readonly hids: number
  /** Satisfied minus dissatisfied share, −1 to +1. */
  readonly net: number
}

/**
 * Figures of one criterion from its counts at scores 1 to 5.
 *
 * Index = 100·(n₄+n₅)/n, dissatisfied = 100·(n₁+n₂)/n, neutral = the rest, points = 100·(mean−1)/4, hids = mean−3.
 * With weighted counts the same formulas give the weighted figures.
 *
 * @param counts respondents or sums of weights, each 0 or more
 * @returns `null` when there is no valid answer
 * @throws {RangeError} when a count is negative or not finite
 * @see methodology 1.5; GDS: 3.2 and 4.4
 * @example figuresOfCriterion([0, 1, 2, 4, 1])?.topTwoBoxPercent // 62.5
 */
export function figuresOfCriterion(counts: ScaleCounts): CriterionFigures | null {
  if (counts.some((count) => !(count >= 0 && count < Infinity))) {
    throw new RangeError(`Counts must be 0 or more and finite, got ${counts.join(', ')}`)
  }
  const [n1, n2, n3, n4, n5] = counts
  const valid = n1 + n2 + n3 + n4 + n5
  if (valid === 0) return null
  const mean = (n1 + 2 * n2 + 3 * n3 + 4 * n4 + 5 * n5) / valid
  const percent = (count: number) => (100 * count) / valid
  return {
    validCount: valid,
    topTwoBoxPercent: percent(n4 + n5),
    dissatisfiedPercent: percent(n1 + n2),
    neutralPercent: percent(n3),
    percents: [percent(n1), percent(n2), percent(n3), percent(n4), percent(n5)],
    mean,
    points: (100 * (mean - 1)) / 4,
    hids: mean - 3,
    net: (n4 + n5 - n1 - n2) / valid,
  }
}

/**
 * Percent of the respondents asked who gave a valid answer.
 *
 * @param receivedCount respondents asked, nonresponse of every kind included, more than 0
 * @returns percent, 0 to 100
 * @throws {RangeError} when nobody was asked or more answered than were asked
 */
export function itemResponsePercent(validCount: number, receivedCount: number): number {
  if (!(receivedCount > 0 && validCount >= 0 && validCount <= receivedCount)) {
    throw new RangeError(`Valid answers must be 0 to received, got ${validCount} of ${receivedCount}`)
  }
  return (100 * validCount) / receivedCount
}
