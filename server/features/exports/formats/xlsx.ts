import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { CODEBOOK_COLUMNS, codebookRows } from '../../../domain/microdata/codebook.js'
import { createTextIndex } from '../../../domain/microdata/text-index.js'
import type { Cell } from '../../../domain/microdata/variable.js'
import type { MicrodataTable } from './microdata-file.js'
import { columnLetters, SHEET, sharedStrings, workbookParts } from './xlsx-parts.js'

/** Rows that a sheet of Excel holds, the first with the names of columns among them. */
export const SHEET_ROWS = 1_048_576
const CHUNK_LENGTH = 1 << 16
/** Fast: the sheets shrink to a twentieth anyway. */
const COMPRESSION_LEVEL = 1

/**
 * Rows as an Excel workbook: sheets `data`, `data 2` …, split where a sheet is full, and `codebook`.
 *
 * Every text is a cell of type text: none is a formula. Streams: the texts, each once, and one chunk are in memory.
 *
 * @param sheetRows for tests
 */
export function encodeXlsx(table: MicrodataTable, sheetRows = SHEET_ROWS): AsyncIterable<Uint8Array> {
  const { variables, rowCount, questionVersion } = table
  const zip = new ZipFile()
  const options = { mtime: table.createdAt, compressionLevel: COMPRESSION_LEVEL }
  const perSheet = sheetRows - 1
  const dataSheets = Math.max(1, Math.ceil(rowCount / perSheet))
  const names = Array.from({ length: dataSheets }, (_, i) => (i === 0 ? 'data' : `data ${i + 1}`))
  const texts = createTextIndex()
  for (const [path, part] of workbookParts([...names, 'codebook'])) zip.addBuffer(Buffer.from(part), path, options)

  const fail = (error: Error) => (zip.outputStream as Readable).destroy(error)
  const add = (path: string, chunks: () => Iterable<string>) =>
    zip.addReadStreamLazy(path, options, (give) => {
      const stream = Readable.from(bytesOf(chunks()), { objectMode: false })
      stream.on('error', fail)
      give(null, stream)
    })
  const rows = table.rows[Symbol.iterator]()
  const header = variables.map(({ name }) => name)
  for (const i of names.keys())
    add(`xl/worksheets/sheet${i + 1}.xml`, () => sheetXml(header, take(rows, perSheet), texts.of))
  add(`xl/worksheets/sheet${names.length + 1}.xml`, () =>
    sheetXml(CODEBOOK_COLUMNS, codebookRows(variables, questionVersion), texts.of),
  )
  add('xl/sharedStrings.xml', () => sharedStrings(texts.texts))
  zip.end()
  zip.on('error', fail)
  return zip.outputStream as Readable
}

/** The next rows, leaving the iterator open for the next sheet. */
function* take(rows: Iterator<readonly Cell[]>, most: number): Generator<readonly Cell[]> {
  for (let i = 0; i < most; i++) {
    const { value, done } = rows.next()
    if (done) return
    yield value
  }
}

function* bytesOf(pieces: Iterable<string>): Generator<Buffer> {
  let chunk = ''
  for (const piece of pieces) {
    chunk += piece
    if (chunk.length < CHUNK_LENGTH) continue
    yield Buffer.from(chunk)
    chunk = ''
  }
  yield Buffer.from(chunk)
}

function* sheetXml(
  header: readonly string[],
  rows: Iterable<readonly Cell[]>,
  textNumber: (text: string) => number,
): Generator<string> {
  const letters = header.map((_, i) => columnLetters(i))
  const titles = header.map((name, i) => `<c r="${letters[i]}1" s="1" t="s"><v>${textNumber(name)}</v></c>`)
  yield `${SHEET.before}<row r="1">${titles.join('')}</row>`
  let number = 1
  for (const row of rows) {
    number += 1
    let xml = `<row r="${number}">`
    for (let i = 0; i < row.length; i++) {
      const cell = row[i]
      if (typeof cell === 'number') xml += `<c r="${letters[i]}${number}"><v>${cell}</v></c>`
      else if (typeof cell === 'string') xml += `<c r="${letters[i]}${number}" t="s"><v>${textNumber(cell)}</v></c>`
    }
    yield `${xml}</row>`
  }
  yield SHEET.after
}
