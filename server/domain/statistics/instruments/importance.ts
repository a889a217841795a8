import { type Column, type Correlation, pearson, spearman } from './correlation.js'

/** How much an item matters for the overall rating, and whether there is enough to say so. */
export interface DerivedImportance extends Correlation {
  /** Whether at least 50 respondents gave both ratings. */
  readonly isReliable: boolean
}

/** Respondents with both ratings below which a derived importance is not relied on (methodology 4.6). */
export const MIN_IMPORTANCE_PAIRS = 50

/**
 * Derived importance of each item: its correlation with the overall rating.
 *
 * Items correlate with one another, so these are not effects: raising an item need not raise the overall rating by r.
 *
 * @param items ratings of each item, one column per item, one value per respondent
 * @param overall overall rating of each respondent
 * @param method `spearman` where the scale is not to be taken as evenly spaced
 * @param weights positive, any scale; 1 each unless given
 * @returns in the order of the items
 * @throws {RangeError} when columns differ in length or a weight is not positive and finite
 * @see Methodology 4.6 and 10.6 (G1)
 * @example deriveImportance([[1, 2, 3]], [2, 4, 6], 'pearson')[0].r // 1
 */
export function deriveImportance(
  items: readonly Column[],
  overall: Column,
  method: 'pearson' | 'spearman',
  weights?: readonly number[],
): DerivedImportance[] {
  const correlate = method === 'pearson' ? pearson : spearman
  return items.map((item) => {
    const correlation = weights ? correlate(item, overall, weights) : correlate(item, overall)
    return { ...correlation, isReliable: correlation.pairs >= MIN_IMPORTANCE_PAIRS }
  })
}

/**
 * Stated importance: weighted share of respondents who picked each item among the few to improve.
 *
 * @param picks items picked by each respondent who was asked; none picked is an empty list
 * @param items ids, in the order wanted back
 * @param weights positive, any scale; 1 each unless given
 * @returns share, 0 to 1, per item; `null` each when nobody was asked
 * @throws {RangeError} when there is not one weight per respondent
 * @see Methodology 4.6
 * @example stateImportance([['land'], ['land', 'fees']], ['land', 'fees']) // [1, 0.5]
 */
export function stateImportance(
  picks: readonly (readonly string[])[],
  items: readonly string[],
  weights: readonly number[] = picks.map(() => 1),
): (number | null)[] {
  if (weights.length !== picks.length) throw new RangeError(`${weights.length} weights for ${picks.length} respondents`)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return items.map((item) => {
    const picked = picks.reduce((sum, list, i) => (list.includes(item) ? sum + weights[i]! : sum), 0)
    return total > 0 ? picked / total : null
  })
}
