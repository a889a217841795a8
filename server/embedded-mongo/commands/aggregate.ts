import { type Document, Int32 } from 'bson'
import { CommandError } from '../errors.js'
import { openQuery, type Selection } from '../plan/query.js'
import { distinctValues } from '../query/distinct.js'
import { readPipeline } from '../query/pipeline.js'
import { rootOf } from '../values/path.js'
import { decode, encode } from '../values/raw.js'
import { countOf, fieldsOf, readCommand, readFields } from './arguments.js'
import { type Context, namespaceOf } from './context.js'
import { mapped } from './find.js'

const AGGREGATE = fieldsOf({ list: 'pipeline', object: 'cursor', flag: 'allowDiskUse bypassDocumentValidation' })
const CURSOR = fieldsOf({ number: 'batchSize' })
const COUNT = fieldsOf({ object: 'query', number: 'skip limit', any: 'fields' })
const DISTINCT = fieldsOf({ text: 'key', object: 'query' })

const select = ({ store }: Context, ns: string, selection: Selection) =>
  openQuery(store, store.catalogue.find(ns), selection)

/** `aggregate`: documents that match, or counts of them, over one collection. */
export function aggregate(command: Document, context: Context): Buffer {
  const ns = namespaceOf(command)
  const { pipeline = [], cursor, deadline } = readCommand(command, AGGREGATE)
  if (!cursor) throw new CommandError(9, "The 'cursor' option is required")
  const { batchSize } = readFields('aggregate.cursor', cursor, CURSOR)
  const size = batchSize === undefined ? undefined : countOf('batchSize', batchSize)
  const { filters, group, ...window } = readPipeline(pipeline)
  const found = select(context, ns, { filter: filters.length > 0 ? { $and: filters } : {}, ...window, deadline })
  if (!group)
    return context.cursors.start(
      ns,
      mapped(found, ({ raw }) => raw),
      size,
    )
  let n = 0
  for (const _ of found) n++
  const counted = encode({ _id: group.id, ...Object.fromEntries(group.names.map((name) => [name, new Int32(n)])) })
  return context.cursors.start(ns, (n > 0 ? [counted] : []).values(), size)
}

/** `count`: how many documents match; without a filter, the number that is kept. */
export function count(command: Document, context: Context): Document {
  const ns = namespaceOf(command)
  const { query: filter = {}, skip, limit = 0, deadline } = readCommand(command, COUNT)
  const [from, most] = [countOf('skip', skip), Math.abs(limit) || Number.POSITIVE_INFINITY]
  const isAll = Object.keys(filter).length === 0
  let n = isAll ? (context.store.catalogue.find(ns)?.count ?? 0) : 0
  if (!isAll) for (const _ of select(context, ns, { filter, deadline })) n++
  return { n: new Int32(Math.min(most, Math.max(0, n - from))), ok: 1 }
}

/** `distinct`: the different values of a field, elements of arrays one by one. */
export function distinct(command: Document, context: Context): Document {
  const ns = namespaceOf(command)
  const { key, query: filter = {}, deadline } = readCommand(command, DISTINCT)
  if (!key) throw new CommandError(9, "BSON field 'distinct.key' is missing but a required field")
  const fields = new Set([rootOf(key)])
  const docs = mapped(select(context, ns, { filter, deadline }), ({ raw }) => decode(raw, fields))
  return { values: distinctValues(docs, key), ok: 1 }
}
