import type { Document } from 'bson'
import { openQuery } from './plan/query.js'
import type { IndexSpec } from './storage/catalogue.js'
import { removeDocument } from './storage/documents.js'
import type { Store } from './storage/store.js'

const GROUP = 1000

/** What a TTL index says is over; a partial one speaks only of the documents that it covers. */
function expired({ key, partialFilterExpression = {} }: IndexSpec, until: number): Document {
  const [field] = Object.keys(key) as [string]
  return { $and: [partialFilterExpression, { [field]: { $lte: new Date(until) } }] }
}

/** Removes the documents whose TTL index says that their time is over, in groups so that others get their turn. */
export async function removeExpired(store: Store, now: number): Promise<void> {
  for (const { ns, indexes } of store.catalogue.all()) {
    for (const { spec } of indexes) {
      if (spec.expireAfterSeconds === undefined) continue
      const filter = expired(spec, now - spec.expireAfterSeconds * 1000)
      while ((await store.write(() => removeGroup(store, ns, spec, filter))) === GROUP);
    }
  }
}

function removeGroup(store: Store, ns: string, spec: IndexSpec, filter: Document): number {
  const collection = store.catalogue.find(ns)
  // Collection or index may have been dropped meanwhile.
  if (!collection?.indexes.some((index) => index.spec === spec)) return 0
  const found = [...openQuery(collection, { filter, limit: GROUP })]
  for (const { id } of found) removeDocument(collection, id)
  return found.length
}
