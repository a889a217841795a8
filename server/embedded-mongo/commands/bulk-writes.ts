import type { Document } from 'bson'
import { CommandError } from '../errors.js'
import { insertDocument, removeDocument } from '../storage/documents.js'
import type { Store } from '../storage/store.js'
import { compileUpdate } from '../update/update.js'
import { decode } from '../values/raw.js'
import { fieldsOf, readCommand, readFields } from './arguments.js'
import { changeOne, matchingIds, upsertOne } from './changes.js'
import { type Context, namespaceOf } from './context.js'

const MAX_STATEMENTS = 100_000

const BULK = fieldsOf({ list: 'documents updates deletes', flag: 'ordered bypassDocumentValidation' })
const UPDATE = fieldsOf({ object: 'q sort', any: 'u', flag: 'multi upsert' })
const DELETE = fieldsOf({ object: 'q', number: 'limit' })

/** What a statement works on. */
interface Place {
  readonly store: Store
  readonly ns: string
  readonly deadline: number | undefined
}

/** Runs one statement and adds what it did to the reply. */
type Run<Statement> = (place: Place, statement: Statement, reply: Document, i: number) => void

function checkStatements(field: string, statements: readonly unknown[] | undefined): void {
  if (!statements) throw new CommandError(40414, `BSON field '${field}' is missing but a required field`)
  const count = statements.length
  if (count >= 1 && count <= MAX_STATEMENTS) return
  throw new CommandError(16, `Write batch sizes must be between 1 and ${MAX_STATEMENTS}. Got ${count} in '${field}'.`)
}

/**
 * Makes a command that runs its statements one by one: if `ordered` it stops at the first refusal, else it goes on.
 *
 * @param check looks at a statement before any is run, and may refuse the whole command
 */
function bulk<Statement>(
  field: 'documents' | 'updates' | 'deletes',
  check: (statement: Statement) => void,
  run: Run<Statement>,
) {
  return (command: Document, { store }: Context): Promise<Document> => {
    const ns = namespaceOf(command)
    const { ordered = true, deadline, [field]: list } = readCommand(command, BULK)
    checkStatements(field, list)
    const statements = list as Statement[]
    statements.forEach(check)
    const bytes = statements.reduce((sum, one) => sum + (Buffer.isBuffer(one) ? one.length : 0), 0)
    return store.write(() => {
      const reply: Document = { n: 0 }
      const isStopped = () => ordered && reply.writeErrors !== undefined
      for (let i = 0; i < statements.length && !isStopped(); i++)
        noteRefusal(reply, i, () => run({ store, ns, deadline }, statements[i]!, reply, i))
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

/** `insert`: stores documents as they came. */
export const insert = bulk<Buffer>(
  'documents',
  () => {},
  ({ store, ns }, raw, reply) => {
    insertDocument(store, store.catalogue.findOrCreate(ns), raw)
    reply.n++
  },
)

/** `update`: changes, replaces or upserts documents. */
export const update = bulk<Document>(
  'updates',
  () => {},
  ({ store, ns, deadline }, statement, reply, i) => {
    const { q, u, sort, multi = false, upsert = false } = readFields('update.updates', statement, UPDATE)
    if (!q) throw new CommandError(9, "BSON field 'update.updates.q' is missing but a required field")
    if (multi && sort) throw new CommandError(9, 'Cannot specify sort with multi=true')
    const change = compileUpdate(u, multi)
    reply.nModified ??= 0
    const collection = store.catalogue.find(ns)
    const ids = matchingIds(store, collection, { filter: q, sort, limit: multi ? 0 : 1, deadline })
    for (const id of ids) {
      const { before, after } = changeOne(store, collection!, id, change)
      reply.n++
      if (before !== after) reply.nModified++
    }
    if (ids.length > 0 || !upsert) return
    const { _id } = decode(upsertOne(store, ns, q, change))
    reply.n++
    reply.upserted = [...(reply.upserted ?? []), { index: i, _id }]
  },
)

/** A wrong limit refuses the whole command, before anything is removed. */
function readDelete(statement: Document) {
  const { q, limit } = readFields('delete.deletes', statement, DELETE)
  if (!q || limit === undefined)
    throw new CommandError(40414, "BSON field 'delete.deletes' lacks the required field 'q' or 'limit'")
  if (limit !== 0 && limit !== 1)
    throw new CommandError(9, `The limit field in delete objects must be 0 or 1. Got ${limit}`)
  return { filter: q, limit }
}

/** `delete`: removes documents. */
export const deleteDocuments = bulk<Document>('deletes', readDelete, ({ store, ns, deadline }, statement, reply) => {
  const collection = store.catalogue.find(ns)
  for (const id of matchingIds(store, collection, { ...readDelete(statement), deadline })) {
    removeDocument(store, collection!, id)
    reply.n++
  }
})
