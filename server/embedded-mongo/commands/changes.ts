import type { Document } from 'bson'
import { openQuery, type Selection } from '../plan/query.js'
import type { Collection } from '../storage/catalogue.js'
import { insertDocument, replaceDocument } from '../storage/documents.js'
import { numbered } from '../storage/keys.js'
import type { Store } from '../storage/store.js'
import type { Update } from '../update/update.js'
import { seedFromFilter } from '../update/upsert.js'
import { decode, encode } from '../values/raw.js'

/** Which documents a write is for: all are found before the first is changed, so that none is met twice. */
export const matchingIds = (store: Store, collection: Collection | undefined, selection: Selection): Buffer[] =>
  [...openQuery(store, collection, selection)].map(({ id }) => id)

/** Changes one document; tells it as it was and as it is: the very same bytes if nothing changed. */
export function changeOne(store: Store, collection: Collection, id: Buffer, update: Update) {
  const before = store.data.getBinary(numbered(collection.id, id))!
  const doc = decode(before)
  const changed = update(doc, false)
  return { before, after: changed === doc ? before : replaceDocument(store, collection, id, doc, changed) }
}

/** Stores what an upsert makes when nothing matched. Gives the document. */
export const upsertOne = (store: Store, ns: string, filter: Document, update: Update): Buffer =>
  insertDocument(store, store.catalogue.findOrCreate(ns), encode(update(seedFromFilter(filter), true)))
