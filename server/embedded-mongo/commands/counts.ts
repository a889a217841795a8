import { type Document, Int32 } from 'bson'
import { refuse } from '../errors.js'
import { openQuery } from '../plan/query.js'
import { keyText } from '../values/key.js'
import { toDouble } from '../values/numbers.js'
import { MISSING, rootOf, walkPath } from '../values/path.js'
import { decode, encode } from '../values/raw.js'
import { isArray, isDocument, isNumeric } from '../values/types.js'
import { type Context, readFields, readOn } from './command.js'

function countMatches({ store }: Context, ns: string, filter: Document): number {
  let n = 0
  for (const _ of openQuery(store.catalogue.get(ns), { filter })) n++
  return n
}

/** `count`: how many documents match; without a filter, the number that is kept. */
export function count(command: Document, context: Context): Document {
  const { ns, query = {} } = readOn(command, { query: 'object' })
  const isAll = Object.keys(query).length === 0
  const n = isAll ? context.store.catalogue.get(ns).count : countMatches(context, ns, query)
  return { n: new Int32(n), ok: 1 }
}

/** `distinct`: the different values of a field, in the order of their first appearance; arrays by their elements. */
export function distinct(command: Document, { store }: Context): Document {
  const { ns, key, query: filter = {} } = readOn(command, { key: 'text', query: 'object' })
  if (!key) return refuse(9, "BSON field 'distinct.key' is missing but a required field")
  const [values, parts] = [new Map<string, unknown>(), key.split('.')]
  for (const { raw } of openQuery(store.catalogue.get(ns), { filter })) {
    walkPath(decode(raw, new Set([rootOf(key)])), parts, 0, (value) => {
      const found = isArray(value) ? value : value === MISSING ? [] : [value]
      for (const one of found) if (!values.has(keyText(one))) values.set(keyText(one), one)
      return false
    })
  }
  return { values: [...values.values()], ok: 1 }
}

/** What a stage gives to the pipeline: a filter, or the result under which documents are counted. */
export const STAGES: Readonly<Record<string, (spec: Document) => { filter: Document } | { group: Document }>> = {
  $match: (filter) => ({ filter }),
  $group: (group) => ({ group: readGroup(group) }),
}

/** Reads a `$group` that counts: a constant as `_id`, and fields by `{$sum: 1}`. */
function readGroup(spec: Document): Document {
  const { _id: id, ...fields } = spec
  if (id === undefined) refuse(15955, 'a group specification must include an _id')
  if (typeof id === 'string' ? id.startsWith('$') : id !== null && !isNumeric(id))
    refuse(168, 'The embedded store counts under a constant only: null, a number or a text')
  for (const [name, field] of Object.entries(fields)) {
    const isCount = isDocument(field) && Object.keys(field).join() === '$sum' && isNumeric(field.$sum)
    if (!isCount || toDouble(field.$sum) !== 1 || name.includes('.'))
      refuse(15952, `The embedded store only counts, by {$sum: 1}, unlike '${name}'`)
  }
  return spec
}

function readStage(stage: unknown) {
  const [name = '', ...others] = isDocument(stage) ? Object.keys(stage) : []
  if (name === '' || others.length > 0) refuse(40323, 'A pipeline stage must have exactly one field')
  if (name === '$changeStream') refuse(40573, 'Change streams are only supported on replica sets')
  if (!Object.hasOwn(STAGES, name)) refuse(40324, `The embedded store has no stage '${name}'`)
  const spec: unknown = (stage as Document)[name]
  return isDocument(spec) ? STAGES[name]!(spec) : refuse(name === '$match' ? 15959 : 15947, `${name} needs an object`)
}

/**
 * `aggregate`: a count of the documents that pass all `$match`, as drivers send it for `countDocuments`.
 *
 * @throws {CommandError} 40324 on another stage or order, 40573 on a change stream, and each stage's own codes
 */
export function aggregate(command: Document, context: Context): Buffer {
  const { ns, pipeline = [], cursor } = readOn(command, { pipeline: 'list', cursor: 'object' })
  if (!cursor) return refuse(9, "The 'cursor' option is required")
  const { batchSize } = readFields('aggregate.cursor', cursor, { batchSize: 'number' })
  const stages = pipeline.map(readStage)
  const filters = stages.flatMap((stage) => ('filter' in stage ? [stage.filter] : []))
  const last = stages.at(-1)
  if (!last || !('group' in last) || filters.length < stages.length - 1)
    return refuse(40324, 'The embedded store counts only: one $group at the end, and nothing but $match before it')
  const n = countMatches(context, ns, filters.length > 0 ? { $and: filters } : {})
  const { _id, ...names } = last.group
  const counted = { _id, ...Object.fromEntries(Object.keys(names).map((name) => [name, new Int32(n)])) }
  return context.cursors.start(ns, (n > 0 ? [encode(counted)] : []).values(), batchSize)
}
