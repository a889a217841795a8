import { keyPrefixEnd } from '../values/key.js'
import type { Bytes, Collection, IndexSpec } from './catalogue.js'
import { addToIndex } from './documents.js'
import { entryKey, indexEntries, numbered } from './keys.js'
import { RangeScan } from './range-scan.js'
import { decode } from './raw-pick.js'
import type { Store } from './store.js'

/** A scan of everything under one collection or index number. */
export function scanAll(database: Bytes, id: number): RangeScan {
  const start = numbered(id, Buffer.alloc(0))
  return new RangeScan(database, [{ start, end: Buffer.from(keyPrefixEnd(start)) }], false)
}

/** Removes everything under one collection or index number. */
export function dropEntries(database: Bytes, id: number): void {
  const start = numbered(id, Buffer.alloc(0))
  for (;;) {
    const keys = [...database.getKeys({ start, end: Buffer.from(keyPrefixEnd(start)), limit: 10_000 })]
    for (const key of keys) database.removeSync(key)
    if (keys.length === 0) return
  }
}

/** Adds an index and fills it from the documents; within an undoable write. */
export function buildIndex(
  store: Store,
  collection: Collection,
  spec: Omit<IndexSpec, 'id' | 'multikey' | 'truncated'>,
): void {
  const index = store.catalogue.addIndex(collection, spec)
  const scan = scanAll(store.data, collection.id)
  for (let entry = scan.next(); entry; entry = scan.next()) {
    addToIndex(store, collection, index, Buffer.from(entry.key.subarray(4)), decode(entry.value))
  }
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
  const scan = scanAll(store.data, collection.id)
  for (let entry = scan.next(); entry; entry = scan.next(), count++) {
    const id = entry.key.subarray(4)
    const doc = decode(entry.value)
    for (const index of collection.indexes) {
      for (const { prefix } of indexEntries(index, doc).entries) {
        wanted.set(index.id, wanted.get(index.id)! + 1)
        if (!store.index.getBinary(entryKey(prefix, id))?.equals(id)) errors.push(`${index.name} lacks an entry`)
      }
    }
  }
  if (count !== collection.count) errors.push(`${count} documents, but the count says ${collection.count}`)
  for (const index of collection.indexes) {
    const entries = countEntries(store.index, index.id)
    if (entries !== wanted.get(index.id))
      errors.push(`${index.name} has ${entries} entries instead of ${wanted.get(index.id)}`)
  }
  return errors
}

function countEntries(database: Bytes, id: number): number {
  const start = numbered(id, Buffer.alloc(0))
  return database.getKeysCount({ start, end: Buffer.from(keyPrefixEnd(start)) })
}
