import type { Document } from 'bson'
import { refuse } from '../errors.js'
import { compileFilter } from '../query/filter.js'
import type { Collection } from '../storage/catalogue.js'
import { dropEntries } from '../storage/documents.js'
import type { Store } from '../storage/store.js'
import { encode } from '../values/raw.js'
import { type Context, readCommand, readOn } from './command.js'

const LIST = { object: ['filter', 'cursor'], flag: ['nameOnly', 'authorizedCollections'] } as const

/** `create`: makes an empty collection; kinds of collections other than the plain one are refused. */
export function create(command: Document, { store }: Context): Promise<Document> {
  const { ns } = readOn(command, {})
  return store.writeUndoable(() => {
    if (store.catalogue.find(ns)) refuse(48, `Collection ${ns} already exists.`)
    store.catalogue.findOrCreate(ns)
    return { ok: 1 }
  })
}

function dropCollection(store: Store, collection: Collection): void {
  for (const { id } of collection.indexes) dropEntries(store.index, id)
  dropEntries(store.data, collection.id)
  store.catalogue.remove(collection)
}

/** `drop`: removes a collection with its indexes. */
export function drop(command: Document, { store }: Context): Promise<Document> {
  const { ns } = readOn(command, {})
  return store.writeUndoable(() => {
    const collection = store.catalogue.find(ns)
    if (collection) dropCollection(store, collection)
    return collection ? { nIndexesWas: collection.indexes.length + 1, ns, ok: 1 } : { ok: 1 }
  })
}

const collectionsOf = (store: Store, db: string) => store.catalogue.all().filter(({ ns }) => ns.startsWith(`${db}.`))

/** `dropDatabase`: removes all collections of a database. */
export function dropDatabase(command: Document, { store }: Context): Promise<Document> {
  const { db } = readCommand(command, {})
  return store.writeUndoable(() => {
    for (const collection of collectionsOf(store, db)) dropCollection(store, collection)
    return { dropped: db, ok: 1 }
  })
}

/** `listCollections`: what collections a database has. */
export function listCollections(command: Document, { store, cursors }: Context): Buffer {
  const { db, filter = {}, nameOnly } = readCommand(command, LIST)
  const details = { options: {}, info: { readOnly: false }, idIndex: { v: 2, key: { _id: 1 }, name: '_id_' } }
  const listed = collectionsOf(store, db)
    .map(({ ns }) => ({ name: ns.slice(db.length + 1), type: 'collection', ...(nameOnly ? {} : details) }))
    .filter(compileFilter(filter))
  return cursors.start(`${db}.$cmd.listCollections`, listed.map(encode).values(), Number.POSITIVE_INFINITY)
}
