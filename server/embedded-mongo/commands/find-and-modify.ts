import type { Document } from 'bson'
import { failedToParse } from '../errors.js'
import { insertDocument, removeDocument } from '../storage/documents.js'
import { numbered } from '../storage/keys.js'
import { decode } from '../storage/raw-pick.js'
import { deadlineOf, fieldsOf, readCommand } from './arguments.js'
import { type Context, findOrCreate, namespaceOf } from './context.js'
import { projector } from './find.js'
import { changeOne, collectIds, readUpdate, upsertedDocument } from './update.js'

const FIND_AND_MODIFY = fieldsOf({
  object: 'query sort fields',
  any: 'update',
  flag: 'remove new upsert bypassDocumentValidation',
  list: 'arrayFilters',
  refused: 'collation hint let stmtId',
})

/** `findAndModify`: changes, upserts or removes one document and gives it as it was or as it is. */
export function findAndModify(command: Document, { store }: Context): Promise<Document> {
  const ns = namespaceOf(command)
  const read = readCommand(command, FIND_AND_MODIFY)
  const { query: filter = {}, remove = false, upsert = false, new: isNew = false, sort } = read
  if (remove === (read.update !== undefined)) throw failedToParse('Either an update or remove=true must be specified')
  if (remove && (upsert || isNew))
    throw failedToParse(`Cannot specify both ${upsert ? 'upsert' : 'new'}=true and remove=true`)
  const change = remove ? undefined : readUpdate(read.update, read.arrayFilters)
  const project = projector(read.fields)
  const shown = (raw: Buffer | undefined) => (raw ? decode(project(raw)) : null)
  return store.write(() => {
    const collection = store.catalogue.find(ns)
    const [id] = collectIds(store, collection, { filter, sort, limit: 1, deadline: deadlineOf(read.maxTimeMS) })
    if (id && !change) {
      const raw = store.data.getBinary(numbered(collection!.id, id))!
      removeDocument(store, collection!, id, raw)
      return { lastErrorObject: { n: 1 }, value: shown(raw), ok: 1 }
    }
    if (id) {
      const { before, after } = changeOne(store, collection!, id, filter, change!)
      return { lastErrorObject: { n: 1, updatedExisting: true }, value: shown(isNew ? after : before), ok: 1 }
    }
    if (!change) return { lastErrorObject: { n: 0 }, value: null, ok: 1 }
    if (!upsert) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null, ok: 1 }
    const raw = insertDocument(store, findOrCreate(store, ns), upsertedDocument(filter, change))
    const upserted = decode(raw)._id
    return { lastErrorObject: { n: 1, updatedExisting: false, upserted }, value: isNew ? shown(raw) : null, ok: 1 }
  })
}
