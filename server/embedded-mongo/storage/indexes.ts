import { decode } from '../values/raw.js'
import type { Bytes, Collection, IndexSpec } from './catalogue.js'
import { addToIndex } from './documents.js'
import { wholeRange } from './keys.js'
import { entriesIn } from './scan.js'
import type { Store } from './store.js'

/** Removes everything under one collection or index number. */
export function dropEntries(database: Bytes, id: number): void {
  for (;;) {
    const keys = [...database.getKeys({ ...wholeRange(id), limit: 10_000 })]
    if (keys.length === 0) return
    for (const key of keys) database.removeSync(key)
  }
}

/** Adds an index and fills it from the documents; within an undoable write. */
export function buildIndex(store: Store, collection: Collection, spec: IndexSpec): void {
  const index = store.catalogue.addIndex(collection, spec)
  for (const { key, value } of entriesIn(store, store.data, [wholeRange(collection.id)]))
    addToIndex(store, collection, index, key.subarray(4), decode(value))
}
