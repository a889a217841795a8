import { createHash } from 'node:crypto'
import type { Document } from 'bson'
import { encodeKey, isExactKey, keyPrefixEnd } from '../values/key.js'
import { indexValues, MISSING, walkPath } from '../values/path.js'
import type { Index } from './catalogue.js'

/** An `_id` longer than this is hashed where it only has to tell entries apart. */
const MAX_ID_SUFFIX_BYTES = 40

/** Keys from `start` up to but without `end`. */
export interface KeyRange {
  readonly start: Buffer
  readonly end: Buffer
}

/** The number of a collection or index, in front of an encoded key. */
export function numbered(id: number, encoded: Uint8Array): Buffer {
  const key = Buffer.allocUnsafe(4 + encoded.length)
  key.writeUInt32BE(id, 0)
  key.set(encoded, 4)
  return key
}

/** All keys that begin with these bytes. */
export const rangeOf = (start: Buffer): KeyRange => ({ start, end: keyPrefixEnd(start) })

/** Everything under one collection or index number. */
export const wholeRange = (id: number): KeyRange => rangeOf(numbered(id, Buffer.alloc(0)))

/** One entry of an index: the values, and the key without the `_id` that makes it distinct. */
export interface IndexEntry {
  readonly values: readonly unknown[]
  readonly prefix: Buffer
}

/** The whole key of an index entry. */
export function entryKey({ prefix }: IndexEntry, encodedId: Buffer): Buffer {
  const isLong = encodedId.length > MAX_ID_SUFFIX_BYTES
  return Buffer.concat([prefix, isLong ? createHash('sha256').update(encodedId).digest() : encodedId])
}

const isPresent = (doc: Document) => (field: string) => walkPath(doc, field.split('.'), 0, (value) => value !== MISSING)

/** The entries that a document, if any, has in an index, and whether they make its order a mere hint. */
export function indexEntries(index: Index, doc?: Document): { entries: IndexEntry[]; isLoose: boolean } {
  const { id, spec, fields, directions } = index
  const isOut = !doc || !index.covers(doc) || (spec.sparse && !fields.some(isPresent(doc)))
  if (isOut) return { entries: [], isLoose: false }
  const { keys, multikey } = indexValues(doc, fields)
  const entries = keys.map((values) => ({ values, prefix: numbered(id, encodeKey(values, directions)) }))
  const isCut = keys.some((values) => !values.every((value) => isExactKey(value, fields.length)))
  return { entries, isLoose: multikey || isCut }
}
