import { type Document, EJSON, ObjectId } from 'bson'
import { CommandError } from '../errors.js'
import { encodeKey, keyPrefixEnd } from '../values/key.js'
import { decode, encode, MAX_DOCUMENT_BYTES, readBson, withIdFirst } from '../values/raw.js'
import { isOperators, typeName } from '../values/types.js'
import type { Collection, Index, IndexSpec } from './catalogue.js'
import { entryKey, type IndexEntry, indexEntries, numbered } from './keys.js'
import type { Store } from './store.js'

/** MongoDB leaves 20 of its 200 levels to the commands around a document. */
const MAX_STORED_DEPTH = 180
/** An `_id` must be whole in its key: documents lie in its order. */
const MAX_ID_BYTES = 900

interface IndexChange {
  readonly index: Index
  readonly added: readonly IndexEntry[]
  readonly removed: readonly IndexEntry[]
  readonly isLoose: boolean
}

/** An `_id` as the keys hold it. @throws {CommandError} 53, 52 or 17280 on one that can't be an `_id` */
function encodeId(id: unknown): Buffer {
  const type = typeName(id)
  if (type === 'array' || type === 'regex') throw new CommandError(53, `The '_id' value cannot be of type ${type}`)
  if (isOperators(id)) throw new CommandError(52, "_id fields may not contain '$'-prefixed fields")
  const encoded = encodeKey([id], [1])
  if (encoded.length > MAX_ID_BYTES) throw new CommandError(17280, `_id is longer than ${MAX_ID_BYTES} bytes`)
  return encoded
}

function checkSize(raw: Buffer, code: number): void {
  if (raw.length <= MAX_DOCUMENT_BYTES) return
  throw new CommandError(code, `Document of ${raw.length} bytes is larger than ${MAX_DOCUMENT_BYTES}`)
}

/**
 * Stores a new document as it came; `_id` is made if missing and moved to the front. Within a write transaction;
 * everything is checked before the first put.
 *
 * @returns the document as stored
 * @throws {CommandError} 11000 on a duplicate, 10334 when too large, 15 when too deep, 53 on an `_id` of a wrong type
 */
export function insertDocument(store: Store, collection: Collection, sent: Buffer): Buffer {
  checkSize(sent, 10334)
  const checked = readBson(sent, {}, MAX_STORED_DEPTH)
  const raw = withIdFirst(sent, () => new ObjectId().id)
  checkSize(raw, 10334)
  const doc = checked._id === undefined ? decode(raw) : checked
  const id = encodeId(doc._id)
  const key = numbered(collection.id, id)
  if (store.data.doesExist(key)) throw duplicateKey(collection, { name: '_id_', key: { _id: 1 } }, [doc._id])
  const changes = indexChanges(collection, undefined, doc)
  checkUnique(store, collection, changes)
  store.data.putSync(key, raw)
  putChanges(store, collection, changes, id)
  collection.count++
  store.catalogue.note(collection)
  return raw
}

/**
 * Puts a changed document in the place of the old one, `_id` unchanged.
 *
 * @returns the document as stored
 * @throws {CommandError} 11000 on a duplicate, 17419 when too large, 15 when too deep
 */
export function replaceDocument(
  store: Store,
  collection: Collection,
  id: Buffer,
  before: Document,
  after: Document,
): Buffer {
  const raw = withIdFirst(encode(after, 17419), () => new ObjectId().id)
  checkSize(raw, 17419)
  readBson(raw, {}, MAX_STORED_DEPTH)
  const changes = indexChanges(collection, before, after)
  checkUnique(store, collection, changes)
  store.data.putSync(numbered(collection.id, id), raw)
  putChanges(store, collection, changes, id)
  return raw
}

/** Removes a document and its index entries. Gives it as it was. */
export function removeDocument(store: Store, collection: Collection, id: Buffer): Buffer {
  const key = numbered(collection.id, id)
  const raw = store.data.getBinary(key)!
  const changes = collection.indexes.length > 0 ? indexChanges(collection, decode(raw), undefined) : []
  store.data.removeSync(key)
  putChanges(store, collection, changes, id)
  collection.count--
  store.catalogue.note(collection)
  return raw
}

/** Adds the entries of one document to one index, as when the index is built. */
export function addToIndex(store: Store, collection: Collection, index: Index, id: Buffer, doc: Document): void {
  const changes = [indexChange(index, undefined, doc)]
  checkUnique(store, collection, changes)
  putChanges(store, collection, changes, id)
}

function indexChanges(collection: Collection, before?: Document, after?: Document): IndexChange[] {
  // An update hands on the very same values of the fields that it leaves alone.
  const isSame = (root: string) => before !== undefined && after !== undefined && before[root] === after[root]
  return collection.indexes
    .filter(({ roots }) => ![...roots].every(isSame))
    .map((index) => indexChange(index, before, after))
}

function indexChange(index: Index, before: Document | undefined, after: Document | undefined): IndexChange {
  const removed = before ? indexEntries(index, before).entries : []
  const { entries: added, isLoose } = after ? indexEntries(index, after) : { entries: [], isLoose: false }
  const without = (list: readonly IndexEntry[], other: readonly IndexEntry[]) =>
    list.filter(({ prefix }) => !other.some((entry) => entry.prefix.equals(prefix)))
  return { index, added: without(added, removed), removed: without(removed, added), isLoose }
}

/** MongoDB's error for a second document with the same key. */
function duplicateKey({ ns }: Collection, { name, key }: IndexSpec, values: readonly unknown[]): CommandError {
  const keyValue = Object.fromEntries(Object.keys(key).map((field, i) => [field, values[i] ?? null]))
  const shown = Object.entries(keyValue).map(([field, value]) => `${field}: ${EJSON.stringify(value)}`)
  const message = `E11000 duplicate key error collection: ${ns} index: ${name} dup key: { ${shown.join(', ')} }`
  return new CommandError(11000, message, { keyPattern: key, keyValue })
}

function checkUnique(store: Store, collection: Collection, changes: readonly IndexChange[]): void {
  for (const { index, added } of changes) {
    for (const { values, prefix } of index.spec.unique ? added : []) {
      const same = { start: prefix, end: keyPrefixEnd(prefix), limit: 1, snapshot: false }
      for (const _ of store.index.getKeys(same)) throw duplicateKey(collection, index.spec, values)
    }
  }
}

function putChanges(store: Store, collection: Collection, changes: readonly IndexChange[], id: Buffer): void {
  for (const { index, added, removed, isLoose } of changes) {
    for (const entry of removed) store.index.removeSync(entryKey(entry, id))
    for (const entry of added) store.index.putSync(entryKey(entry, id), id)
    if (!isLoose || index.isLoose) continue
    index.isLoose = true
    store.catalogue.note(collection)
  }
}
