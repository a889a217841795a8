import type { Sum } from '../../server/domain/disclosure/protect-table.js'
import { tableOver } from './random-tables.js'

/** Below this a pivot is rounding. */
const NOTHING = 1e-9

/**
 * Whether a reader who knows every sum and every shown cell can solve for a hidden cell by linear algebra.
 *
 * Independent of the code that suppresses: the cell is determined if and only if its unit vector lies in the space that the
 * sums span over the hidden cells.
 */
export function isDeterminedBySums(hidden: readonly string[], sums: readonly Sum[], key: string): boolean {
  const equations = sums.map(({ total, parts }) =>
    hidden.map((unknown) => parts.filter((part) => part === unknown).length - (unknown === total ? 1 : 0)),
  )
  const wanted = hidden.map((unknown) => (unknown === key ? 1 : 0))
  return rankOf([...equations, wanted]) === rankOf(equations)
}

/** A two-way table with all its totals: cells `row|column`, totals with `*` in the place of either or both. */
export function withTotals(
  counts: readonly (readonly number[])[],
  rows: readonly string[],
  columns: readonly string[],
) {
  const dimension = (codes: readonly string[]) => ({
    '*': codes,
    ...Object.fromEntries(codes.map((code) => [code, []])),
  })
  return tableOver([dimension(rows), dimension(columns)], (key) => {
    const [row = '', column = ''] = key.split('|')
    return counts[rows.indexOf(row)]![columns.indexOf(column)]!
  })
}

/** Rank of a matrix by elimination with the largest pivot. */
function rankOf(matrix: readonly (readonly number[])[]): number {
  const rows = matrix.map((row) => [...row])
  let rank = 0
  for (let column = 0; column < (rows[0]?.length ?? 0); column++) {
    const pivot = rows.slice(rank).reduce<number | null>((best, row, i) => {
      const size = Math.abs(row[column]!)
      return size > NOTHING && (best === null || size > Math.abs(rows[best]![column]!)) ? rank + i : best
    }, null)
    if (pivot === null) continue
    const [chosen] = rows.splice(pivot, 1)
    rows.splice(rank, 0, chosen!)
    for (const row of rows.slice(rank + 1)) {
      const factor = row[column]! / chosen![column]!
      row.forEach((value, j) => {
        row[j] = value - factor * chosen![j]!
      })
    }
    rank += 1
  }
  return rank
}

/** Unknowns that add up to something known; what it is does not matter for whether they can be solved. */
export type KnownSum = readonly { readonly key: string; readonly weight: number }[]

/** Whether one unknown follows from known sums of unknowns by linear algebra. */
export function determinedBy(known: readonly KnownSum[], key: string): boolean {
  const keys = [...new Set([key, ...known.flatMap((terms) => terms.map((term) => term.key))])]
  const places = new Map(keys.map((one, i) => [one, i]))
  const rows = known.map((terms) => {
    const row = keys.map(() => 0)
    const size = Math.max(...terms.map(({ weight }) => Math.abs(weight)))
    for (const term of terms) row[places.get(term.key)!]! += term.weight / size
    return row
  })
  return rankOf([...rows, keys.map((one) => (one === key ? 1 : 0))]) === rankOf(rows)
}
