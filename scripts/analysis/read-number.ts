import { type Cell, columnCells } from './columns.js'
import { failOnFaults } from './data-error.js'
import type { Table } from './read-table.js'

const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
const WITH_COMMA = /^[+-]?\d[\d.\s]*,\d+$/

/** A number of a cell, or why it is none and what to do. */
export type NumberReading = { readonly value: number } | { readonly fault: string }

/**
 * Reads a number with a decimal point; a comma is never guessed at, since 3,5 may be three and a half or thirty-five.
 *
 * Numbers from 2^53 on are refused: a double no longer tells neighbours apart there.
 */
export function readNumber(text: string): NumberReading {
  if (text === '') return { fault: 'the cell is empty; a number is needed here' }
  if (WITH_COMMA.test(text)) {
    return { fault: `“${text}” has a comma; write numbers with a decimal point and without thousands separators` }
  }
  if (!PLAIN.test(text)) return { fault: `“${text}” is not a number` }
  const value = Number(text)
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return { fault: `${text} is 2^53 or more and cannot be kept exactly` }
  return { value }
}

/**
 * The numbers of a column that every case needs.
 *
 * @param check says what is wrong with a number, if anything
 * @throws {DataError} when there is no such column, or a cell holds no such number
 */
export function columnNumbers(table: Table, name: string, check: (value: number) => string | null): number[] {
  const readings = columnCells(table, name).map((cell) => ({ row: cell.row, ...checked(cell, check) }))
  failOnFaults(
    table.file,
    name,
    readings.flatMap((one) => ('fault' in one ? [{ row: one.row, what: one.fault }] : [])),
  )
  return readings.flatMap((one) => ('value' in one ? [one.value] : []))
}

function checked({ text }: Cell, check: (value: number) => string | null): NumberReading {
  const reading = readNumber(text)
  const fault = 'value' in reading ? check(reading.value) : null
  return fault === null ? reading : { fault }
}
