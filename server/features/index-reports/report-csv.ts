import { Readable } from 'node:stream'
import { Transform } from '@json2csv/node'

/** Beginnings that a spreadsheet takes for a formula, or that hide one. */
const FORMULA_START = /^[=+\-@\t\r]/

/**
 * Writes a text so that no spreadsheet runs it: an apostrophe before a formula's beginning, quotes around everything.
 *
 * @see OWASP, "CSV Injection"
 * @example csvText('=1+1') // "\"'=1+1\""
 */
export function csvText(text: string): string {
  const safe = FORMULA_START.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}

/**
 * Rows as CSV: UTF-8 with byte order mark for spreadsheets, commas, CRLF, a point in numbers, empty for `null`.
 *
 * Streams: only one row is in memory at a time.
 */
export function csvStream<Row extends object>(columns: readonly (keyof Row & string)[], rows: Iterable<Row>): Readable {
  const encode = new Transform<Row, Row>(
    {
      fields: [...columns],
      withBOM: true,
      eol: '\r\n',
      formatters: { string: csvText, header: (name: string) => name },
    },
    {},
    { objectMode: true },
  )
  return Readable.from(rows).pipe(encode)
}
