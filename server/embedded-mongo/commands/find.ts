import { type Document, Long } from 'bson'
import { badValue, CommandError } from '../errors.js'
import { openQuery, type Query } from '../plan/query.js'
import { compileProjection } from '../query/projection.js'
import { decode, encode, pickRaw } from '../storage/raw-pick.js'
import { countOf, deadlineOf, fieldsOf, readCommand, toNumber } from './arguments.js'
import { type Context, databaseOf, namespaceOf } from './context.js'
import type { Source } from './cursors.js'

const FIND = fieldsOf({
  object: 'filter sort projection',
  number: 'skip limit batchSize',
  flag: 'singleBatch allowDiskUse allowPartialResults',
  refused: 'collation hint let min max returnKey showRecordId tailable awaitData oplogReplay noCursorTimeout',
})

const GET_MORE = fieldsOf({ text: 'collection', number: 'batchSize' })
const KILL_CURSORS = fieldsOf({ list: 'cursors' })

/** `find`: the first batch of the documents that match. */
export function find(command: Document, { store, cursors }: Context): Buffer {
  const ns = namespaceOf(command)
  const read = readCommand(command, FIND)
  const limit = countOf('limit', read.limit)
  const project = projector(read.projection)
  const query = openQuery(store, store.catalogue.find(ns), {
    filter: read.filter ?? {},
    sort: read.sort,
    skip: countOf('skip', read.skip),
    limit,
    deadline: deadlineOf(read.maxTimeMS),
  })
  const batchSize = read.batchSize === undefined ? undefined : countOf('batchSize', read.batchSize)
  return cursors.start(ns, projected(query, project), batchSize, read.singleBatch)
}

function projected(query: Query, project: (raw: Buffer) => Buffer): Source {
  return {
    next() {
      const match = query.next()
      return match && project(match.raw)
    },
    pause: () => query.pause(),
  }
}

/** Compiles a projection to work on stored documents, without decoding where it only names top-level fields. */
export function projector(spec: Document | undefined): (raw: Buffer) => Buffer {
  if (!spec || Object.keys(spec).length === 0) return (raw) => raw
  const project = compileProjection(spec)
  const others = Object.entries(spec).filter(([name]) => name !== '_id')
  const flags = Object.values(spec).map((value) => (typeof value === 'boolean' ? value : toNumber(value)))
  const isPlain = flags.every((flag) => flag !== undefined) && Object.keys(spec).every((name) => !/[.$]/.test(name))
  if (!isPlain) return (raw) => encode(project(decode(raw)))
  const includes = (value: unknown) => (typeof value === 'boolean' ? value : toNumber(value) !== 0)
  const isInclusion = includes(others[0]?.[1] ?? spec._id)
  const names = new Set(others.map(([name]) => name))
  const hasId = includes(spec._id ?? true)
  if (hasId === isInclusion) names.add('_id')
  return (raw) => pickRaw(raw, names, !isInclusion)
}

/** `getMore`: the next batch of a cursor. */
export function getMore(command: Document, { cursors }: Context): Buffer {
  const { collection, batchSize } = readCommand(command, GET_MORE)
  const id = command.getMore
  if (!(id instanceof Long))
    throw new CommandError(14, 'TypeMismatch', "BSON field 'getMore.getMore' must be of type 'long'")
  return cursors.more(id.toBigInt(), `${databaseOf(command)}.${collection}`, batchSize)
}

/** `killCursors`: forgets cursors. */
export function killCursors(command: Document, { cursors: open }: Context): Document {
  const { cursors } = readCommand(command, KILL_CURSORS)
  if (!cursors?.every((id) => id instanceof Long)) throw badValue("'cursors' must be a list of cursor ids")
  const ns = namespaceOf(command)
  const killed = cursors.filter((id) => open.kill((id as Long).toBigInt(), ns))
  const notFound = cursors.filter((id) => !killed.includes(id))
  return { cursorsKilled: killed, cursorsNotFound: notFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 }
}
