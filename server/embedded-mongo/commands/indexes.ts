import type { Document } from 'bson'
import { refuse } from '../errors.js'
import { type Filter, readFilter } from '../query/filter.js'
import type { Collection, Index, IndexSpec } from '../storage/catalogue.js'
import { buildIndex, dropEntries } from '../storage/documents.js'
import type { Direction } from '../values/key.js'
import { encode } from '../values/raw.js'
import { isNumeric, toDouble } from '../values/types.js'
import { type Context, readFields, readOn } from './command.js'

const SPEC = {
  text: ['name'],
  object: ['key', 'partialFilterExpression'],
  number: ['expireAfterSeconds', 'v'],
  flag: ['unique', 'sparse', 'background'],
} as const

const MAX_FIELDS = 32
const MAX_INDEXES = 63
const MAX_EXPIRY_SECONDS = 0x7fffffff

/** Which index is wanted, checked as MongoDB checks it. @throws {CommandError} 67 on what can't be one, 9 without a name */
function readIndex(sent: Document): IndexSpec {
  const read = readFields('createIndexes.indexes', sent, SPEC)
  const { name, unique, sparse, partialFilterExpression, expireAfterSeconds: seconds } = read
  if (!read.key || !name) return refuse(9, "'key' and 'name' are required properties of an index specification")
  if (sparse && partialFilterExpression) refuse(67, 'cannot mix "partialFilterExpression" and "sparse" options')
  if (negates(readFilter(partialFilterExpression ?? {})))
    refuse(67, 'Expression not supported in partial index: it must not say that something is not so')
  const key = readKey(read.key)
  if (seconds !== undefined && (Object.keys(key).length > 1 || !(seconds >= 0 && seconds <= MAX_EXPIRY_SECONDS)))
    refuse(67, `TTL indexes have a single field and 'expireAfterSeconds' from 0 to ${MAX_EXPIRY_SECONDS}`)
  const options = { unique, sparse, partialFilterExpression, expireAfterSeconds: seconds }
  const given = Object.entries(options).filter(([, value]) => value !== undefined && value !== false)
  return { name, key, ...Object.fromEntries(given) }
}

function readKey(key: Document): IndexSpec['key'] {
  const fields = Object.entries(key)
  if (fields.length === 0 || fields.length > MAX_FIELDS)
    refuse(67, `Index keys must have 1 to ${MAX_FIELDS} fields, not ${fields.length}`)
  const read = fields.map(([field, value]): [string, Direction] => {
    const direction = isNumeric(value) ? toDouble(value) : 0
    if (!direction) refuse(67, `The embedded store offers indexes by numbers other than 0 only, unlike '${value}'`)
    if (field.split('.').includes('') || field.includes('$')) refuse(67, `Illegal field name in an index: '${field}'`)
    return [field, direction > 0 ? 1 : -1]
  })
  return Object.fromEntries(read)
}

const negates = (filter: Filter): boolean => 'parts' in filter && (filter.op === 'nor' || filter.parts.some(negates))

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
  if (!named) return refuse(85, `Index already exists with a different name: ${keyed!.name}`)
  if (!signature(named).equals(signature(wanted))) refuse(86, `Another index has the same name: ${named.name}`)
  // As text: kept and sent it may be numbers of different types.
  const isSameExpiry = String(named.expireAfterSeconds) === String(wanted.expireAfterSeconds)
  return isSameExpiry || refuse(85, `An equivalent index already exists with a different expiry: ${named.name}`)
}

/** `createIndexes`: adds indexes and fills them, all or none. */
export function createIndexes(command: Document, { store }: Context): Promise<Document> {
  const { ns, indexes = [] } = readOn(command, { list: ['indexes'] })
  if (indexes.length === 0) refuse(2, 'Must specify at least one index to create')
  const wanted = (indexes as Document[]).map(readIndex)
  return store.writeUndoable(() => {
    const createdCollectionAutomatically = !store.catalogue.find(ns)
    const collection = store.catalogue.findOrCreate(ns)
    const numIndexesBefore = collection.indexes.length + 1
    for (const index of wanted) if (!isPresent(collection, index)) buildIndex(collection, index)
    const numIndexesAfter = collection.indexes.length + 1
    if (numIndexesAfter > MAX_INDEXES + 1) refuse(67, `add index fails, too many indexes for ${ns}`)
    return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically, ok: 1 }
  })
}

/** The collection that a command needs. @throws {CommandError} 26 when there is none */
const existing = ({ store }: Context, ns: string): Collection =>
  store.catalogue.find(ns) ?? refuse(26, `ns does not exist: ${ns}`)

/** `listIndexes`: the indexes of a collection, `_id_` first. */
export function listIndexes(command: Document, context: Context): Buffer {
  const { ns } = readOn(command, { object: ['cursor'] })
  const own: IndexSpec = { name: '_id_', key: { _id: 1 } }
  const specs = [own, ...existing(context, ns).indexes.map(({ spec }) => spec)]
  const listed = specs.map(({ name, key, ...options }) => encode({ v: 2, key, name, ...options }))
  return context.cursors.start(ns, listed.values(), Number.POSITIVE_INFINITY)
}

/** `dropIndexes`: by name, or `*` for all but `_id_`. */
export function dropIndexes(command: Document, context: Context): Promise<Document> {
  const { ns, index: wanted } = readOn(command, { text: ['index'] })
  const { store } = context
  return store.writeUndoable(() => {
    const collection = existing(context, ns)
    const { indexes } = collection
    const nIndexesWas = indexes.length + 1
    for (const index of wanted === '*' ? [...indexes] : [indexNamed(indexes, wanted)]) {
      dropEntries(store.index, index.id)
      indexes.splice(indexes.indexOf(index), 1)
    }
    store.catalogue.note(collection)
    return { nIndexesWas, ok: 1 }
  })
}

function indexNamed(indexes: readonly Index[], name = ''): Index {
  if (name === '_id_') refuse(72, 'cannot drop _id index')
  return indexes.find(({ spec }) => spec.name === name) ?? refuse(27, `index not found: ${name}`)
}
