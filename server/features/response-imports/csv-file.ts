import { createReadStream } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { type CsvError, parse } from 'csv-parse'

/** A row of a file; the header is row 1, as a spreadsheet counts. */
export interface CsvRow {
  readonly row: number
  readonly cells: readonly string[]
}

/** A table that is read while it is used. */
export interface CsvFile {
  readonly headings: readonly string[]
  /** Rows below the header, those without a single value left out. */
  readonly rows: AsyncIterable<CsvRow>
}

const MAX_RECORD_CHARACTERS = 1_000_000
const DELIMITERS = [',', ';', '\t']

/**
 * Opens a CSV file: UTF-8 with or without mark; commas, semicolons or tabs, whichever the header has most of.
 *
 * In memory is one row and what the file system reads ahead.
 *
 * @throws {Error} when the file cannot be read, is no such text or has no header; the rows throw the same way
 */
export async function openCsv(file: string): Promise<CsvFile> {
  const delimiter = delimiterOf(await firstLine(file))
  const parser = parse({ bom: true, delimiter, relax_column_count: true, max_record_size: MAX_RECORD_CHARACTERS })
  // The parser passes on what goes wrong before it.
  pipeline(Readable.from(texts(file)), parser, () => undefined)
  const records = told(file, parser as AsyncIterable<string[]>)[Symbol.asyncIterator]()
  const header = await records.next()
  if (header.done) throw new Error(`${file}: is empty; it needs a header and rows`)
  const headings = header.value.map((heading) => heading.trim())
  return { headings, rows: numbered(records) }
}

async function* numbered(records: AsyncIterator<string[]>): AsyncGenerator<CsvRow> {
  for (let row = 2; ; row++) {
    const { value: cells, done } = await records.next()
    if (done) return
    if (cells.some((cell: string) => cell.trim() !== '')) yield { row, cells }
  }
}

/** Errors of the reader and the parser in the words of whoever has the file. */
async function* told(file: string, records: AsyncIterable<string[]>): AsyncGenerator<string[]> {
  let row = 0
  try {
    for await (const record of records) {
      row += 1
      yield record
    }
  } catch (error) {
    const { code, message } = error as CsvError
    const place = code?.includes('CSV') || code?.includes('QUOTE') ? `row ${row + 1}: ` : ''
    throw new Error(`${file}: ${place}${WORDS[code] ?? message}`, { cause: error })
  }
}

const WORDS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed; write quotes inside text doubled, the text in quotes',
  INVALID_OPENING_QUOTE: 'a quote stands inside a cell; write quotes inside text doubled, the text in quotes',
  CSV_INVALID_CLOSING_QUOTE: 'text follows a closing quote; write quotes inside text doubled, the text in quotes',
  CSV_MAX_RECORD_SIZE: 'the row is longer than a million characters; is a quote never closed?',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'the file is not UTF-8; save it as “CSV UTF-8”',
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
}

async function* texts(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  for await (const chunk of createReadStream(file)) yield decoder.decode(chunk as Buffer, { stream: true })
  yield decoder.decode()
}

async function firstLine(file: string): Promise<string> {
  let text = ''
  try {
    for await (const chunk of createReadStream(file, { end: MAX_RECORD_CHARACTERS })) {
      text += (chunk as Buffer).toString('utf8')
      if (/[\r\n]/.test(text)) break
    }
  } catch (error) {
    throw new Error(`${file}: ${WORDS[(error as NodeJS.ErrnoException).code ?? ''] ?? (error as Error).message}`, {
      cause: error,
    })
  }
  return text.split(/[\r\n]/)[0] ?? ''
}

function delimiterOf(line: string): string {
  const bare = line.replaceAll(/"(?:[^"]|"")*"/g, '')
  const counts = DELIMITERS.map((sign) => bare.split(sign).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!
}
