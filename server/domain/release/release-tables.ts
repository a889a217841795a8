import {
  ANALYSIS_COLUMNS,
  ANALYSIS_TABLE_NAMES,
  type AnalysisRow,
  type AnalysisTableName,
  analysisRows,
} from '../analysis/analysis-rows.js'
import type { AnalysisTables } from '../analysis/analysis-tables.js'
import type { DisclosurePolicy } from '../disclosure/policy.js'
import { TREND_COLUMNS } from './trend.js'

/** Tables of a release besides the index report; words that people wrote are in none. */
export const RELEASE_TABLE_NAMES = ANALYSIS_TABLE_NAMES.filter((name) => name !== 'verbatims')

/** Columns of the file of all tables: the table's name, then every column that any of them has. */
export const RELEASE_TABLE_COLUMNS: readonly string[] = [
  'table',
  ...new Set([...RELEASE_TABLE_NAMES.flatMap((name): readonly string[] => ANALYSIS_COLUMNS[name]), ...TREND_COLUMNS]),
]

/** A row of one of the tables; a column that its table has not is absent. */
export type ReleaseTableRow = { readonly table: AnalysisTableName | 'trend' } & AnalysisRow

/** Why a table, or its part about one item, is left out: `status` is `withheld` in the one row that stands for it. */
export type WithheldReason = 'differencing' | 'extreme'

/** The rows of all tables in order, without those that must not be shown. */
export function releaseTableRows(
  tables: AnalysisTables,
  withheld: ReadonlySet<AnalysisTableName>,
  policy: DisclosurePolicy,
): readonly ReleaseTableRow[] {
  const rowsOf = (name: AnalysisTableName) =>
    analysisRows(name, tables).map((row): ReleaseTableRow => ({ ...row, table: name }))
  const extreme = new Set(
    rowsOf('groups')
      .filter((row) => isExtreme(row, policy))
      .map(({ item }) => item),
  )
  return RELEASE_TABLE_NAMES.flatMap((name): readonly ReleaseTableRow[] => {
    const rows = rowsOf(name)
    if (rows.length > 0 && withheld.has(name)) return [{ table: name, ...left('differencing') }]
    // A group's share may follow from those of the others: all of its item go, and the test with them.
    const own = isOnGroups(name)
      ? extreme
      : new Set(rows.filter((row) => isExtreme(row, policy)).map(({ item }) => item))
    if (!hasItems(name)) return own.size > 0 ? [{ table: name, ...left('extreme') }] : rows
    return withoutItems(name, rows, own)
  })
}

const left = (reason: WithheldReason) => ({ status: 'withheld', reason })
const isOnGroups = (name: AnalysisTableName) => name === 'groups' || name === 'group-tests'
/** Tables that fall apart into one for each item of the questionnaire. */
const hasItems = (name: AnalysisTableName) => isOnGroups(name) || name === 'demographics' || name === 'negatives'

function withoutItems(
  name: AnalysisTableName,
  rows: readonly ReleaseTableRow[],
  items: ReadonlySet<AnalysisRow[string] | undefined>,
): readonly ReleaseTableRow[] {
  const told = new Set<AnalysisRow[string] | undefined>()
  return rows.flatMap((row) => {
    if (!items.has(row.item)) return [row]
    if (told.has(row.item)) return []
    told.add(row.item)
    return [{ table: name, item: row.item!, ...left('extreme') }]
  })
}

/**
 * Whether a row tells of nearly everybody of few: "all 40 said so" says it of each of them.
 *
 * Of ratings nearly nobody at the best two options says as much; of a share it is the others that say it.
 */
function isExtreme(row: AnalysisRow, { topCoding }: DisclosurePolicy): boolean {
  if (topCoding === undefined || row.status !== 'published') return false
  const rated = numberIn(row, 'top_two_percent', 'performance_percent')
  const percent = rated ?? numberIn(row, 'percent')
  const base = numberIn(row, 'base', 'n_valid', 'n_pairs')
  if (percent === null || base === null || base >= topCoding.minExactBase) return false
  return percent >= 100 - topCoding.edgePercent || (rated !== null && rated <= topCoding.edgePercent)
}

function numberIn(row: AnalysisRow, ...columns: readonly string[]): number | null {
  for (const column of columns) {
    const value = row[column]
    if (typeof value === 'number') return value
  }
  return null
}
