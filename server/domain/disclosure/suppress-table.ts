import {
  boundsOfHidden,
  type CellPlace,
  type CountTable,
  canBeRecovered,
  type HiddenMask,
  hiddenPlaces,
} from './two-way-table.js'

/** A table made safe to show with its totals, or the finding that it cannot be. */
export type TableProtection =
  | {
      readonly kind: 'protected'
      readonly hidden: HiddenMask
      /** Cells below the threshold. */
      readonly primary: readonly CellPlace[]
      /** Cells hidden so that the totals do not give those away, in the order found. */
      readonly complementary: readonly CellPlace[]
    }
  /** A total is itself below the threshold, or the table is too small to hide a cell in: drop a variable or join groups. */
  | { readonly kind: 'withheld'; readonly reason: 'small_total' | 'no_pattern' }

/**
 * Hides small counts of a two-way table shown with its row and column totals, and as many others as that takes.
 *
 * Each recoverable cell is put into a block of two rows by two columns, all hidden, that costs the fewest further
 * respondents; a block counts only if its zeros leave room to move. Ends when no hidden cell can be worked out exactly
 * (checked with `canBeRecovered`). Zeros are hidden like other small counts: nobody is also something to know.
 *
 * @param threshold respondents; counts below are hidden
 * @throws {RangeError} when rows differ in length, or a count is negative or no whole number
 * @see methodology 4.10, acceptance value L1
 */
export function suppressTable(table: CountTable, threshold: number): TableProtection {
  checkTable(table)
  if (totalsOf(table).some((total) => total < threshold)) return { kind: 'withheld', reason: 'small_total' }
  const mask = table.map((row) => row.map((count) => count < threshold))
  const primary = hiddenPlaces(mask)
  const complementary: CellPlace[] = []
  while (canBeRecovered(table, mask)) {
    const added = protectNext(table, mask)
    if (added.length === 0) return { kind: 'withheld', reason: 'no_pattern' }
    for (const { row, column } of added) mask[row]![column] = true
    complementary.push(...added)
  }
  return { kind: 'protected', hidden: mask, primary, complementary }
}

/** The cheapest block round a recoverable cell; with none, every shown cell of the first row and column at fault. */
function protectNext(table: CountTable, mask: HiddenMask): readonly CellPlace[] {
  const exposed = boundsOfHidden(table, mask).filter(({ low, high }) => low === high)
  for (const place of exposed) {
    const block = cheapestBlock(table, mask, place)
    if (block !== null) return block
  }
  return shownCells(mask).slice(0, 1)
}

function cheapestBlock(table: CountTable, mask: HiddenMask, place: CellPlace): readonly CellPlace[] | null {
  let best: { readonly cells: readonly CellPlace[]; readonly cost: number } | null = null
  for (const row of table.keys()) {
    for (const column of table[0]!.keys()) {
      if (row === place.row || column === place.column || !hasRoom(table, place, row, column)) continue
      const corners = [
        { row: place.row, column },
        { row, column: place.column },
        { row, column },
      ]
      const cells = corners.filter((corner) => !mask[corner.row]![corner.column])
      const cost = cells.reduce((sum, cell) => sum + table[cell.row]![cell.column]!, 0)
      if (cells.length > 0 && (best === null || cost < best.cost)) best = { cells, cost }
    }
  }
  return best?.cells ?? null
}

/** Whether moving one respondent round the block leaves no negative count, in one direction at least. */
function hasRoom(table: CountTable, place: CellPlace, row: number, column: number): boolean {
  const rises = table[place.row]![column]! > 0 && table[row]![place.column]! > 0
  return rises || (table[place.row]![place.column]! > 0 && table[row]![column]! > 0)
}

function shownCells(mask: HiddenMask): readonly CellPlace[] {
  return mask.flatMap((cells, row) => cells.flatMap((isHidden, column) => (isHidden ? [] : [{ row, column }])))
}

function totalsOf(table: CountTable): readonly number[] {
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
  return [...table.map(sum), ...(table[0] ?? []).map((_, column) => sum(table.map((row) => row[column]!)))]
}

function checkTable(table: CountTable): void {
  for (const row of table) {
    if (row.length !== table[0]!.length) throw new RangeError('Rows of a table must be equally long')
    const wrong = row.find((count) => !(Number.isSafeInteger(count) && count >= 0))
    if (wrong !== undefined) throw new RangeError(`Counts must be whole numbers of 0 or more, got ${wrong}`)
  }
}
