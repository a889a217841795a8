/** Below this a pivot is rounding. */
const NOTHING = 1e-9

/**
 * Whether a reader who knows all totals and all shown cells of a two-way table can solve for a hidden cell by linear algebra.
 *
 * Independent of the code that suppresses: the cell is determined if and only if its unit vector lies in the space that the
 * equations of rows and columns span over the hidden cells.
 */
export function isDeterminedByTotals(
  hidden: readonly (readonly boolean[])[],
  cell: { readonly row: number; readonly column: number },
): boolean {
  const unknowns = hidden.flatMap((cells, row) =>
    cells.flatMap((isHidden, column) => (isHidden ? [{ row, column }] : [])),
  )
  const equation = (holds: (place: { row: number; column: number }) => boolean) =>
    unknowns.map((place) => (holds(place) ? 1 : 0))
  const rows = hidden.map((_, row) => equation((place) => place.row === row))
  const columns = hidden[0]!.map((_, column) => equation((place) => place.column === column))
  const wanted = equation((place) => place.row === cell.row && place.column === cell.column)
  return rankOf([...rows, ...columns, wanted]) === rankOf([...rows, ...columns])
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
