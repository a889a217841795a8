import { pipeline, Readable } from 'node:stream'
import { Transform } from '@json2csv/node'
import { csvText } from '../../platform/csv-text.js'

const CHUNK_LENGTH = 32_768

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
  // A failure of either reaches whoever reads `encode`, so there is nothing to do in the callback.
  pipeline(Readable.from(rows), encode, () => undefined)
  return Readable.from(inChunks(encode), { objectMode: false })
}

/** Joins short texts: a write to the network for every row would take most of the time. */
async function* inChunks(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = ''
  for await (const text of texts) {
    chunk += text
    if (chunk.length < CHUNK_LENGTH) continue
    yield chunk
    chunk = ''
  }
  if (chunk !== '') yield chunk
}
