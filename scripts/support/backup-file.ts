/**
 * A backup is one gzip file of BSON documents: a header, then for each collection its name and indexes and its
 * documents in packets, and at the end the counts, without which the file counts as cut short.
 */
import { createReadStream, createWriteStream, openSync, renameSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { Binary, type Document, deserialize, serialize } from 'bson'
import type { IndexDescription } from 'mongodb'
import { KEEP_TYPES } from './copy-collection.js'

const FORMAT = 'hai-long-backup'
const VERSION = 1

/** One record of a backup. */
export type BackupRecord =
  | {
      readonly kind: 'header'
      readonly format: string
      readonly version: number
      readonly at: Date
      readonly source: string
    }
  | { readonly kind: 'collection'; readonly name: string; readonly indexes: readonly IndexDescription[] }
  | { readonly kind: 'documents'; readonly documents: readonly Uint8Array[] }
  | { readonly kind: 'end'; readonly counts: Readonly<Record<string, number>> }

/** The first record. */
export const headerOf = (source: string, at: Date): BackupRecord => ({
  kind: 'header',
  format: FORMAT,
  version: VERSION,
  at,
  source,
})

function encodeRecord(record: BackupRecord): Uint8Array {
  if (record.kind !== 'documents') return serialize(record)
  return serialize({ kind: 'documents', packet: new Binary(Buffer.concat(record.documents)) })
}

/** Writes a backup readable by its owner alone; the name appears when the file is whole and on disk. */
export async function writeBackup(file: string, records: AsyncIterable<BackupRecord>): Promise<void> {
  const part = `${file}.part`
  async function* encoded() {
    for await (const record of records) yield encodeRecord(record)
  }
  const fd = openSync(part, 'w', 0o600)
  await pipeline(Readable.from(encoded()), createGzip(), createWriteStream(part, { fd, flush: true }))
  renameSync(part, file)
}

function* split(packet: Uint8Array): Generator<Uint8Array> {
  const bytes = Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength)
  for (let at = 0; at < bytes.length; ) {
    const size = bytes.readInt32LE(at)
    yield bytes.subarray(at, at + size)
    at += size
  }
}

async function* rawRecords(file: string): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0)
  const source = createReadStream(file)
  const unzipped = source.on('error', (error) => unzipped.destroy(error)).pipe(createGunzip())
  for await (const chunk of unzipped) {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
      const size = rest.readInt32LE(0)
      if (size < 5) throw new Error('The file is damaged')
      yield rest.subarray(0, size)
      rest = rest.subarray(size)
    }
  }
  if (rest.length > 0) throw new Error('The file is cut short')
}

/**
 * Reads a backup.
 *
 * @throws {Error} when it isn't one, is of a newer version, damaged or cut short
 */
export async function* readBackup(file: string): AsyncGenerator<BackupRecord> {
  let last: string | undefined
  for await (const raw of rawRecords(file)) {
    const record = deserialize(raw, { promoteBuffers: true })
    if (last === undefined && record.format !== FORMAT) throw new Error('The file is not a backup of this platform')
    if (last === undefined && record.version > VERSION)
      throw new Error(`The backup has version ${record.version}, this program knows ${VERSION}`)
    last = record.kind
    yield record.kind === 'documents'
      ? { kind: 'documents', documents: [...split(record.packet)] }
      : (record as BackupRecord)
  }
  if (last !== 'end') throw new Error('The file is cut short')
}

/** A stored document with the types of its numbers kept. */
export const decodeDocument = (raw: Uint8Array): Document => deserialize(raw, KEEP_TYPES)
