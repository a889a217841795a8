import { type Document, Int32 } from 'bson'
import { badValue, failedToParse } from '../errors.js'
import { rootOf } from '../plan/filter-fields.js'
import { openQuery, type Selection } from '../plan/query.js'
import { distinctValues } from '../query/distinct.js'
import { countGroups, readPipeline } from '../query/pipeline.js'
import { decode, encode } from '../storage/raw-pick.js'
import { countOf, deadlineOf, fieldsOf, readCommand, readFields } from './arguments.js'
import { type Context, namespaceOf } from './context.js'

const AGGREGATE = fieldsOf({
  list: 'pipeline',
  object: 'cursor',
  flag: 'allowDiskUse bypassDocumentValidation',
  refused: 'collation hint let explain exchange fromMongos',
})

const CURSOR = fieldsOf({ number: 'batchSize' })
const DISTINCT = fieldsOf({ text: 'key', object: 'query', refused: 'collation hint' })

/** The matching documents, decoded one by one. */
function* documents(
  context: Context,
  ns: string,
  selection: Selection,
  fields?: ReadonlySet<string>,
): Generator<Document> {
  const query = openQuery(context.store, context.store.catalogue.find(ns), selection)
  try {
    for (let match = query.next(); match; match = query.next()) yield decode(match.raw, fields)
  } finally {
    query.pause()
  }
}

/** `aggregate`: documents that match, or counts of them, over one collection. */
export function aggregate(command: Document, context: Context): Buffer {
  if (typeof command.aggregate !== 'string') throw badValue('The embedded store aggregates over collections only')
  const ns = namespaceOf(command)
  const read = readCommand(command, AGGREGATE)
  if (!read.cursor)
    throw failedToParse("The 'cursor' option is required, except for aggregate with the explain argument")
  const { batchSize } = readFields('aggregate.cursor', read.cursor, CURSOR)
  const { filters, skip, limit, grouping } = readPipeline(read.pipeline ?? [])
  const filter = filters.length === 1 ? filters[0]! : filters.length > 1 ? { $and: filters } : {}
  const selection = { filter, skip, limit, deadline: deadlineOf(read.maxTimeMS) }
  const size = batchSize === undefined ? undefined : countOf('batchSize', batchSize)
  if (!grouping) {
    const query = openQuery(context.store, context.store.catalogue.find(ns), selection)
    return context.cursors.start(ns, { next: () => query.next()?.raw, pause: () => query.pause() }, size)
  }
  const fields = new Set(grouping.path === undefined ? [] : [rootOf(grouping.path)])
  const groups = [...countGroups(documents(context, ns, selection, fields), grouping)].map(encode)
  return context.cursors.start(ns, { next: () => groups.shift(), pause: () => {} }, size)
}

const COUNT = fieldsOf({ object: 'query', number: 'skip limit', any: 'fields', refused: 'collation hint' })

/** `count`: how many documents match; without a filter, the number that is kept. */
export function count(command: Document, context: Context): Document {
  const ns = namespaceOf(command)
  const { query: filter = {}, skip, limit = 0, maxTimeMS } = readCommand(command, COUNT)
  const collection = context.store.catalogue.find(ns)
  const [from, most] = [countOf('skip', skip), Math.abs(limit)]
  if (Object.keys(filter).length === 0) {
    const left = Math.max(0, (collection?.count ?? 0) - from)
    return { n: new Int32(most > 0 ? Math.min(left, most) : left), ok: 1 }
  }
  const query = openQuery(context.store, collection, {
    filter,
    skip: from,
    limit: most,
    deadline: deadlineOf(maxTimeMS),
  })
  let n = 0
  try {
    while (query.next()) n++
  } finally {
    query.pause()
  }
  return { n: new Int32(n), ok: 1 }
}

/** `distinct`: the different values of a field, elements of arrays one by one. */
export function distinct(command: Document, context: Context): Document {
  const ns = namespaceOf(command)
  const { key, query: filter = {}, maxTimeMS } = readCommand(command, DISTINCT)
  if (!key) throw failedToParse("BSON field 'distinct.key' is missing but a required field")
  const selection = { filter, deadline: deadlineOf(maxTimeMS) }
  return { values: distinctValues(documents(context, ns, selection, new Set([rootOf(key)])), key), ok: 1 }
}
