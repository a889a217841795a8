import { type Document, EJSON, ObjectId } from 'bson'
import { refuse } from '../errors.js'
import { encodeKey, keyPrefixEnd } from '../values/key.js'
import { decode, encode, MAX_DOCUMENT_BYTES, readBson, withIdFirst } from '../values/raw.js'
import { isOperators, typeName } from '../values/types.js'
import type { Bytes, Collection, Index, IndexSpec } from './catalogue.js'
import { entryKey, type IndexEntry, indexEntries, numbered, wholeRange } from './keys.js'
import { entriesIn } from './scan.js'

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
  const raw = withIdFirst(sent, () => new ObjectId().id)
  checkSize(raw, tooLarge)
  return { raw, doc: doc._id === undefined ? decode(raw) : doc }
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
    refuseDuplicate(collection, { name: '_id_', key: { _id: 1 } }, [doc._id])
  return write(collection, id, raw, { after: doc })
}

/**
 * Puts a changed document in the place of the old one, `_id` unchanged.
 *
 * @returns the document as stored
 * @throws {CommandError} 11000 on a duplicate, 17419 when too large, 15 when too deep
 */
export const replaceDocument = (collection: Collection, id: Buffer, before: Document, after: Document): Buffer =>
  write(collection, id, checked(encode(after, 17419), 17419).raw, { before, after })

/** Removes a document and its index entries. Gives it as it was. */
export function removeDocument(collection: Collection, id: Buffer): Buffer {
  const raw = collection.store.data.getBinary(numbered(collection.id, id))!
  return write(collection, id, raw, { before: decode(raw) })
}

/** A document as it was and as it will be; without the one it is new, without the other it goes. */
interface Change {
  readonly before?: Document
  readonly after?: Document
}

/** Puts or removes a document with its index entries, and counts it. */
function write(collection: Collection, id: Buffer, raw: Buffer, { before, after }: Change): Buffer {
  const { data, catalogue } = collection.store
  // An update hands on the very same values of the fields that it leaves alone.
  const isSame = (root: string) => before !== undefined && after !== undefined && before[root] === after[root]
  const touched = collection.indexes.filter(({ roots }) => ![...roots].every(isSame))
  const changes = touched.map((index) => indexChange(index, { before, after } as Change))
  checkUnique(collection, changes)
  const key = numbered(collection.id, id)
  if (after) data.putSync(key, raw)
  else data.removeSync(key)
  putChanges(collection, changes, id)
  collection.count += Number(!before) - Number(!after)
  if (!before || !after) catalogue.note(collection)
  return raw
}

interface IndexChange {
  readonly index: Index
  readonly added: readonly IndexEntry[]
  readonly removed: readonly IndexEntry[]
  readonly isLoose: boolean
}

function indexChange(index: Index, { before, after }: Change): IndexChange {
  const [from, to] = [indexEntries(index, before), indexEntries(index, after)]
  const without = (list: readonly IndexEntry[], other: readonly IndexEntry[]) =>
    list.filter(({ prefix }) => !other.some((entry) => entry.prefix.equals(prefix)))
  const [added, removed] = [without(to.entries, from.entries), without(from.entries, to.entries)]
  return { index, added, removed, isLoose: to.isLoose }
}

/** MongoDB's error for a second document with the same key. */
function refuseDuplicate({ ns }: Collection, { name, key }: IndexSpec, values: readonly unknown[]): never {
  const keyValue = Object.fromEntries(Object.keys(key).map((field, i) => [field, values[i] ?? null]))
  const shown = Object.entries(keyValue).map(([field, value]) => `${field}: ${EJSON.stringify(value)}`)
  const message = `E11000 duplicate key error collection: ${ns} index: ${name} dup key: { ${shown.join(', ')} }`
  return refuse(11000, message, { keyPattern: key, keyValue })
}

function checkUnique(collection: Collection, changes: readonly IndexChange[]): void {
  for (const { index, added } of changes) {
    for (const { values, prefix } of index.spec.unique ? added : []) {
      const same = { start: prefix, end: keyPrefixEnd(prefix), limit: 1, snapshot: false }
      for (const _ of collection.store.index.getKeys(same)) refuseDuplicate(collection, index.spec, values)
    }
  }
}

function putChanges(collection: Collection, changes: readonly IndexChange[], id: Buffer): void {
  const { index: database, catalogue } = collection.store
  for (const { index, added, removed, isLoose } of changes) {
    for (const entry of removed) database.removeSync(entryKey(entry, id))
    for (const entry of added) database.putSync(entryKey(entry, id), id)
    if (!isLoose || index.isLoose) continue
    index.isLoose = true
    catalogue.note(collection)
  }
}

/** Adds an index and fills it from the documents; within an undoable write. */
export function buildIndex(collection: Collection, spec: IndexSpec): void {
  const { store } = collection
  const index = store.catalogue.addIndex(collection, spec)
  for (const { key, value } of entriesIn(store, store.data, [wholeRange(collection.id)])) {
    const changes = [indexChange(index, { after: decode(value) })]
    checkUnique(collection, changes)
    putChanges(collection, changes, key.subarray(4))
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
