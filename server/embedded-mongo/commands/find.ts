import { type Document, Int32, Long } from 'bson'
import { refuse } from '../errors.js'
import { openQuery } from '../plan/query.js'
import { compileProjection } from '../query/projection.js'
import { wholeRange } from '../storage/keys.js'
import { encode } from '../values/raw.js'
import { isDocument } from '../values/types.js'
import { type Context, countOf, readCommand, readFields, readOn } from './command.js'

const FIND = {
  object: ['filter', 'sort', 'projection'],
  number: ['skip', 'limit', 'batchSize'],
  flag: ['singleBatch'],
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
  const { db, target, collection, batchSize } = readCommand(command, {
    text: ['collection'],
    number: ['batchSize'],
  } as const)
  return cursors.more(cursorId(target), `${db}.${collection}`, countOf('batchSize', batchSize))
}

/** `killCursors`: forgets cursors. */
export function killCursors(command: Document, { cursors: open }: Context): Document {
  const { ns, cursors } = readOn(command, { list: ['cursors'] })
  if (!cursors) return refuse(2, "'cursors' must be a list of cursor ids")
  const killed = cursors.filter((id) => open.kill(cursorId(id), ns))
  const cursorsNotFound = cursors.filter((id) => !killed.includes(id))
  return { cursorsKilled: killed, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 }
}

function countMatches({ store }: Context, ns: string, filter: Document): number {
  const collection = store.catalogue.get(ns)
  if (Object.keys(filter).length === 0) return store.data.getKeysCount(wholeRange(collection.id))
  let n = 0
  for (const _ of openQuery(collection, { filter })) n++
  return n
}

/** `count`: how many documents match. */
export function count(command: Document, context: Context): Document {
  const { ns, query = {} } = readOn(command, { object: ['query'] })
  return { n: new Int32(countMatches(context, ns, query)), ok: 1 }
}

/** How drivers go on after the `$match` of a `countDocuments`. */
const COUNT = encode({ $group: { _id: 1, n: { $sum: 1 } } })

const isStage = (stage: unknown, name: string): stage is Document =>
  isDocument(stage) && Object.keys(stage).join() === name

/**
 * `aggregate`: the one pipeline that drivers send for `countDocuments`.
 *
 * @throws {CommandError} 40573 on a change stream, 40324 on every other pipeline
 */
export function aggregate(command: Document, context: Context): Buffer {
  const { ns, pipeline = [], cursor } = readOn(command, { list: ['pipeline'], object: ['cursor'] })
  if (!cursor) return refuse(9, "The 'cursor' option is required")
  const { batchSize } = readFields('aggregate.cursor', cursor, { number: ['batchSize'] })
  const [match, group] = pipeline
  if (isStage(match, '$changeStream')) refuse(40573, 'Change streams are only supported on replica sets')
  const isCount = pipeline.length === 2 && isStage(group, '$group') && encode(group).equals(COUNT)
  if (!isCount || !isStage(match, '$match') || !isDocument(match.$match))
    return refuse(40324, 'The embedded store has one pipeline only: $match, then {$group: {_id: 1, n: {$sum: 1}}}')
  const n = countMatches(context, ns, match.$match)
  return context.cursors.start(ns, (n > 0 ? [encode({ _id: 1, n: new Int32(n) })] : []).values(), batchSize)
}
