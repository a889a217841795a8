import { columnCells, columnNames } from '../analysis/columns.js'
import { failOnFaults } from '../analysis/data-error.js'
import type { Table } from '../analysis/read-table.js'

export const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1

/**
 * The names of units or strata in a column; each must be there once.
 *
 * @throws {DataError} when there is no such column, a cell is empty or a name occurs twice
 */
export function idsOf(table: Table, column: string): string[] {
  const names = columnNames(table, column, 'name')
  const seen = new Set<string>()
  const faults = columnCells(table, column).flatMap(({ row, text }) => {
    const isTwice = seen.has(text)
    seen.add(text)
    return isTwice ? [{ row, what: `“${text}” occurs twice; a unit stands in one row` }] : []
  })
  failOnFaults(table.file, column, faults)
  return names
}
