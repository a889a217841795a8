import { cronbachAlpha, LOW_ITEM_TOTAL } from '../../server/domain/statistics/instruments/cronbach-alpha.js'
import { omegaFromLoadings } from '../../server/domain/statistics/instruments/omega.js'
import { DataError } from './data-error.js'
import { readItem } from './item-values.js'
import type { IsMissing } from './missing-codes.js'
import type { Table } from './read-table.js'

/** What is asked of a table. */
export interface ReliabilityRequest {
  readonly items: readonly string[]
  readonly isMissing: IsMissing
  /** Standardised loadings on one factor, in the order of the items, from a factor analysis done elsewhere. */
  readonly loadings: readonly number[] | null
}

/**
 * Internal consistency of a scale over the rows that answered all its items.
 *
 * @returns what the command prints; nothing rounded
 * @throws {DataError} when a column cannot be read, or alpha is undefined
 */
export function reliabilityOfTable(table: Table, { items, isMissing, loadings }: ReliabilityRequest) {
  const columns = items.map((item) => readItem(table, item, { isMissing }).values)
  const answers = table.rows.map((_, i) => columns.map((values) => values[i]!))
  const complete = answers.filter((row) => row.every((value) => value !== null)).length
  if (complete < 2) {
    throw new DataError({ file: table.file }, `alpha needs two rows with all items answered; there are ${complete}`)
  }
  const scale = cronbachAlpha(answers)
  if (scale === null) {
    throw new DataError({ file: table.file }, 'alpha is undefined: the sum of the items is the same in every row')
  }
  const parts = scale.items.map((part, j) => ({ item: items[j]!, ...part }))
  const low = parts.filter(({ correctedItemTotal: r }) => r !== null && r < LOW_ITEM_TOTAL).map(({ item }) => item)
  return {
    alpha: scale.alpha,
    standardisedAlpha: scale.standardisedAlpha,
    omega: loadings && omegaFromLoadings(loadings),
    items: parts,
    totalVariance: scale.totalVariance,
    complete,
    dropped: table.rows.length - complete,
    method: { alpha: 'cronbach_1951_complete_rows', omega: loadings ? 'mcdonald_1999_one_factor_loadings' : null },
    notes: [
      ...(loadings ? [] : [{ code: 'no_loadings', text: 'omega needs --loadings from a factor analysis' }]),
      ...(complete < table.rows.length
        ? [{ code: 'rows_dropped', text: 'rows without a valid answer to every item left out' }]
        : []),
      ...(low.length > 0
        ? [{ code: 'low_item_total', text: `hardly belong (below ${LOW_ITEM_TOTAL}; reversed?): ${low.join(', ')}` }]
        : []),
    ],
  }
}
