import type { CodeCounts } from '../index/tally.js'
import type { MethodCriterion } from './method.js'
import { reverseCode, type ScoringOf, scoreOfAnswer } from './transformations.js'

/** Sums behind the figure of one criterion for one unit. */
export interface CriterionSums {
  /** Answers in the denominator. */
  readonly answers: number
  /** Σ of what they add. */
  readonly total: number
  /** Σ of the squares. */
  readonly squares: number
}

/**
 * Adds up what the counted answers add to a criterion.
 *
 * @param scoring with `isReversed` the codes are turned round first
 * @throws {RangeError} when a count is negative or not finite
 */
export function sumsOfCriterion(
  codes: CodeCounts,
  criterion: Pick<MethodCriterion, 'isReversed'>,
  scoring: ScoringOf,
): CriterionSums {
  const sums = { answers: 0, total: 0, squares: 0 }
  for (const [code, count] of Object.entries(codes)) {
    if (!(count >= 0 && count < Infinity)) throw new RangeError(`Counts must be 0 or more and finite, got ${count}`)
    const score = scoreOfCriterion(Number(code), criterion, scoring)
    if (score === null) continue
    sums.answers += count
    sums.total += count * score
    sums.squares += count * score * score
  }
  return sums
}

/** What one answer adds to a criterion, reversed where the criterion is; `null` outside the denominator. */
export function scoreOfCriterion(
  code: number,
  { isReversed }: Pick<MethodCriterion, 'isReversed'>,
  scoring: ScoringOf,
): number | null {
  return scoreOfAnswer(isReversed ? reverseCode(code, scoring.scale) : code, scoring)
}
