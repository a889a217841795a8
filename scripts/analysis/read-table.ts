import { readFileSync } from 'node:fs'
import { type CsvError, parse } from 'csv-parse/sync'
import { DataError } from './data-error.js'

/** One row of a table below its header. */
export interface TableRow {
  /** As a spreadsheet counts: the header is row 1. */
  readonly row: number
  /** Trimmed and in Unicode form NFC, in the order of the columns. */
  readonly cells: readonly string[]
}

/** A CSV file with a header. */
export interface Table {
  readonly file: string
  readonly columns: readonly string[]
  readonly rows: readonly TableRow[]
  /** Rows without a single value; they are no cases. */
  readonly blankRows: number
  readonly delimiter: Delimiter
}

/** Names of what may stand between cells. */
export const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t' } as const
/** What stands between cells. */
export type Delimiter = keyof typeof DELIMITERS

/**
 * Reads a CSV file: UTF-8 with or without mark, any line ends, quoted cells.
 *
 * Which sign separates cells is read off the header where only one occurs in it, outside quotes; else it must be said.
 *
 * @throws {DataError} when the file cannot be read, is no such text, is empty, has no row below the header, or a row is longer or shorter than the header
 */
export function readTable(file: string, declared?: Delimiter): Table {
  const text = readText(file)
  const delimiter = declared ?? findDelimiter(file, text)
  const [header, ...body] = readRecords(file, text, DELIMITERS[delimiter])
  if (!header) throw new DataError({ file }, 'the file is empty; it needs a header and at least one row')
  const columns = header.map(cleanCell)
  const numbered = body.map((cells, i) => ({ row: i + 2, cells: cells.map(cleanCell) }))
  // In a table of one column an empty line is a case without a value.
  const rows = columns.length === 1 ? numbered : numbered.filter(({ cells }) => cells.some((cell) => cell !== ''))
  const odd = rows.find(({ cells }) => cells.length !== columns.length)
  if (odd) {
    const cells = `${odd.cells.length} cells, the header ${columns.length}`
    throw new DataError(
      { file, row: odd.row },
      `the row has ${cells}; mend the row, or put quotes around text with a ${delimiter}`,
    )
  }
  if (rows.length === 0) throw new DataError({ file }, 'there is a header and no row below it')
  return { file, columns, rows, blankRows: numbered.length - rows.length, delimiter }
}

const cleanCell = (cell: string) => cell.trim().normalize('NFC')

function readText(file: string): string {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(file)
  } catch (error) {
    throw new DataError({ file }, `the file cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new DataError({ file }, 'the file is not UTF-8; save it as “CSV UTF-8”')
  }
}

function findDelimiter(file: string, text: string): Delimiter {
  const header = /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text)?.[0] ?? ''
  const bare = header.replaceAll(/"(?:[^"]|"")*"/g, '')
  const found = (Object.keys(DELIMITERS) as Delimiter[]).filter((name) => bare.includes(DELIMITERS[name]))
  if (found.length > 1) {
    const names = found.join(' and ')
    throw new DataError({ file, row: 1 }, `the header holds ${names}; say which separates cells with --delimiter`)
  }
  return found[0] ?? 'comma'
}

function readRecords(file: string, text: string, delimiter: string): string[][] {
  try {
    return parse(text, { delimiter, record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true })
  } catch (error) {
    const { records, code } = error as CsvError & { readonly records: number }
    const what = code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quote is opened and never closed' : 'a quote stands inside a cell'
    throw new DataError({ file, row: records + 1 }, `${what}; write quotes inside text doubled, the text in quotes`)
  }
}
