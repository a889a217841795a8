import type { SuppressionReason } from '../disclosure/policy.js'
import { hideRecoverable, type Relation } from '../disclosure/relations.js'

/** A count of respondents in a table. */
export interface CountCell {
  readonly key: string
  readonly count: number
}

/**
 * Hides the counts of a table by which few people could be recognised, and as many others as its sums make necessary.
 *
 * Nobody (0) is shown: it tells of no person. A count of 1 to `minRespondents` − 1 is hidden, whatever base it stands on.
 *
 * @returns the reason by key of each hidden cell
 * @see methodology 4.10; `hideRecoverable`
 */
export function hideSmallCounts(
  cells: readonly CountCell[],
  relations: readonly Relation[],
  minRespondents: number,
): ReadonlyMap<string, SuppressionReason> {
  const present = cells.filter(({ count }) => count > 0)
  const small = new Set(present.filter(({ count }) => count < minRespondents).map(({ key }) => key))
  const known = present.map(({ key, count }) => ({ key, base: count }))
  const cover = hideRecoverable(known, relations, small, minRespondents)
  return new Map([
    ...[...small].map((key) => [key, 'too_few'] as const),
    ...cover.map((key) => [key, 'complementary'] as const),
  ])
}
