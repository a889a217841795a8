import { decode } from '../values/raw.js'
import type { Bytes, Collection, IndexSpec } from './catalogue.js'
import { addToIndex } from './documents.js'
import { entryKey, indexEntries, wholeRange } from './keys.js'
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

/**
 * Checks that count and index entries of a collection agree with its documents, entry by entry.
 *
 * @returns what is wrong, in sentences; empty when all is well
 */
export function validateCollection(store: Store, collection: Collection): string[] {
  const errors: string[] = []
  const wanted = new Map(collection.indexes.map(({ id }) => [id, 0]))
  let count = 0
  for (const { key, value } of entriesIn(store, store.data, [wholeRange(collection.id)])) {
    const [id, doc] = [key.subarray(4), decode(value)]
    count++
    for (const index of collection.indexes) {
      const { entries } = indexEntries(index, doc)
      wanted.set(index.id, wanted.get(index.id)! + entries.length)
      const isThere = entries.every((entry) => store.index.getBinary(entryKey(entry, id))?.equals(id))
      if (!isThere) errors.push(`${index.spec.name} lacks an entry`)
    }
  }
  if (count !== collection.count) errors.push(`${count} documents, but the count says ${collection.count}`)
  for (const { id, spec } of collection.indexes) {
    const entries = store.index.getKeysCount(wholeRange(id))
    if (entries !== wanted.get(id)) errors.push(`${spec.name} has ${entries} entries instead of ${wanted.get(id)}`)
  }
  return errors
}
