import type { Document } from 'bson'
import { CommandError } from '../errors.js'
import { readFilter } from '../query/filter.js'
import type { Collection, Index, IndexSpec } from '../storage/catalogue.js'
import { buildIndex, dropEntries } from '../storage/indexes.js'
import type { Direction } from '../values/key.js'
import { toDouble } from '../values/numbers.js'
import { encode } from '../values/raw.js'
import { isDocument, isNumeric } from '../values/types.js'
import { fieldsOf, readCommand, readFields } from './arguments.js'
import { type Context, existing, namespaceOf } from './context.js'

const SPEC = fieldsOf({
  object: 'key partialFilterExpression',
  text: 'name ns',
  flag: 'unique sparse background',
  number: 'expireAfterSeconds v',
})
const CREATE = fieldsOf({ list: 'indexes', any: 'commitQuorum' })
const LIST = fieldsOf({ object: 'cursor' })
const DROP = fieldsOf({ any: 'index' })

const MAX_FIELDS = 32
const MAX_INDEXES = 63
const MAX_EXPIRY_SECONDS = 0x7fffffff

const cannotCreate = (message: string) => new CommandError(67, message)

/** Which index is wanted, checked as MongoDB checks it. */
function readIndex(sent: Document): IndexSpec {
  const read = readFields('createIndexes.indexes', sent, SPEC)
  const { name, unique, sparse, partialFilterExpression, expireAfterSeconds: seconds } = read
  if (!read.key || !name)
    throw new CommandError(9, "'key' and 'name' are required properties of an index specification")
  if (sparse && partialFilterExpression) throw cannotCreate('cannot mix "partialFilterExpression" and "sparse" options')
  readFilter(partialFilterExpression ?? {})
  checkPartial(partialFilterExpression ?? {})
  const key = readKey(read.key)
  if (seconds !== undefined && (Object.keys(key).length > 1 || !(seconds >= 0 && seconds <= MAX_EXPIRY_SECONDS)))
    throw cannotCreate(`TTL indexes have a single field and 'expireAfterSeconds' from 0 to ${MAX_EXPIRY_SECONDS}`)
  return {
    name,
    key,
    ...(unique ? { unique } : {}),
    ...(sparse ? { sparse } : {}),
    ...(partialFilterExpression ? { partialFilterExpression } : {}),
    ...(seconds === undefined ? {} : { expireAfterSeconds: seconds }),
  }
}

function readKey(key: Document): IndexSpec['key'] {
  const fields = Object.entries(key)
  if (fields.length === 0 || fields.length > MAX_FIELDS)
    throw cannotCreate(`Index keys must have 1 to ${MAX_FIELDS} fields, not ${fields.length}`)
  const read = fields.map(([field, value]): [string, Direction] => {
    const direction = isNumeric(value) ? toDouble(value) : 0
    if (!direction)
      throw cannotCreate(`The embedded store offers indexes by numbers other than 0 only, unlike '${value}'`)
    if (field.split('.').includes('') || field.includes('$'))
      throw cannotCreate(
        `Index key contains an illegal field name: '${field}' (neither empty names nor '$' are offered)`,
      )
    return [field, direction > 0 ? 1 : -1]
  })
  return Object.fromEntries(read)
}

/** MongoDB refuses in a partial filter what says that something isn't so. */
function checkPartial(filter: Document): void {
  for (const [name, value] of Object.entries(filter)) {
    if (['$ne', '$nin', '$nor', '$not'].includes(name) || (name === '$exists' && value !== true))
      throw cannotCreate(`Expression not supported in partial index: ${name}`)
    for (const part of [value].flat()) if (isDocument(part)) checkPartial(part)
  }
}

const textOf = (key: unknown) => JSON.stringify(key)

/** What tells indexes apart for MongoDB; the expiry doesn't. */
const signature = ({ key, unique = false, sparse = false, partialFilterExpression = {} }: IndexSpec) =>
  encode({ key: textOf(key), unique, sparse, partialFilterExpression })

/** Whether the index is there already. @throws {CommandError} 85 or 86 when another one is in its way */
function isPresent({ indexes }: Collection, wanted: IndexSpec): boolean {
  const keyText = textOf(wanted.key)
  if (wanted.name === '_id_' || keyText === '{"_id":1}') return true
  const named = indexes.find(({ spec }) => spec.name === wanted.name)?.spec
  const keyed = indexes.find(({ spec }) => textOf(spec.key) === keyText)?.spec
  if (!named && !keyed) return false
  if (!named) throw new CommandError(85, `Index already exists with a different name: ${keyed!.name}`)
  if (!signature(named).equals(signature(wanted)))
    throw new CommandError(86, `An existing index has the same name as the requested index: ${named.name}`)
  if (named.expireAfterSeconds === wanted.expireAfterSeconds) return true
  throw new CommandError(
    85,
    `An equivalent index already exists with the same name but different options: ${named.name}`,
  )
}

/** `createIndexes`: adds indexes and fills them, all or none. */
export function createIndexes(command: Document, { store }: Context): Promise<Document> {
  const ns = namespaceOf(command)
  const { indexes = [] } = readCommand(command, CREATE)
  if (indexes.length === 0) throw new CommandError(2, 'Must specify at least one index to create')
  const wanted = (indexes as Document[]).map(readIndex)
  return store.writeUndoable(() => {
    const createdCollectionAutomatically = !store.catalogue.find(ns)
    const collection = store.catalogue.findOrCreate(ns)
    const numIndexesBefore = collection.indexes.length + 1
    for (const index of wanted) {
      if (isPresent(collection, index)) continue
      if (collection.indexes.length >= MAX_INDEXES) throw cannotCreate(`add index fails, too many indexes for ${ns}`)
      buildIndex(store, collection, index)
    }
    const numIndexesAfter = collection.indexes.length + 1
    return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically, ok: 1 }
  })
}

/** `listIndexes`: the indexes of a collection, `_id_` first. */
export function listIndexes(command: Document, { store, cursors }: Context): Buffer {
  const ns = namespaceOf(command)
  readCommand(command, LIST)
  const own: IndexSpec = { name: '_id_', key: { _id: 1 } }
  const specs = [own, ...existing(store, ns).indexes.map(({ spec }) => spec)]
  const listed = specs.map(({ name, key, ...options }) => encode({ v: 2, key, name, ...options }))
  return cursors.start(ns, listed.values(), Number.POSITIVE_INFINITY)
}

/** `dropIndexes`: by name, names, key or `*` for all but `_id_`. */
export function dropIndexes(command: Document, { store }: Context): Promise<Document> {
  const ns = namespaceOf(command)
  const { index: wanted } = readCommand(command, DROP)
  return store.writeUndoable(() => {
    const collection = existing(store, ns)
    const { indexes } = collection
    const nIndexesWas = indexes.length + 1
    for (const index of wanted === '*' ? [...indexes] : [wanted].flat().map((one) => indexNamed(indexes, one))) {
      dropEntries(store.index, index.id)
      indexes.splice(indexes.indexOf(index), 1)
    }
    store.catalogue.note(collection)
    return { nIndexesWas, ok: 1 }
  })
}

function indexNamed(indexes: readonly Index[], wanted: unknown): Index {
  const name = typeof wanted === 'string' ? wanted : textOf(readKey((wanted ?? {}) as Document))
  if (name === '_id_' || name === '{"_id":1}') throw new CommandError(72, 'cannot drop _id index')
  const found = indexes.find(({ spec }) => name === (typeof wanted === 'string' ? spec.name : textOf(spec.key)))
  if (!found) throw new CommandError(27, `index not found: ${name}`)
  return found
}
