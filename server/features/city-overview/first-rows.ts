/** Rows of a list that stand open; more are folded away, so that the page is read in half a minute. */
const FIRST_ROWS = 10
/** So few more are not worth a fold. */
const FEW_MORE = 3

/** A list in two parts. */
export interface FirstRows<Row> {
  readonly first: readonly Row[]
  readonly more: readonly Row[]
}

/**
 * The first rows of a sorted list, and the rest: whatever equals the last of the first is there too, so that no tie is cut.
 *
 * @param numberOf the number that the list is sorted by
 */
export function firstRows<Row>(rows: readonly Row[], numberOf: (row: Row) => number): FirstRows<Row> {
  const last = rows[FIRST_ROWS - 1]
  const count = last === undefined ? rows.length : rows.findLastIndex((row) => numberOf(row) === numberOf(last)) + 1
  if (rows.length - count <= FEW_MORE) return { first: rows, more: [] }
  return { first: rows.slice(0, count), more: rows.slice(count) }
}
