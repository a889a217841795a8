import type { Document } from 'bson'
import {
  CommandError,
  cannotCreateIndex,
  failedToParse,
  indexKeySpecsConflict,
  indexNotFound,
  indexOptionsConflict,
  invalidOptions,
} from '../errors.js'
import { compileFilter } from '../query/filter.js'
import type { Collection, IndexSpec } from '../storage/catalogue.js'
import { buildIndex, dropEntries, validateCollection } from '../storage/indexes.js'
import { encode } from '../storage/raw-pick.js'
import { fieldsOf, readCommand, readFields, toNumber } from './arguments.js'
import { existing } from './collections.js'
import { type Context, findOrCreate, namespaceOf } from './context.js'

type NewIndex = Omit<IndexSpec, 'id' | 'multikey' | 'truncated'>

const SPEC = fieldsOf({
  object: 'key partialFilterExpression',
  text: 'name ns',
  flag: 'unique sparse background',
  number: 'expireAfterSeconds v',
  refused:
    'hidden collation storageEngine wildcardProjection weights default_language language_override textIndexVersion 2dsphereIndexVersion bits min max prepareUnique clustered',
})

const CREATE = fieldsOf({ list: 'indexes', any: 'commitQuorum', refused: 'ignoreUnknownIndexOptions' })
const LIST = fieldsOf({ object: 'cursor' })
const DROP = fieldsOf({ any: 'index' })
const VALIDATE = fieldsOf({ flag: 'full' })

const PARTIAL = new Set(['$eq', '$exists', '$gt', '$gte', '$lt', '$lte', '$type', '$and', '$or', '$in'])
const MAX_EXPIRY_SECONDS = 0x7fffffff

/** Which indexes are wanted, checked as MongoDB checks them. */
function readIndex(sent: Document): NewIndex {
  const { key, name, unique, sparse, partialFilterExpression, expireAfterSeconds } = readFields(
    'createIndexes.indexes',
    sent,
    SPEC,
  )
  if (!key) throw failedToParse("The 'key' field is a required property of an index specification")
  if (!name) throw failedToParse("The 'name' field is a required property of an index specification")
  if (sparse && partialFilterExpression)
    throw cannotCreateIndex('cannot mix "partialFilterExpression" and "sparse" options')
  compileFilter(partialFilterExpression ?? {})
  checkPartial(partialFilterExpression ?? {})
  const directions = readKey(key)
  if (expireAfterSeconds !== undefined) checkExpiry(directions, expireAfterSeconds)
  return {
    name,
    key: directions,
    ...(unique ? { unique } : {}),
    ...(sparse ? { sparse } : {}),
    ...(partialFilterExpression ? { partialFilterExpression } : {}),
    ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds }),
  }
}

function readKey(key: Document): Record<string, 1 | -1> {
  const fields = Object.entries(key)
  if (fields.length === 0) throw cannotCreateIndex('Index keys cannot be an empty object')
  if (fields.length > 32) throw cannotCreateIndex('Index key pattern has too many fields; at most 32 are allowed')
  const read = fields.map(([field, value]): [string, 1 | -1] => {
    const direction = toNumber(value)
    if (typeof value === 'string') throw cannotCreateIndex(`The embedded store does not offer '${value}' indexes`)
    if (!direction) throw cannotCreateIndex(`Values in the index key pattern must be numbers other than 0 (${field})`)
    if (field === '' || field.split('.').includes(''))
      throw cannotCreateIndex('Index keys cannot contain an empty field')
    if (/\$/.test(field))
      throw cannotCreateIndex(
        `Index key contains an illegal field name: '${field}' ('$' is not offered, neither are wildcards)`,
      )
    return [field, direction > 0 ? 1 : -1]
  })
  return Object.fromEntries(read)
}

function checkExpiry(key: Document, seconds: number): void {
  if (Object.keys(key).length > 1)
    throw cannotCreateIndex('TTL indexes are single-field indexes, compound indexes do not support TTL')
  if (!(seconds >= 0 && seconds <= MAX_EXPIRY_SECONDS))
    throw cannotCreateIndex(`TTL index 'expireAfterSeconds' option must be within an acceptable range, got ${seconds}`)
}

function checkPartial(filter: Document): void {
  for (const [name, value] of Object.entries(filter)) {
    const isOffered = !name.startsWith('$') || PARTIAL.has(name)
    if (!isOffered || (name === '$exists' && value !== true)) {
      throw cannotCreateIndex(`Expression not supported in partial index: ${name}`)
    }
    for (const part of Array.isArray(value) ? value : [value]) if (isPlainObject(part)) checkPartial(part)
  }
}

const isPlainObject = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

const same = (a: unknown, b: unknown) => encode({ a }).equals(encode({ a: b }))
const keyText = (key: unknown) => JSON.stringify(key)

/** Whether the index is there already. */
function isPresent(collection: Collection, wanted: NewIndex): boolean {
  if (wanted.name === '_id_' || keyText(wanted.key) === '{"_id":1}') return true
  const named = collection.indexes.find(({ name }) => name === wanted.name)
  const keyed = collection.indexes.find(({ key }) => keyText(key) === keyText(wanted.key))
  if (!named && !keyed) return false
  if (!named) throw indexOptionsConflict(`Index already exists with a different name: ${keyed!.name}`)
  const conflict = `Requested index: ${keyText(wanted)}, existing index: ${keyText(toSpec(named))}`
  // What tells indexes apart for MongoDB; the expiry doesn't.
  const signature = ({ key, unique, sparse, partialFilterExpression }: NewIndex) => ({
    key: keyText(key),
    unique: unique ?? false,
    sparse: sparse ?? false,
    partial: partialFilterExpression ?? {},
  })
  if (!same(signature(named), signature(wanted))) {
    throw indexKeySpecsConflict(`An existing index has the same name as the requested index. ${conflict}`)
  }
  if ((named.expireAfterSeconds ?? -1) === (wanted.expireAfterSeconds ?? -1)) return true
  throw indexOptionsConflict(`An equivalent index already exists with the same name but different options. ${conflict}`)
}

/** `createIndexes`: adds indexes and fills them, all or none. */
export function createIndexes(command: Document, { store }: Context): Promise<Document> {
  const ns = namespaceOf(command)
  const { indexes } = readCommand(command, CREATE)
  if (!indexes?.length) throw new CommandError(2, 'BadValue', 'Must specify at least one index to create')
  const wanted = (indexes as Document[]).map(readIndex)
  return store.writeUndoable(() => {
    const createdCollectionAutomatically = !store.catalogue.find(ns)
    const collection = findOrCreate(store, ns)
    const before = collection.indexes.length + 1
    for (const index of wanted) {
      if (isPresent(collection, index)) continue
      if (collection.indexes.length >= 63) throw cannotCreateIndex(`add index fails, too many indexes for ${ns}`)
      buildIndex(store, collection, index)
    }
    const after = collection.indexes.length + 1
    const note = before === after ? { note: 'all indexes already exist' } : {}
    return { numIndexesBefore: before, numIndexesAfter: after, createdCollectionAutomatically, ...note, ok: 1 }
  })
}

function toSpec({ name, key, unique, sparse, partialFilterExpression, expireAfterSeconds }: NewIndex): Document {
  return {
    v: 2,
    key,
    name,
    ...(unique ? { unique } : {}),
    ...(sparse ? { sparse } : {}),
    ...(partialFilterExpression ? { partialFilterExpression } : {}),
    ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds }),
  }
}

/** `listIndexes`: the indexes of a collection, `_id_` first. */
export function listIndexes(command: Document, { store, cursors }: Context): Buffer {
  const ns = namespaceOf(command)
  readCommand(command, LIST)
  const collection = existing(store, ns)
  const listed = [toSpec({ name: '_id_', key: { _id: 1 } }), ...collection.indexes.map(toSpec)].map(encode)
  return cursors.start(ns, { next: () => listed.shift(), pause: () => {} }, Number.POSITIVE_INFINITY)
}

/** `dropIndexes`: by name, names, key or `*` for all but `_id_`. */
export function dropIndexes(command: Document, { store }: Context): Promise<Document> {
  const ns = namespaceOf(command)
  const { index: wanted } = readCommand(command, DROP)
  return store.writeUndoable(() => {
    const collection = existing(store, ns)
    const nIndexesWas = collection.indexes.length + 1
    for (const index of indexesNamed(collection, wanted)) {
      dropEntries(store.index, index.id)
      store.catalogue.removeIndex(collection, index)
    }
    return { nIndexesWas, ok: 1 }
  })
}

function indexesNamed(collection: Collection, wanted: unknown) {
  if (wanted === '*') return [...collection.indexes]
  return (Array.isArray(wanted) ? wanted : [wanted]).map((one) => {
    const text = typeof one === 'string' ? one : keyText(readKey((one ?? {}) as Document))
    if (text === '_id_' || text === '{"_id":1}') throw invalidOptions('cannot drop _id index')
    const found = collection.indexes.find(({ name, key }) => (typeof one === 'string' ? name : keyText(key)) === text)
    if (!found)
      throw indexNotFound(
        typeof one === 'string' ? `index not found with name [${one}]` : `can't find index with key: ${text}`,
      )
    return found
  })
}

/** `validate`: whether count and indexes agree with the documents. */
export function validate(command: Document, { store }: Context): Document {
  const ns = namespaceOf(command)
  readCommand(command, VALIDATE)
  const collection = existing(store, ns)
  const errors = validateCollection(store, collection)
  return {
    ns,
    nrecords: collection.count,
    nIndexes: collection.indexes.length + 1,
    valid: errors.length === 0,
    errors,
    ok: 1,
  }
}
