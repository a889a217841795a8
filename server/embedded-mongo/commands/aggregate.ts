import { type Document, Int32 } from 'bson'
import { badValue, failedToParse } from '../errors.js'
import { pipelineFields, rootOf } from '../plan/filter-fields.js'
import { openQuery, type Selection, tooMuchMemory } from '../plan/query.js'
import { distinctValues } from '../query/distinct.js'
import { compilePipeline } from '../query/pipeline.js'
import { decode, encode } from '../storage/raw-pick.js'
import { countOf, deadlineOf, fieldsOf, readCommand, readFields } from './arguments.js'
import { type Context, namespaceOf } from './context.js'

const MAX_RESULT_BYTES = 100 * 1024 * 1024

const AGGREGATE = fieldsOf({
  list: 'pipeline',
  object: 'cursor',
  any: 'hint',
  flag: 'allowDiskUse bypassDocumentValidation',
  refused: 'collation let explain exchange fromMongos',
})

const CURSOR = fieldsOf({ number: 'batchSize' })
const DISTINCT = fieldsOf({ text: 'key', object: 'query', any: 'hint', refused: 'collation' })

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

/** Computed whole: a pipeline that paused half way would have to keep its place in the store. */
function collect(docs: Iterable<Document>): Buffer[] {
  const results: Buffer[] = []
  let bytes = 0
  for (const doc of docs) {
    const raw = encode(doc)
    bytes += raw.length
    if (bytes > MAX_RESULT_BYTES)
      throw tooMuchMemory('The result of an aggregation; use find, which gives it in batches')
    results.push(raw)
  }
  return results
}

/** `aggregate`: the stages on the list, over one collection. */
export function aggregate(command: Document, context: Context): Buffer {
  if (typeof command.aggregate !== 'string') throw badValue('The embedded store aggregates over collections only')
  const ns = namespaceOf(command)
  const read = readCommand(command, AGGREGATE)
  if (!read.cursor)
    throw failedToParse("The 'cursor' option is required, except for aggregate with the explain argument")
  const { batchSize } = readFields('aggregate.cursor', read.cursor, CURSOR)
  const stages = (read.pipeline ?? []) as Document[]
  const { match, run } = compilePipeline(stages)
  const selection = { filter: match, hint: read.hint, deadline: deadlineOf(read.maxTimeMS) }
  const results = collect(run(documents(context, ns, selection, pipelineFields(stages))))
  let at = 0
  const source = { next: () => results[at++], pause: () => {} }
  return context.cursors.start(ns, source, batchSize === undefined ? undefined : countOf('batchSize', batchSize))
}

const COUNT = fieldsOf({ object: 'query', number: 'skip limit', any: 'hint fields', refused: 'collation' })

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
  const { key, query: filter = {}, hint, maxTimeMS } = readCommand(command, DISTINCT)
  if (!key) throw failedToParse("BSON field 'distinct.key' is missing but a required field")
  const selection = { filter, hint, deadline: deadlineOf(maxTimeMS) }
  return { values: distinctValues(documents(context, ns, selection, new Set([rootOf(key)])), key), ok: 1 }
}
