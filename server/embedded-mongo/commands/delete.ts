import type { Document } from 'bson'
import { failedToParse } from '../errors.js'
import { removeDocument } from '../storage/documents.js'
import { numbered } from '../storage/keys.js'
import { deadlineOf, fieldsOf, readCommand, readFields } from './arguments.js'
import { type Context, namespaceOf } from './context.js'
import { collectIds } from './update.js'
import { BULK, checkStatements, deleteLimit, runStatements } from './write-errors.js'

const DELETE = fieldsOf({ ...BULK, list: 'deletes' })
const STATEMENT = fieldsOf({ object: 'q', number: 'limit', refused: 'collation hint' })

/** `delete`: removes documents. */
export function deleteDocuments(command: Document, { store }: Context): Promise<Document> {
  const ns = namespaceOf(command)
  const { deletes, ordered = true, maxTimeMS } = readCommand(command, DELETE)
  checkStatements('deletes', deletes)
  const statements = deletes as Document[]
  // A wrong limit refuses the whole command, before anything is removed.
  for (const statement of statements) deleteLimit(readFields('delete.deletes', statement, STATEMENT).limit)
  return store.write(() => {
    let n = 0
    const errors = runStatements(statements.length, ordered, (i) => {
      const { q, limit } = readFields('delete.deletes', statements[i]!, STATEMENT)
      if (!q) throw failedToParse("BSON field 'delete.deletes.q' is missing but a required field")
      const collection = store.catalogue.find(ns)
      const selection = { filter: q, limit: deleteLimit(limit), deadline: deadlineOf(maxTimeMS) }
      for (const id of collectIds(store, collection, selection)) {
        removeDocument(store, collection!, id, store.data.getBinary(numbered(collection!.id, id))!)
        n++
      }
    })
    return { n, ...errors, ok: 1 }
  })
}
