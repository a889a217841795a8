import type { Document } from 'bson'
import { failedToParse } from '../errors.js'
import { type Match, openQuery, type Selection } from '../plan/query.js'
import type { Collection } from '../storage/catalogue.js'
import { insertDocument, replaceDocument } from '../storage/documents.js'
import { numbered } from '../storage/keys.js'
import { decode, encode } from '../storage/raw-pick.js'
import type { Store } from '../storage/store.js'
import { compileUpdate, type Update } from '../update/update.js'
import { seedFromFilter } from '../update/upsert.js'
import { deadlineOf, fieldsOf, readCommand, readFields } from './arguments.js'
import { type Context, findOrCreate, namespaceOf } from './context.js'
import { BULK, checkMulti, checkStatements, runStatements } from './write-errors.js'

const UPDATE = fieldsOf({ ...BULK, list: 'updates' })
const STATEMENT = fieldsOf({
  object: 'q sort',
  any: 'u',
  flag: 'multi upsert',
  list: 'arrayFilters',
  refused: 'collation hint c',
})

/** Compiles `u` of a statement; pipelines are refused. */
export function readUpdate(update: unknown, arrayFilters: unknown[] | undefined): Update {
  if (Array.isArray(update)) throw failedToParse('The embedded store does not offer updates by an aggregation pipeline')
  if (typeof update !== 'object' || update === null) throw failedToParse('Update argument must be an object')
  return compileUpdate(update, arrayFilters ? { arrayFilters: arrayFilters as Document[] } : {})
}

/** `update`: changes, replaces or upserts documents. */
export function update(command: Document, { store }: Context): Promise<Document> {
  const ns = namespaceOf(command)
  const { updates, ordered = true, maxTimeMS } = readCommand(command, UPDATE)
  checkStatements('updates', updates)
  const statements = updates as Document[]
  return store.write(() => {
    const upserted: Document[] = []
    const total = { n: 0, nModified: 0 }
    const errors = runStatements(statements.length, ordered, (i) => {
      const _id = runStatement(store, ns, statements[i]!, deadlineOf(maxTimeMS), total)
      if (_id !== undefined) upserted.push({ index: i, _id })
    })
    return { ...total, ...(upserted.length > 0 ? { upserted } : {}), ...errors, ok: 1 }
  })
}

function runStatement(
  store: Store,
  ns: string,
  sent: Document,
  deadline: number | undefined,
  total: { n: number; nModified: number },
): unknown {
  const { q, u, multi = false, upsert = false, arrayFilters, sort } = readFields('update.updates', sent, STATEMENT)
  if (!q) throw failedToParse("BSON field 'update.updates.q' is missing but a required field")
  checkMulti(multi, u)
  if (multi && sort) throw failedToParse('Cannot specify sort with multi=true')
  const change = readUpdate(u, arrayFilters)
  const collection = store.catalogue.find(ns)
  const ids = collectIds(store, collection, { filter: q, sort, limit: multi ? 0 : 1, deadline })
  for (const id of ids) {
    const isChanged = changeOne(store, collection!, id, q, change).isChanged
    total.n++
    if (isChanged) total.nModified++
  }
  if (ids.length > 0 || !upsert) return undefined
  const raw = insertDocument(store, findOrCreate(store, ns), upsertedDocument(q, change))
  total.n++
  return decode(raw, ID_ONLY)._id
}

const ID_ONLY = new Set(['_id'])

/** The document that an upsert stores when nothing matched. */
export function upsertedDocument(filter: Document, change: Update): Buffer {
  return encode(change.apply(seedFromFilter(filter), filter, true).doc)
}

/** Which documents a write is for: all are found before the first is changed, so that none is met twice. */
export function collectIds(store: Store, collection: Collection | undefined, selection: Selection): Buffer[] {
  const ids: Buffer[] = []
  const query = openQuery(store, collection, selection)
  try {
    for (let match: Match | undefined = query.next(); match; match = query.next()) ids.push(Buffer.from(match.id))
  } finally {
    query.pause()
  }
  return ids
}

/** Changes one document; tells it as it was and as it is. */
export function changeOne(store: Store, collection: Collection, id: Buffer, filter: Document, change: Update) {
  const before = store.data.getBinary(numbered(collection.id, id))!
  const decoded = decode(before)
  const { doc, changed } = change.apply(decoded, filter, false)
  return { isChanged: changed, before, after: changed ? replaceDocument(store, collection, id, decoded, doc) : before }
}
