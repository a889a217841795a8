import type { Document } from 'bson'
import { encodeKey, isExactKey, keyPrefixEnd } from '../values/key.js'
import { indexValues, MISSING, walkPath } from '../values/path.js'
import type { Bytes, Index } from './catalogue.js'
import type { Store } from './store.js'

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

/** The beginning of all keys that have these values in the first fields of an index. */
export const keyOf = ({ id, directions }: Index, values: readonly unknown[]): Buffer =>
  numbered(id, encodeKey(values, directions))

/** All keys that begin with these bytes. */
export const rangeOf = (start: Buffer): KeyRange => ({ start, end: keyPrefixEnd(start) })

/** Everything under one collection or index number. */
export const wholeRange = (id: number): KeyRange => rangeOf(numbered(id, Buffer.alloc(0)))

/** One entry of an index: the values, and the key without the `_id` that makes it distinct. */
export interface IndexEntry {
  readonly values: readonly unknown[]
  readonly prefix: Buffer
}

/** The entries of one document in an index. */
export interface IndexEntries {
  readonly index: Index
  readonly entries: readonly IndexEntry[]
  readonly isLoose: boolean
}

/** The whole key of an index entry. */
export const entryKey = ({ prefix }: IndexEntry, encodedId: Buffer): Buffer => Buffer.concat([prefix, encodedId])

const isPresent = (doc: Document) => (field: string) => walkPath(doc, field.split('.'), 0, (value) => value !== MISSING)

/** What a document, if any, has in an index, and whether that makes the order of the index a mere hint. */
export function indexEntries(index: Index, doc?: Document): IndexEntries {
  const { spec, fields } = index
  const isOut = !doc || !index.covers(doc) || (spec.sparse && !fields.some(isPresent(doc)))
  if (isOut) return { index, entries: [], isLoose: false }
  const { keys, multikey } = indexValues(doc, fields)
  const entries = keys.map((values) => ({ values, prefix: keyOf(index, values) }))
  const isCut = keys.some((values) => !values.every((value) => isExactKey(value, fields.length)))
  return { index, entries, isLoose: multikey || isCut }
}

const FIRST_PIECE = 16
const LARGEST_PIECE = 512

/** An entry of a database. */
export interface Entry {
  readonly key: Buffer
  readonly value: Buffer
}

/**
 * Walks a range of keys. Entries are read in growing pieces, so nothing is open between two of them and
 * an idle cursor pins no old pages; what was read ahead is read again when a write came in between.
 */
export function* entriesIn(store: Store, from: Bytes, { start, end }: KeyRange, isReverse = false): Generator<Entry> {
  let last: Buffer | undefined
  for (let limit = FIRST_PIECE, isMore = true; isMore; limit = Math.min(2 * limit, LARGEST_PIECE)) {
    const options = isReverse
      ? { start: last ?? end, end: start, reverse: true, exclusiveStart: true, inclusiveEnd: true }
      : { start: last ?? start, end, exclusiveStart: last !== undefined }
    const { commits } = store
    const piece = [...from.getRange({ ...options, limit, snapshot: false })]
    for (let i = 0; i < piece.length && store.commits === commits; i++) {
      last = piece[i]!.key
      yield piece[i]!
    }
    isMore = piece.length === limit || store.commits !== commits
  }
}

/** The entry of a whole key, if it is there; several times faster than a walk. */
export function entryAt(from: Bytes, key: Buffer): Entry[] {
  const value = from.getBinary(key)
  return value ? [{ key, value }] : []
}
