import type { Document } from 'bson'
import { CommandError } from '../errors.js'
import { compileProjection } from '../query/projection.js'
import { removeDocument } from '../storage/documents.js'
import { compileUpdate } from '../update/update.js'
import { decode } from '../values/raw.js'
import { fieldsOf, readCommand } from './arguments.js'
import { changeOne, matchingIds, upsertOne } from './changes.js'
import { type Context, namespaceOf } from './context.js'

const FIELDS = fieldsOf({
  object: 'query sort fields',
  any: 'update',
  flag: 'remove new upsert bypassDocumentValidation',
})

/** `findAndModify`: changes, upserts or removes one document and gives it as it was or as it is. */
export function findAndModify(command: Document, { store }: Context): Promise<Document> {
  const ns = namespaceOf(command)
  const read = readCommand(command, FIELDS)
  const { query: filter = {}, remove = false, upsert = false, new: isNew = false, sort, deadline } = read
  if (remove === (read.update !== undefined) || (remove && (upsert || isNew)))
    throw new CommandError(
      9,
      'Either an update or remove=true must be specified, and the latter without new and upsert',
    )
  const change = remove ? undefined : compileUpdate(read.update)
  const project = compileProjection(read.fields)
  const shown = (raw: Buffer | undefined) => (raw ? decode(project(raw)) : null)
  return store.write(() => {
    const collection = store.catalogue.find(ns)
    const [id] = matchingIds(store, collection, { filter, sort, limit: 1, deadline })
    const reply = (lastErrorObject: Document, value?: Buffer) => ({ lastErrorObject, value: shown(value), ok: 1 })
    if (!change) return id ? reply({ n: 1 }, removeDocument(store, collection!, id)) : reply({ n: 0 })
    if (id) {
      const { before, after } = changeOne(store, collection!, id, change)
      return reply({ n: 1, updatedExisting: true }, isNew ? after : before)
    }
    if (!upsert) return reply({ n: 0, updatedExisting: false })
    const raw = upsertOne(store, ns, filter, change)
    return reply({ n: 1, updatedExisting: false, upserted: decode(raw)._id }, isNew ? raw : undefined)
  })
}
