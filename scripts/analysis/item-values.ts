import { type Cell, columnCells } from './columns.js'
import { DataError, failOnFaults } from './data-error.js'
import type { IsMissing } from './missing-codes.js'
import { readNumber } from './read-number.js'
import type { Table } from './read-table.js'

/** What is estimated of an item: the share of ones, or the mean. */
export type Measure = 'share' | 'mean'

/** An item of a table, one value per row. */
export interface ItemValues {
  readonly measure: Measure
  /** `null` where there is no valid answer. */
  readonly values: readonly (number | null)[]
  readonly emptyCells: number
  /** Rows per code for "no answer", as written. */
  readonly missingCodes: Readonly<Record<string, number>>
}

/** How the cells of an item are to be read. */
export interface ItemReading {
  readonly isMissing: IsMissing
  /** Whether 4 and 5 of a five-point scale count as 1, and 1 to 3 as 0. */
  readonly topTwo?: boolean
  /** What to estimate; read off the values unless told. */
  readonly measure?: Measure | undefined
}

/**
 * Reads an item. Numbers that are all 0 or 1 make a share, others a mean; empty cells and codes for "no answer" are
 * item nonresponse.
 *
 * @throws {DataError} when there is no such column, no valid answer, or a cell holds what cannot be read
 */
export function readItem(table: Table, name: string, { isMissing, topTwo, measure }: ItemReading): ItemValues {
  const cells = columnCells(table, name)
  const isAnswer = ({ text }: Cell) => text !== '' && !isMissing(text)
  const answers = cells.filter(isAnswer).map((cell) => ({ row: cell.row, ...readAnswer(cell, topTwo === true) }))
  const faults = answers.flatMap((one) => ('fault' in one ? [{ row: one.row, what: one.fault }] : []))
  failOnFaults(table.file, name, faults)
  if (answers.length === 0) {
    throw new DataError(
      { file: table.file, column: name },
      'no row has a valid answer; look at --missing, or at the export',
    )
  }
  const byRow = new Map(answers.flatMap((one) => ('value' in one ? [[one.row, one.value] as const] : [])))
  const other = answers.find((one) => 'value' in one && one.value !== 0 && one.value !== 1)
  if (measure === 'share' && other) {
    const place = { file: table.file, row: other.row, column: name }
    throw new DataError(
      place,
      `${byRow.get(other.row)} is neither 0 nor 1, so there is no share; recode, or use --top-two`,
    )
  }
  const codes = cells.filter(({ text }) => text !== '' && isMissing(text)).map(({ text }) => text)
  return {
    measure: measure ?? (other ? 'mean' : 'share'),
    values: cells.map(({ row }) => byRow.get(row) ?? null),
    emptyCells: cells.filter(({ text }) => text === '').length,
    missingCodes: countOf(codes),
  }
}

function readAnswer({ text }: Cell, topTwo: boolean) {
  const reading = readNumber(text)
  if ('fault' in reading) return { fault: `${reading.fault}; mend it, or name it with --missing if it means no answer` }
  if (!topTwo) return reading
  if (![1, 2, 3, 4, 5].includes(reading.value)) {
    return {
      fault: `${text} is not on the scale of 1 to 5 that --top-two counts on; name it with --missing if it means no answer`,
    }
  }
  return { value: reading.value >= 4 ? 1 : 0 }
}

function countOf(codes: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1)
  return Object.fromEntries(counts)
}
