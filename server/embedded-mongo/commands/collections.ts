import type { Document } from 'bson'
import { CommandError, illegalOperation, namespaceExists, namespaceNotFound } from '../errors.js'
import { compileFilter } from '../query/filter.js'
import type { Collection } from '../storage/catalogue.js'
import { dropEntries } from '../storage/indexes.js'
import { numbered } from '../storage/keys.js'
import { encode } from '../storage/raw-pick.js'
import type { Store } from '../storage/store.js'
import { keyPrefixEnd } from '../values/key.js'
import { readCommand } from './arguments.js'
import { type Context, databaseOf, namespaceOf } from './context.js'

/** The collection that a command names. */
export function existing(store: Store, ns: string): Collection {
  const collection = store.catalogue.find(ns)
  if (!collection) throw namespaceNotFound(`ns does not exist: ${ns}`)
  return collection
}

/** `create`: makes an empty collection; kinds of collections other than the plain one are refused. */
export function create(command: Document, { store }: Context): Promise<Document> {
  const ns = namespaceOf(command)
  const refused = [
    'capped',
    'timeseries',
    'validator',
    'collation',
    'viewOn',
    'pipeline',
    'clusteredIndex',
    'changeStreamPreAndPostImages',
    'encryptedFields',
    'expireAfterSeconds',
    'size',
    'max',
    'storageEngine',
    'indexOptionDefaults',
    'autoIndexId',
    'validationLevel',
    'validationAction',
  ]
  readCommand(command, Object.fromEntries(refused.map((name) => [name, 'refused' as const])))
  return store.writeUndoable(() => {
    if (store.catalogue.find(ns)) throw namespaceExists(`Collection ${ns} already exists.`)
    store.catalogue.create(ns)
    return { ok: 1 }
  })
}

function dropCollection(store: Store, collection: Collection): void {
  for (const index of collection.indexes) dropEntries(store.index, index.id)
  dropEntries(store.data, collection.id)
  store.catalogue.remove(collection)
}

/** `drop`: removes a collection with its indexes. */
export function drop(command: Document, { store }: Context): Promise<Document> {
  const ns = namespaceOf(command)
  readCommand(command, {})
  return store.writeUndoable(() => {
    const collection = store.catalogue.find(ns)
    if (!collection) return { ok: 1 }
    dropCollection(store, collection)
    return { nIndexesWas: collection.indexes.length + 1, ns, ok: 1 }
  })
}

/** `dropDatabase`: removes all collections of a database. */
export function dropDatabase(command: Document, { store }: Context): Promise<Document> {
  const db = databaseOf(command)
  readCommand(command, {})
  return store.writeUndoable(() => {
    for (const collection of collectionsOf(store, db)) dropCollection(store, collection)
    return { dropped: db, ok: 1 }
  })
}

const collectionsOf = (store: Store, db: string) =>
  [...store.catalogue.all()].filter((collection) => collection.db === db)

/** `listCollections`: what collections a database has. */
export function listCollections(command: Document, { store, cursors }: Context): Buffer {
  const db = databaseOf(command)
  const { filter = {}, nameOnly } = readCommand(command, {
    filter: 'object',
    nameOnly: 'flag',
    authorizedCollections: 'flag',
    cursor: 'object',
  })
  const idIndex = { v: 2, key: { _id: 1 }, name: '_id_' }
  const listed = collectionsOf(store, db)
    .map(({ name }) => ({
      name,
      type: 'collection',
      ...(nameOnly ? {} : { options: {}, info: { readOnly: false }, idIndex }),
    }))
    .filter(compileFilter(filter))
    .map(encode)
  return cursors.start(
    `${db}.$cmd.listCollections`,
    { next: () => listed.shift(), pause: () => {} },
    Number.POSITIVE_INFINITY,
  )
}

/** `listDatabases`: what databases there are. */
export function listDatabases(command: Document, { store }: Context): Document {
  const { filter = {}, nameOnly } = readCommand(command, {
    filter: 'object',
    nameOnly: 'flag',
    authorizedDatabases: 'flag',
  })
  if (databaseOf(command) !== 'admin')
    throw new CommandError(13, 'Unauthorized', 'listDatabases may only be run against the admin database.')
  const sizes = new Map<string, number>()
  for (const { db, id } of store.catalogue.all())
    sizes.set(db, (sizes.get(db) ?? 0) + (nameOnly ? 0 : dataBytes(store, id)))
  const databases = [...sizes]
    .map(([name, sizeOnDisk]) => (nameOnly ? { name } : { name, sizeOnDisk, empty: false }))
    .filter(compileFilter(filter))
  return { databases, ...(nameOnly ? {} : { totalSize: [...sizes.values()].reduce((a, b) => a + b, 0) }), ok: 1 }
}

function dataBytes(store: Store, id: number): number {
  const start = numbered(id, Buffer.alloc(0))
  let bytes = 0
  for (const { value } of store.data.getRange({ start, end: Buffer.from(keyPrefixEnd(start)), snapshot: false }))
    bytes += value.length
  return bytes
}

/** `collStats`: number and size of the documents. */
export function collStats(command: Document, { store }: Context): Document {
  const ns = namespaceOf(command)
  const { scale = 1 } = readCommand(command, { scale: 'number' })
  const collection = store.catalogue.find(ns)
  const size = collection ? dataBytes(store, collection.id) / scale : 0
  const count = collection?.count ?? 0
  return {
    ns,
    size,
    count,
    avgObjSize: count > 0 ? Math.floor((size * scale) / count) : 0,
    nindexes: (collection?.indexes.length ?? -1) + 1,
    capped: false,
    ok: 1,
  }
}

/** `renameCollection` and others that would need more than this store has are refused by name. */
export const refuse = (what: string) => () => {
  throw illegalOperation(`The embedded store does not offer ${what}`)
}
