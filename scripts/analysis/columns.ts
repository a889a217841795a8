import { DataError } from './data-error.js'
import type { Table, TableRow } from './read-table.js'

/** A cell with its place. */
export interface Cell {
  readonly row: number
  readonly text: string
}

/**
 * The cells of a column.
 *
 * @throws {DataError} when the table has no such column, or several; the message lists what there is
 */
export function columnCells({ file, columns, rows }: Table, name: string): Cell[] {
  const wanted = name.trim().normalize('NFC')
  const at = columns.indexOf(wanted)
  if (at === -1) {
    const known = columns.filter((column) => column !== '').join(', ')
    throw new DataError({ file, row: 1 }, `there is no column ${wanted}; there are: ${known}`)
  }
  if (columns.lastIndexOf(wanted) !== at) {
    throw new DataError({ file, row: 1, column: wanted }, 'the column occurs twice; rename one')
  }
  return rows.map(({ row, cells }: TableRow) => ({ row, text: cells[at]! }))
}

/**
 * The names in a column that every case needs.
 *
 * @throws {DataError} when there is no such column or a cell is empty
 */
export function columnNames(table: Table, name: string, what: string): string[] {
  const cells = columnCells(table, name)
  const empty = cells.find(({ text }) => text === '')
  if (empty) {
    throw new DataError(
      { file: table.file, row: empty.row, column: name },
      `the cell is empty; every row needs its ${what}`,
    )
  }
  return cells.map(({ text }) => text)
}
