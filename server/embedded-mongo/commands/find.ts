import { type Document, Long } from 'bson'
import { CommandError } from '../errors.js'
import { openQuery } from '../plan/query.js'
import { compileProjection } from '../query/projection.js'
import { countOf, fieldsOf, readCommand } from './arguments.js'
import { type Context, databaseOf, namespaceOf } from './context.js'

const FIND = fieldsOf({
  object: 'filter sort projection',
  number: 'skip limit batchSize',
  flag: 'singleBatch allowDiskUse allowPartialResults',
})
const GET_MORE = fieldsOf({ text: 'collection', number: 'batchSize' })
const KILL_CURSORS = fieldsOf({ list: 'cursors' })

/** `find`: the first batch of the documents that match. */
export function find(command: Document, { store, cursors }: Context): Buffer {
  const ns = namespaceOf(command)
  const { filter = {}, projection, sort, skip, limit, batchSize, singleBatch, deadline } = readCommand(command, FIND)
  const project = compileProjection(projection)
  const window = { skip: countOf('skip', skip), limit: countOf('limit', limit) }
  const found = openQuery(store, store.catalogue.find(ns), { filter, sort, ...window, deadline })
  const size = batchSize === undefined ? undefined : countOf('batchSize', batchSize)
  return cursors.start(
    ns,
    mapped(found, ({ raw }) => project(raw)),
    size,
    singleBatch,
  )
}

/** What `map` makes of each item, when it is asked for. */
export function* mapped<From, To>(items: Iterable<From>, map: (item: From) => To): Generator<To, undefined> {
  for (const item of items) yield map(item)
}

/** The number of a cursor, as drivers send it back. @throws {CommandError} 14 */
function cursorId(value: unknown): bigint {
  if (value instanceof Long) return value.toBigInt()
  throw new CommandError(14, 'The id of a cursor must be of type long')
}

/** `getMore`: the next batch of a cursor. */
export function getMore(command: Document, { cursors }: Context): Buffer {
  const { collection, batchSize } = readCommand(command, GET_MORE)
  return cursors.more(
    cursorId(command.getMore),
    `${databaseOf(command)}.${collection}`,
    countOf('batchSize', batchSize),
  )
}

/** `killCursors`: forgets cursors. */
export function killCursors(command: Document, { cursors: open }: Context): Document {
  const { cursors } = readCommand(command, KILL_CURSORS)
  if (!cursors) throw new CommandError(2, "'cursors' must be a list of cursor ids")
  const ns = namespaceOf(command)
  const killed = cursors.filter((id) => open.kill(cursorId(id), ns))
  const cursorsNotFound = cursors.filter((id) => !killed.includes(id))
  return { cursorsKilled: killed, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 }
}
