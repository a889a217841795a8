import type { Document } from 'bson'
import { insertDocument } from '../storage/documents.js'
import { fieldsOf, readCommand } from './arguments.js'
import { type Context, findOrCreate, namespaceOf } from './context.js'
import { BULK, checkStatements, runStatements } from './write-errors.js'

const INSERT = fieldsOf({ ...BULK, list: 'documents' })

/** `insert`: stores documents as they came. */
export function insert(command: Document, { store }: Context): Promise<Document> {
  const ns = namespaceOf(command)
  const { documents, ordered = true } = readCommand(command, INSERT)
  checkStatements('documents', documents)
  const raws = documents as Buffer[]
  const bytes = raws.reduce((sum, { length }) => sum + length, 0)
  return store.write(() => {
    let n = 0
    const collection = findOrCreate(store, ns)
    const errors = runStatements(raws.length, ordered, (i) => {
      insertDocument(store, collection, raws[i]!)
      n++
    })
    return { n, ...errors, ok: 1 }
  }, bytes)
}
