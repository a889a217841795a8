import { createHash } from 'node:crypto'
import type { Document } from 'bson'
import { encodeKey, isExactKey, MAX_KEY_BYTES } from '../values/key.js'
import { indexValues, valuesAtPath } from '../values/path.js'
import type { Index } from './catalogue.js'

/** An `_id` longer than this is hashed where it only has to tell entries apart. */
const MAX_ID_SUFFIX_BYTES = 40

/** One entry of an index: the values, and the key without the `_id` that makes it distinct. */
export interface IndexEntry {
  readonly values: readonly unknown[]
  readonly prefix: Buffer
}

/** The number of a collection or index, in front of an encoded key. */
export function numbered(id: number, encoded: Uint8Array): Buffer {
  const key = Buffer.allocUnsafe(4 + encoded.length)
  key.writeUInt32BE(id, 0)
  key.set(encoded, 4)
  return key
}

/** An `_id` as the keys hold it. */
export function encodeId(id: unknown): Buffer {
  return Buffer.from(encodeKey([id], [1]))
}

/** The whole key of an index entry. */
export function entryKey(prefix: Buffer, encodedId: Buffer): Buffer {
  const isLong = encodedId.length > MAX_ID_SUFFIX_BYTES
  return Buffer.concat([prefix, isLong ? createHash('sha256').update(encodedId).digest() : encodedId])
}

/** Whether a value was too long for its key, whose order is then only a hint. */
export function isTruncated(index: Index, { values, prefix }: IndexEntry): boolean {
  // A key that is shorter than the least share of one value can't have been cut: no need to look closer.
  const isShort = prefix.length < MAX_KEY_BYTES / index.fields.length - 40
  return !isShort && !isExactKey(values, index.directions)
}

/** The entries that a document has in an index. */
export function indexEntries(index: Index, doc: Document): { entries: IndexEntry[]; multikey: boolean } {
  if (!index.covers(doc)) return { entries: [], multikey: false }
  const isAbsent = index.sparse && index.fields.every((field) => valuesAtPath(doc, field).length === 0)
  if (isAbsent) return { entries: [], multikey: false }
  const { keys, multikey } = indexValues(doc, index.fields)
  const entries = keys.map((values) => ({ values, prefix: numbered(index.id, encodeKey(values, index.directions)) }))
  return { entries, multikey }
}
