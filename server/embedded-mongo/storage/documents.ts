import { type Document, ObjectId } from 'bson'
import { CommandError, location, objectTooLarge } from '../errors.js'
import { keyPrefixEnd } from '../values/key.js'
import { checkBson, MAX_DOCUMENT_BYTES, rawElements } from '../wire/bson-walk.js'
import type { Collection, Index } from './catalogue.js'
import { duplicateKey } from './duplicate-key.js'
import { encodeId, entryKey, type IndexEntry, indexEntries, isTruncated, numbered } from './keys.js'
import { decode, encode } from './raw-pick.js'
import type { Store } from './store.js'

/** MongoDB leaves 20 of its 200 levels to the commands around a document. */
const MAX_STORED_DEPTH = 180
/** An `_id` must be whole in its key: documents lie in its order. */
const MAX_ID_BYTES = 900

interface IndexChange {
  readonly index: Index
  readonly added: readonly IndexEntry[]
  readonly removed: readonly IndexEntry[]
  readonly multikey: boolean
}

/**
 * Stores a new document as it came; `_id` is made if missing and moved to the front. Within a write transaction;
 * everything is checked before the first put.
 *
 * @returns the document as stored
 * @throws {CommandError} 11000 on a duplicate, 10334 when too large, 15 when too deep, 53 on an `_id` of a wrong type
 */
export function insertDocument(store: Store, collection: Collection, sent: Buffer): Buffer {
  const raw = withIdFirst(sent)
  checkLimits(raw)
  const id = idOf(raw)
  const encodedId = encodeId(id)
  if (encodedId.length > MAX_ID_BYTES)
    throw new CommandError(17280, 'KeyTooLong', `_id is longer than ${MAX_ID_BYTES} bytes`)
  const key = numbered(collection.id, encodedId)
  if (store.data.doesExist(key)) throw duplicateKey(collection, { name: '_id_', key: { _id: 1 } }, [id])
  const changes =
    collection.indexes.length > 0 ? indexChanges(collection, undefined, decode(raw, indexedFields(collection))) : []
  checkUnique(store, collection, changes)
  store.data.putSync(key, raw)
  putChanges(store, collection, changes, encodedId)
  store.catalogue.addToCount(collection, 1)
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
  const raw = updatedRaw(after)
  const changes = indexChanges(collection, before, after)
  checkUnique(store, collection, changes)
  store.data.putSync(numbered(collection.id, id), raw)
  putChanges(store, collection, changes, id)
  return raw
}

/** Removes a document and its index entries. */
export function removeDocument(store: Store, collection: Collection, id: Buffer, raw: Buffer): void {
  const changes =
    collection.indexes.length > 0 ? indexChanges(collection, decode(raw, indexedFields(collection)), undefined) : []
  store.data.removeSync(numbered(collection.id, id))
  putChanges(store, collection, changes, id)
  store.catalogue.addToCount(collection, -1)
}

/** Adds the entries of one document to one index, as when the index is built. */
export function addToIndex(store: Store, collection: Collection, index: Index, id: Buffer, doc: Document): void {
  const changes = [indexChange(index, undefined, doc)]
  checkUnique(store, collection, changes)
  putChanges(store, collection, changes, id)
}

function updatedRaw(after: Document): Buffer {
  try {
    const raw = withIdFirst(encode(after))
    checkLimits(raw)
    return raw
  } catch (error) {
    if (!(error instanceof CommandError) || error.code !== objectTooLarge('').code) throw error
    throw location(17419, `Resulting document after update is larger than ${MAX_DOCUMENT_BYTES}`)
  }
}

function checkLimits(raw: Buffer): void {
  if (raw.length > MAX_DOCUMENT_BYTES) {
    throw objectTooLarge(`object to insert too large. size in bytes: ${raw.length}, max size: ${MAX_DOCUMENT_BYTES}`)
  }
  if (checkBson(raw) > MAX_STORED_DEPTH) {
    throw new CommandError(
      15,
      'Overflow',
      `cannot insert document because it exceeds ${MAX_STORED_DEPTH} levels of nesting`,
    )
  }
}

/** The top-level fields that the indexes of a collection look at. */
function indexedFields({ indexes }: Collection): Set<string> | undefined {
  const fields = new Set<string>()
  for (const { roots } of indexes) {
    if (!roots) return undefined
    for (const root of roots) fields.add(root)
  }
  return fields
}

function withIdFirst(raw: Buffer): Buffer {
  // Type byte, then the name: the usual case is told by five bytes.
  if (raw.length > 8 && raw.toString('latin1', 5, 9) === '_id\0') return raw
  const elements = [...rawElements(raw)]
  const found = elements.find(({ name }) => name === '_id')
  const id = found ? raw.subarray(found.from, found.to) : Buffer.concat([Buffer.from('\x07_id\0'), new ObjectId().id])
  const rest = elements.filter((element) => element !== found).map(({ from, to }) => raw.subarray(from, to))
  const whole = Buffer.concat([Buffer.alloc(4), id, ...rest, Buffer.alloc(1)])
  whole.writeInt32LE(whole.length, 0)
  return whole
}

const ID_ONLY = new Set(['_id'])
const BAD_ID_TYPES: Readonly<Record<number, string>> = { 4: 'array', 11: 'regex' }

function idOf(raw: Buffer): unknown {
  const bad = BAD_ID_TYPES[raw[4]!]
  if (bad) throw new CommandError(53, 'InvalidIdField', `The '_id' value cannot be of type ${bad}`)
  const id = decode(raw, ID_ONLY)._id
  const dollar = raw[4] === 3 && Object.keys(id).find((name) => name.startsWith('$'))
  if (dollar)
    throw new CommandError(
      52,
      'DollarPrefixedFieldName',
      `_id fields may not contain '$'-prefixed fields: ${dollar} is not valid for storage.`,
    )
  return id
}

function indexChanges(
  collection: Collection,
  before: Document | undefined,
  after: Document | undefined,
): IndexChange[] {
  const touched = collection.indexes.filter(({ roots }) => !isSameIn(roots, before, after))
  return touched.map((index) => indexChange(index, before, after))
}

/** Whether an update has left these fields as they were: it then hands on the very same values. */
function isSameIn(roots: ReadonlySet<string> | undefined, before?: Document, after?: Document): boolean {
  if (!roots || !before || !after) return false
  for (const root of roots) if (before[root] !== after[root]) return false
  return true
}

function indexChange(index: Index, before: Document | undefined, after: Document | undefined): IndexChange {
  const old = before ? indexEntries(index, before).entries : []
  const { entries, multikey } = after ? indexEntries(index, after) : { entries: [], multikey: false }
  if (old.length === 0 || entries.length === 0) return { index, added: entries, removed: old, multikey }
  const without = (list: readonly IndexEntry[], other: readonly IndexEntry[]) =>
    list.filter(({ prefix }) => !other.some((entry) => entry.prefix.equals(prefix)))
  return { index, added: without(entries, old), removed: without(old, entries), multikey }
}

function checkUnique(store: Store, collection: Collection, changes: readonly IndexChange[]): void {
  for (const { index, added } of changes) {
    if (!index.unique) continue
    for (const { values, prefix } of added) {
      const same = store.index.getKeys({
        start: prefix,
        end: Buffer.from(keyPrefixEnd(prefix)),
        limit: 1,
        snapshot: false,
      })
      for (const _ of same) throw duplicateKey(collection, index, values)
    }
  }
}

function putChanges(store: Store, collection: Collection, changes: readonly IndexChange[], id: Buffer): void {
  let isShapeNew = false
  for (const { index, added, removed, multikey } of changes) {
    for (const { prefix } of removed) store.index.removeSync(entryKey(prefix, id))
    for (const { prefix } of added) store.index.putSync(entryKey(prefix, id), id)
    const truncated = added.some((entry) => isTruncated(index, entry))
    isShapeNew ||= (multikey && !index.multikey) || (truncated && !index.truncated)
    index.multikey ||= multikey
    index.truncated ||= truncated
  }
  if (isShapeNew) store.catalogue.save(collection)
}
