import { type Document, Int32 } from 'bson'
import { badValue, failedToParse } from '../errors.js'
import { pipelineFields, rootOf } from '../plan/filter-fields.js'
import { openQuery, type Selection } from '../plan/query.js'
import { distinctValues } from '../query/distinct.js'
import { compilePipeline } from '../query/pipeline.js'
import { decode, encode } from '../storage/raw-pick.js'
import { countOf, deadlineOf, readCommand, readFields } from './arguments.js'
import { type Context, namespaceOf } from './context.js'

const AGGREGATE = {
  pipeline: 'list',
  cursor: 'object',
  hint: 'any',
  allowDiskUse: 'flag',
  bypassDocumentValidation: 'flag',
  collation: 'refused',
  let: 'refused',
  explain: 'refused',
  exchange: 'refused',
  fromMongos: 'refused',
} as const

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

/** `aggregate`: the stages on the list, over one collection. */
export function aggregate(command: Document, context: Context): Buffer {
  if (typeof command.aggregate !== 'string') throw badValue('The embedded store aggregates over collections only')
  const ns = namespaceOf(command)
  const read = readCommand(command, AGGREGATE)
  if (!read.cursor)
    throw failedToParse("The 'cursor' option is required, except for aggregate with the explain argument")
  const { batchSize } = readFields('aggregate.cursor', read.cursor, { batchSize: 'number' })
  const stages = (read.pipeline ?? []) as Document[]
  const { match, run } = compilePipeline(stages)
  const selection = { filter: match, hint: read.hint, deadline: deadlineOf(read.maxTimeMS) }
  // Computed whole: a pipeline that paused half way would have to keep its place in the store.
  const results = [...run(documents(context, ns, selection, pipelineFields(stages)))].map(encode)
  let at = 0
  const source = { next: () => results[at++], pause: () => {} }
  return context.cursors.start(ns, source, batchSize === undefined ? undefined : countOf('batchSize', batchSize))
}

const COUNT = {
  query: 'object',
  skip: 'number',
  limit: 'number',
  hint: 'any',
  fields: 'any',
  collation: 'refused',
} as const

/** `count`: how many documents match; without a filter, the number that is kept. */
export function count(command: Document, context: Context): Document {
  const ns = namespaceOf(command)
  const { query: filter = {}, skip, limit = 0, hint, maxTimeMS } = readCommand(command, COUNT)
  const collection = context.store.catalogue.find(ns)
  const [from, most] = [countOf('skip', skip), Math.abs(limit)]
  if (Object.keys(filter).length === 0 && hint === undefined) {
    const left = Math.max(0, (collection?.count ?? 0) - from)
    return { n: new Int32(most > 0 ? Math.min(left, most) : left), ok: 1 }
  }
  const query = openQuery(context.store, collection, {
    filter,
    skip: from,
    limit: most,
    hint,
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
  const {
    key,
    query: filter = {},
    hint,
    maxTimeMS,
  } = readCommand(command, { key: 'text', query: 'object', hint: 'any', collation: 'refused' })
  if (!key) throw failedToParse("BSON field 'distinct.key' is missing but a required field")
  const selection = { filter, hint, deadline: deadlineOf(maxTimeMS) }
  return { values: distinctValues(documents(context, ns, selection, new Set([rootOf(key)])), key), ok: 1 }
}
