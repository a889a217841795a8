import { type Document, Long } from 'bson'
import { refuse } from '../errors.js'
import { openQuery } from '../plan/query.js'
import { compileProjection } from '../query/projection.js'
import { type Context, countOf, readCommand, readOn } from './command.js'

const FIND = {
  filter: 'object',
  sort: 'object',
  projection: 'object',
  skip: 'number',
  limit: 'number',
  batchSize: 'number',
  singleBatch: 'flag',
} as const

/** `find`: the first batch of the documents that match. */
export function find(command: Document, { store, cursors }: Context): Buffer {
  const { ns, filter = {}, projection, sort, skip, limit, batchSize, singleBatch } = readOn(command, FIND)
  const project = compileProjection(projection)
  const window = { skip: countOf('skip', skip), limit: countOf('limit', limit) }
  const found = openQuery(store.catalogue.get(ns), { filter, sort, ...window })
  return cursors.start(ns, projected(found, project), batchSize && countOf('batchSize', batchSize), singleBatch)
}

function* projected(found: Iterable<{ raw: Buffer }>, project: (raw: Buffer) => Buffer): Generator<Buffer> {
  for (const { raw } of found) yield project(raw)
}

/** The number of a cursor, as drivers send it back. @throws {CommandError} 14 */
const cursorId = (value: unknown): bigint =>
  value instanceof Long ? value.toBigInt() : refuse(14, 'The id of a cursor must be of type long')

/** `getMore`: the next batch of a cursor. */
export function getMore(command: Document, { cursors }: Context): Buffer {
  const { db, target, collection, batchSize } = readCommand(command, { collection: 'text', batchSize: 'number' })
  return cursors.more(cursorId(target), `${db}.${collection}`, countOf('batchSize', batchSize))
}

/** `killCursors`: forgets cursors. */
export function killCursors(command: Document, { cursors: open }: Context): Document {
  const { ns, cursors } = readOn(command, { cursors: 'list' })
  if (!cursors) return refuse(2, "'cursors' must be a list of cursor ids")
  const killed = cursors.filter((id) => open.kill(cursorId(id), ns))
  const cursorsNotFound = cursors.filter((id) => !killed.includes(id))
  return { cursorsKilled: killed, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 }
}
