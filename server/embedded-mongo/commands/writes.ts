import type { Document } from 'bson'
import { CommandError, refuse } from '../errors.js'
import { openQuery, type Selection } from '../plan/query.js'
import { compileProjection } from '../query/projection.js'
import type { Collection } from '../storage/catalogue.js'
import { insertDocument, removeDocument, replaceDocument } from '../storage/documents.js'
import { numbered } from '../storage/keys.js'
import type { Store } from '../storage/store.js'
import { compileUpdate, seedFromFilter, type Update } from '../update/update.js'
import { decode, encode } from '../values/raw.js'
import { type Context, readFields, readOn } from './command.js'

const MAX_STATEMENTS = 100_000

const BULK = { list: ['documents', 'updates', 'deletes'], flag: ['ordered'] } as const
const UPDATE = { object: ['q'], any: ['u'], flag: ['multi', 'upsert'] } as const
const DELETE = { object: ['q'], number: ['limit'] } as const
const FIND_AND_MODIFY = {
  object: ['query', 'sort', 'fields'],
  any: ['update'],
  flag: ['remove', 'new', 'upsert'],
} as const

/** Which documents a write is for: all are found before the first is changed, so that none is met twice. */
const matchingIds = (collection: Collection, selection: Selection): Buffer[] =>
  [...openQuery(collection, selection)].map(({ id }) => id)

/** Changes one document; tells it as it was and as it is: the very same bytes if nothing changed. */
function changeOne(collection: Collection, id: Buffer, update: Update) {
  const before = collection.store.data.getBinary(numbered(collection.id, id))!
  const doc = decode(before)
  const changed = update(doc, false)
  return { before, after: changed === doc ? before : replaceDocument(collection, id, doc, changed) }
}

/** Stores what an upsert makes when nothing matched. Gives the document. */
const upsertOne = (store: Store, ns: string, filter: Document, update: Update): Buffer =>
  insertDocument(store.catalogue.findOrCreate(ns), encode(update(seedFromFilter(filter), true)))

/**
 * Makes a command that runs its statements one by one: if `ordered` it stops at the first refusal, else it goes on.
 *
 * @param read reads each statement before any is run, and may refuse the whole command
 * @param run runs one statement and adds what it did to the reply
 */
function bulk<Sent, Statement>(
  field: 'documents' | 'updates' | 'deletes',
  read: (sent: Sent) => Statement,
  run: (store: Store, ns: string, statement: Statement, reply: Document, index: number) => void,
) {
  return (command: Document, { store }: Context): Promise<Document> => {
    const { ns, ordered = true, [field]: sent } = readOn(command, BULK)
    if (!sent) return refuse(40414, `BSON field '${field}' is missing but a required field`)
    if (sent.length < 1 || sent.length > MAX_STATEMENTS)
      refuse(16, `Write batch sizes must be between 1 and ${MAX_STATEMENTS}. Got ${sent.length} in '${field}'.`)
    const statements = (sent as Sent[]).map(read)
    const bytes = sent.reduce<number>((sum, one) => sum + (Buffer.isBuffer(one) ? one.length : 0), 0)
    return store.write(() => {
      const reply: Document = { n: 0 }
      for (const [i, statement] of statements.entries()) {
        noteRefusal(reply, i, () => run(store, ns, statement, reply, i))
        if (ordered && reply.writeErrors) break
      }
      return { ...reply, ok: 1 }
    }, bytes)
  }
}

/** Runs a statement; its refusal becomes part of the reply. */
function noteRefusal(reply: Document, index: number, run: () => void): void {
  try {
    run()
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    reply.writeErrors ??= []
    reply.writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.extra })
  }
}

const asSent = (raw: Buffer) => raw

/** `insert`: stores documents as they came. */
export const insert = bulk('documents', asSent, (store, ns, raw, reply) => {
  insertDocument(store.catalogue.findOrCreate(ns), raw)
  reply.n++
})

function readUpdate(sent: Document) {
  const { q, u, multi = false, upsert = false } = readFields('update.updates', sent, UPDATE)
  return { filter: q ?? refuse(9, "BSON field 'update.updates.q' is missing but a required field"), u, multi, upsert }
}

/** `update`: changes, replaces or upserts documents. */
export const update = bulk('updates', readUpdate, (store, ns, { filter, u, multi, upsert }, reply, index) => {
  const change = compileUpdate(u, multi)
  reply.nModified ??= 0
  const collection = store.catalogue.get(ns)
  const ids = matchingIds(collection, { filter, limit: multi ? 0 : 1 })
  for (const id of ids) {
    const { before, after } = changeOne(collection, id, change)
    reply.n++
    if (before !== after) reply.nModified++
  }
  if (ids.length > 0 || !upsert) return
  const { _id } = decode(upsertOne(store, ns, filter, change))
  reply.n++
  reply.upserted = [...(reply.upserted ?? []), { index, _id }]
})

function readDelete(sent: Document) {
  const { q, limit } = readFields('delete.deletes', sent, DELETE)
  if (!q || limit === undefined) return refuse(40414, "'delete.deletes' lacks the required field 'q' or 'limit'")
  if (limit !== 0 && limit !== 1) refuse(9, `The limit field in delete objects must be 0 or 1. Got ${limit}`)
  return { filter: q, limit }
}

/** `delete`: removes documents. */
export const deleteDocuments = bulk('deletes', readDelete, (store, ns, selection, reply) => {
  const collection = store.catalogue.get(ns)
  for (const id of matchingIds(collection, selection)) {
    removeDocument(collection, id)
    reply.n++
  }
})

/** `findAndModify`: changes, upserts or removes one document and gives it as it was or as it is. */
export function findAndModify(command: Document, { store }: Context): Promise<Document> {
  const read = readOn(command, FIND_AND_MODIFY)
  const { ns, query: filter = {}, remove = false, upsert = false, new: isNew = false, sort } = read
  if (remove === (read.update !== undefined) || (remove && (upsert || isNew)))
    refuse(9, 'Either an update or remove=true must be specified, and the latter without new and upsert')
  const change = remove ? undefined : compileUpdate(read.update)
  const project = compileProjection(read.fields)
  const reply = (lastErrorObject: Document, raw?: Buffer) => {
    return { lastErrorObject, value: raw ? decode(project(raw)) : null, ok: 1 }
  }
  return store.write(() => {
    const collection = store.catalogue.get(ns)
    const [id] = matchingIds(collection, { filter, sort, limit: 1 })
    if (!change) return id ? reply({ n: 1 }, removeDocument(collection, id)) : reply({ n: 0 })
    if (id) {
      const { before, after } = changeOne(collection, id, change)
      return reply({ n: 1, updatedExisting: true }, isNew ? after : before)
    }
    if (!upsert) return reply({ n: 0, updatedExisting: false })
    const raw = upsertOne(store, ns, filter, change)
    return reply({ n: 1, updatedExisting: false, upserted: decode(raw)._id }, isNew ? raw : undefined)
  })
}
