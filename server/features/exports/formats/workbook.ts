import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { createTextIndex } from '../../../domain/microdata/text-index.js'
import type { Cell } from '../../../domain/microdata/variable.js'
import { columnLetters, SHEET, sharedStrings, workbookParts } from './xlsx-parts.js'

const CHUNK_LENGTH = 1 << 16
/** Fast: the sheets shrink to a twentieth anyway. */
const COMPRESSION_LEVEL = 1

/** A sheet of a workbook; its rows are read once. */
export interface Sheet {
  readonly name: string
  readonly header: readonly string[]
  readonly rows: Iterable<readonly Cell[]>
}

/**
 * Tables as an Excel workbook, one sheet each.
 *
 * Every text is a cell of type text: none is a formula. Streams: the texts, each once, and one chunk are in memory.
 */
export function encodeWorkbook(sheets: readonly Sheet[], createdAt: Date): AsyncIterable<Uint8Array> {
  const zip = new ZipFile()
  const options = { mtime: createdAt, compressionLevel: COMPRESSION_LEVEL }
  const texts = createTextIndex()
  const parts = workbookParts(sheets.map(({ name }) => name))
  for (const [path, part] of parts) zip.addBuffer(Buffer.from(part), path, options)

  const fail = (error: Error) => (zip.outputStream as Readable).destroy(error)
  const add = (path: string, chunks: () => Iterable<string>) =>
    zip.addReadStreamLazy(path, options, (give) => {
      const stream = Readable.from(bytesOf(chunks()), { objectMode: false })
      stream.on('error', fail)
      give(null, stream)
    })
  for (const [i, { header, rows }] of sheets.entries())
    add(`xl/worksheets/sheet${i + 1}.xml`, () => sheetXml(header, rows, texts.of))
  add('xl/sharedStrings.xml', () => sharedStrings(texts.texts))
  zip.end()
  zip.on('error', fail)
  return zip.outputStream as Readable
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
