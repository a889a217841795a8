import { pearsonOfComplete } from './correlation.js'
import { equalWeights, sampleVariance } from './moments.js'

/** What one item adds to a scale. */
export interface ItemReliability {
  readonly variance: number
  /** Alpha of the scale without the item; `null` when it is undefined. */
  readonly alphaIfDeleted: number | null
  /** Correlation of the item with the sum of the others; below 0.3 it hardly belongs. `null` when one does not vary. */
  readonly correctedItemTotal: number | null
}

/** Internal consistency of a scale. */
export interface Reliability {
  readonly alpha: number
  /** Of items brought to one variance; `null` when an item does not vary or the items cancel. */
  readonly standardisedAlpha: number | null
  /** In the order of the items. */
  readonly items: readonly ItemReliability[]
  /** Respondents who answered all items. */
  readonly base: number
  readonly totalVariance: number
}

/** Below this the standardised items cancel but for rounding, and so would every digit of their alpha. */
const VANISHED = 1e-12

/** Corrected item-total correlation below which an item is flagged (methodology 4.7). */
export const LOW_ITEM_TOTAL = 0.3

/**
 * Cronbach's alpha of a scale with its parts, over respondents who answered all items.
 *
 * α = k/(k − 1) · (1 − Σs²_j / s²_total) with sample variances; standardised k·r̄ / (1 + (k − 1)·r̄) with r̄ the mean
 * correlation of pairs of items. No weights, no design: it describes the instrument, not the population.
 *
 * @param rows one per respondent, one value per item in one order; `null` where there is no answer
 * @returns `null` where alpha is undefined: fewer than two items or complete respondents, or a total that does not vary
 * @throws {RangeError} when rows differ in length
 * @see Cronbach, L. J. (1951) Psychometrika 16, 297-334; methodology 4.7 and 10.6 (F1)
 * @example cronbachAlpha([[4, 5, 4, 4], [3, 3, 2, 3], [5, 5, 4, 5], [2, 3, 3, 2], [4, 4, 5, 4], [3, 4, 3, 3]]).alpha // 0.928395
 */
export function cronbachAlpha(rows: readonly (readonly (number | null)[])[]): Reliability | null {
  const complete = completeRows(rows)
  const items = columnsOf(complete)
  if (items.length < 2 || complete.length < 2) return null
  const all = alphaOf(items)
  if (all === null) return null
  return {
    alpha: all.alpha,
    standardisedAlpha: standardisedAlpha(items),
    items: items.map((item, j) =>
      itemReliability(
        item,
        items.filter((_, other) => other !== j),
      ),
    ),
    base: complete.length,
    totalVariance: all.totalVariance,
  }
}

function completeRows(rows: readonly (readonly (number | null)[])[]): number[][] {
  const width = rows[0]?.length ?? 0
  for (const row of rows)
    if (row.length !== width) throw new RangeError(`Row of ${row.length} items, expected ${width}`)
  return rows.flatMap((row) => (row.some((value) => value === null) ? [] : [row as number[]]))
}

const columnsOf = (rows: readonly (readonly number[])[]) => (rows[0] ?? []).map((_, j) => rows.map((row) => row[j]!))

const sumOfItems = (items: readonly (readonly number[])[]) =>
  items[0]!.map((_, i) => items.reduce((sum, item) => sum + item[i]!, 0))

function alphaOf(items: readonly (readonly number[])[]): { alpha: number; totalVariance: number } | null {
  const k = items.length
  if (k < 2) return null
  const totalVariance = sampleVariance(sumOfItems(items))
  if (!(totalVariance > 0)) return null
  const parts = items.reduce((sum, item) => sum + sampleVariance(item), 0)
  return { alpha: (k / (k - 1)) * (1 - parts / totalVariance), totalVariance }
}

function standardisedAlpha(items: readonly (readonly number[])[]): number | null {
  const k = items.length
  const weights = equalWeights(items[0]!.length)
  let sum = 0
  for (const [i, first] of items.entries()) {
    for (const second of items.slice(i + 1)) {
      const r = pearsonOfComplete(first, second, weights)
      if (r === null) return null
      sum += r
    }
  }
  const mean = (2 * sum) / (k * (k - 1))
  const denominator = 1 + (k - 1) * mean
  return denominator > VANISHED ? (k * mean) / denominator : null
}

function itemReliability(item: readonly number[], others: readonly (readonly number[])[]): ItemReliability {
  return {
    variance: sampleVariance(item),
    alphaIfDeleted: alphaOf(others)?.alpha ?? null,
    correctedItemTotal: pearsonOfComplete(item, sumOfItems(others), equalWeights(item.length)),
  }
}
