import type { Collection } from '../../storage/catalogue.js'
import { entriesIn, entryKey, indexEntries, wholeRange } from '../../storage/keys.js'
import { Store } from '../../storage/store.js'
import { decode } from '../../values/raw.js'

/**
 * Checks that the index entries of a collection agree with its documents, entry by entry.
 *
 * @returns what is wrong, in sentences; empty when all is well
 */
export function validateCollection(store: Store, collection: Collection): string[] {
  const errors: string[] = []
  const wanted = new Map(collection.indexes.map(({ id }) => [id, 0]))
  for (const { key, value } of entriesIn(store, store.data, wholeRange(collection.id))) {
    const [id, doc] = [key.subarray(4), decode(value)]
    for (const index of collection.indexes) {
      const { entries } = indexEntries(index, doc)
      wanted.set(index.id, wanted.get(index.id)! + entries.length)
      const isThere = entries.every((entry) => store.index.getBinary(entryKey(entry, id))?.equals(id))
      if (!isThere) errors.push(`${index.spec.name} lacks an entry`)
    }
  }
  for (const { id, spec } of collection.indexes) {
    const entries = store.index.getKeysCount(wholeRange(id))
    if (entries !== wanted.get(id)) errors.push(`${spec.name} has ${entries} entries instead of ${wanted.get(id)}`)
  }
  return errors
}

/** What is wrong with a collection of a folder, looked at from outside, also while the engine runs on it. */
export async function errorsIn(dir: string, ns: string): Promise<string[]> {
  const store = new Store(dir)
  try {
    const collection = store.catalogue.find(ns)
    return collection ? validateCollection(store, collection) : [`${ns} is not there`]
  } finally {
    await store.close()
  }
}
