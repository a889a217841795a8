import { type Document, EJSON, ObjectId } from 'bson'
import { refuse } from '../errors.js'
import { encodeKey } from '../values/key.js'
import { decode, encode, MAX_DOCUMENT_BYTES, readBson } from '../values/raw.js'
import { isOperators, typeName } from '../values/types.js'
import type { Bytes, Collection, Index, IndexSpec } from './catalogue.js'
import { entriesIn, entryKey, type IndexEntries, indexEntries, numbered, rangeOf, wholeRange } from './keys.js'

/** MongoDB leaves 20 of its 200 levels to the commands around a document. */
const MAX_STORED_DEPTH = 180
/** An `_id` must be whole in its key: documents lie in its order. */
const MAX_ID_BYTES = 900

/** An `_id` as the keys hold it. @throws {CommandError} 53, 52 or 17280 on one that can't be an `_id` */
function encodeId(id: unknown): Buffer {
  const type = typeName(id)
  if (type === 'array' || type === 'regex') refuse(53, `The '_id' value cannot be of type ${type}`)
  if (isOperators(id)) refuse(52, "_id fields may not contain '$'-prefixed fields")
  const encoded = encodeKey([id], [1])
  if (encoded.length > MAX_ID_BYTES) refuse(17280, `_id is longer than ${MAX_ID_BYTES} bytes`)
  return encoded
}

function checkSize(raw: Buffer, code: number): void {
  if (raw.length > MAX_DOCUMENT_BYTES)
    refuse(code, `Document of ${raw.length} bytes is larger than ${MAX_DOCUMENT_BYTES}`)
}

/** The bytes to store, checked and with an `_id` in front, and what they say. */
function checked(sent: Buffer, tooLarge: number): { raw: Buffer; doc: Document } {
  checkSize(sent, tooLarge)
  const doc = readBson(sent, {}, MAX_STORED_DEPTH)
  // Type byte, then the name: what a driver sends begins with its `_id`.
  if (sent.toString('latin1', 5, 9) === '_id\0') return { raw: sent, doc }
  const withId = { _id: doc._id ?? new ObjectId(), ...doc }
  const raw = encode(withId, tooLarge)
  checkSize(raw, tooLarge)
  return { raw, doc: withId }
}

/**
 * Stores a new document as it came; `_id` is made if missing and moved to the front. Within a write transaction, as
 * all that follow; everything is checked before the first put.
 *
 * @returns the document as stored
 * @throws {CommandError} 11000 on a duplicate, 10334 when too large, 15 when too deep, 53 on an `_id` of a wrong type
 */
export function insertDocument(collection: Collection, sent: Buffer): Buffer {
  const { raw, doc } = checked(sent, 10334)
  const id = encodeId(doc._id)
  if (collection.store.data.doesExist(numbered(collection.id, id)))
    refuseDuplicate(collection, collection.byId, [doc._id])
  return write(collection, id, raw, undefined, doc)
}

/**
 * Puts a changed document in the place of the old one, `_id` unchanged.
 *
 * @returns the document as stored
 * @throws {CommandError} 11000 on a duplicate, 17419 when too large, 15 when too deep
 */
export const replaceDocument = (collection: Collection, id: Buffer, before: Document, after: Document): Buffer =>
  write(collection, id, checked(encode(after, 17419), 17419).raw, before, after)

/** Removes a document and its index entries. Gives it as it was. */
export function removeDocument(collection: Collection, id: Buffer): Buffer {
  const raw = collection.store.data.getBinary(numbered(collection.id, id))!
  return write(collection, id, raw, decode(raw))
}

/** Puts a document with its index entries, or removes it if there is no `after`; without a `before` it is new. */
function write(collection: Collection, id: Buffer, raw: Buffer, before?: Document, after?: Document): Buffer {
  const { data, index: entries } = collection.store
  // An update hands on the very same values of the fields that it leaves alone.
  const isSame = (root: string) => before !== undefined && after !== undefined && before[root] === after[root]
  const touched = collection.indexes.filter(({ roots }) => ![...roots].every(isSame))
  const removed = touched.flatMap((index) => indexEntries(index, before).entries)
  const added = touched.map((index) => indexEntries(index, after))
  for (const change of added) checkUnique(collection, change, id)
  const key = numbered(collection.id, id)
  if (after) data.putSync(key, raw)
  else data.removeSync(key)
  for (const entry of removed) entries.removeSync(entryKey(entry, id))
  for (const change of added) putEntries(collection, change, id)
  return raw
}

/** MongoDB's error for a second document with the same key. */
function refuseDuplicate({ ns }: Collection, { spec }: Index, values: readonly unknown[]): never {
  const { name, key } = spec
  const keyValue = Object.fromEntries(Object.keys(key).map((field, i) => [field, values[i] ?? null]))
  const shown = Object.entries(keyValue).map(([field, value]) => `${field}: ${EJSON.stringify(value)}`)
  const message = `E11000 duplicate key error collection: ${ns} index: ${name} dup key: { ${shown.join(', ')} }`
  return refuse(11000, message, { keyPattern: key, keyValue })
}

function checkUnique(collection: Collection, { index, entries }: IndexEntries, id: Buffer): void {
  for (const { values, prefix } of index.spec.unique ? entries : []) {
    const same = collection.store.index.getRange({ ...rangeOf(prefix), limit: 1, snapshot: false })
    for (const { value } of same) if (!value.equals(id)) refuseDuplicate(collection, index, values)
  }
}

function putEntries(collection: Collection, { index, entries, isLoose }: IndexEntries, id: Buffer): void {
  for (const entry of entries) collection.store.index.putSync(entryKey(entry, id), id)
  if (!isLoose || index.isLoose) return
  index.isLoose = true
  collection.store.catalogue.note(collection)
}

/** Adds an index and fills it from the documents; within an undoable write. */
export function buildIndex(collection: Collection, spec: IndexSpec): void {
  const { store } = collection
  const index = store.catalogue.addIndex(collection, spec)
  for (const { key, value } of entriesIn(store, store.data, wholeRange(collection.id))) {
    const [id, change] = [key.subarray(4), indexEntries(index, decode(value))]
    checkUnique(collection, change, id)
    putEntries(collection, change, id)
  }
}

/** Removes everything under one collection or index number. */
export function dropEntries(database: Bytes, id: number): void {
  for (;;) {
    const keys = [...database.getKeys({ ...wholeRange(id), limit: 10_000 })]
    if (keys.length === 0) return
    for (const key of keys) database.removeSync(key)
  }
}
