import type { Document } from 'bson'
import { openQuery } from './plan/query.js'
import type { Collection, Index } from './storage/catalogue.js'
import { removeDocument } from './storage/documents.js'
import { numbered } from './storage/keys.js'
import { decode } from './storage/raw-pick.js'
import type { Store } from './storage/store.js'

const GROUP = 1000

/** Removes the documents whose TTL index says that their time is over, in groups so that others get their turn. */
export async function removeExpired(store: Store, now: number): Promise<void> {
  for (const { ns, indexes } of [...store.catalogue.all()]) {
    for (const { name, expireAfterSeconds } of indexes) {
      if (expireAfterSeconds === undefined) continue
      while ((await store.write(() => removeGroup(store, ns, name, now - expireAfterSeconds * 1000))) === GROUP);
    }
  }
}

function removeGroup(store: Store, ns: string, indexName: string, until: number): number {
  const collection: Collection | undefined = store.catalogue.find(ns)
  const index: Index | undefined = collection?.indexes.find(({ name }) => name === indexName)
  if (!collection || !index) return 0
  const filter: Document = { [index.fields[0]!]: { $lte: new Date(until) } }
  const query = openQuery(store, collection, { filter, limit: GROUP })
  const ids: Buffer[] = []
  for (let match = query.next(); match; match = query.next())
    if (index.covers(decode(match.raw))) ids.push(Buffer.from(match.id))
  query.pause()
  for (const id of ids) removeDocument(store, collection, id, store.data.getBinary(numbered(collection.id, id))!)
  return ids.length
}
