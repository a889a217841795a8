import type { Cell } from '../../../domain/microdata/variable.js'
import { csvText } from '../../../platform/csv-text.js'

/** Separators of columns: a comma, or what Excel takes where the comma is the decimal sign. */
export const SEPARATORS = [',', ';'] as const
export type Separator = (typeof SEPARATORS)[number]

const CHUNK_LENGTH = 1 << 16
const BYTE_ORDER_MARK = '\uFEFF'

const cellText = (cell: Cell): string => (cell === null ? '' : typeof cell === 'number' ? String(cell) : csvText(cell))

/**
 * Rows as CSV: UTF-8 with byte order mark for Excel, CRLF, quotes around every text, a point in numbers, nothing for `null`.
 *
 * No text begins a formula.
 */
export function* encodeCsv(
  columns: readonly string[],
  rows: Iterable<readonly Cell[]>,
  separator: Separator = ',',
): Generator<Buffer> {
  let chunk = `${BYTE_ORDER_MARK}${columns.join(separator)}\r\n`
  for (const row of rows) {
    let line = ''
    for (let i = 0; i < row.length; i++) line += i === 0 ? cellText(row[i]!) : separator + cellText(row[i] as Cell)
    chunk += `${line}\r\n`
    if (chunk.length < CHUNK_LENGTH) continue
    yield Buffer.from(chunk)
    chunk = ''
  }
  if (chunk !== '') yield Buffer.from(chunk)
}
