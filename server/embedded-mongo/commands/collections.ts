import type { Document } from 'bson'
import { namespaceExists, namespaceNotFound } from '../errors.js'
import { compileFilter } from '../query/filter.js'
import type { Collection } from '../storage/catalogue.js'
import { dropEntries } from '../storage/indexes.js'
import { encode } from '../storage/raw-pick.js'
import type { Store } from '../storage/store.js'
import { fieldsOf, NO_FIELDS, readCommand } from './arguments.js'
import { type Context, databaseOf, namespaceOf } from './context.js'

/** The collection that a command names. */
export function existing(store: Store, ns: string): Collection {
  const collection = store.catalogue.find(ns)
  if (!collection) throw namespaceNotFound(`ns does not exist: ${ns}`)
  return collection
}

const CREATE = fieldsOf({
  refused:
    'capped size max autoIndexId timeseries expireAfterSeconds clusteredIndex changeStreamPreAndPostImages encryptedFields ' +
    'validator validationLevel validationAction collation viewOn pipeline storageEngine indexOptionDefaults',
} as const)
const LIST = fieldsOf({ object: 'filter cursor', flag: 'nameOnly authorizedCollections authorizedDatabases' })

/** `create`: makes an empty collection; kinds of collections other than the plain one are refused. */
export function create(command: Document, { store }: Context): Promise<Document> {
  const ns = namespaceOf(command)
  readCommand(command, CREATE)
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
  readCommand(command, NO_FIELDS)
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
  readCommand(command, NO_FIELDS)
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
  const { filter = {}, nameOnly } = readCommand(command, LIST)
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
