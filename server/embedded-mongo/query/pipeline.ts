import { type Document, Int32 } from 'bson'
import { CommandError } from '../errors.js'
import { keyText } from '../values/key.js'
import { toDouble } from '../values/numbers.js'
import { fieldOf, MISSING } from '../values/path.js'
import { isArray, isDocument, isNumeric, setField } from '../values/types.js'

/** Counts documents by the value of a field, or all of them under one constant. */
export interface Grouping {
  readonly idOf: (doc: Document) => unknown
  /** The path that `idOf` looks at, if any. */
  readonly paths: string[]
  /** The fields that the count is given in. */
  readonly names: readonly string[]
}

/** A pipeline: what to select, and how to count it. */
export interface Pipeline {
  readonly filters: Document[]
  skip: number
  limit: number
  grouping?: Grouping
}

function countOf(stage: string, code: number, value: unknown): number {
  const count = isNumeric(value) ? toDouble(value) : Number.NaN
  if (Number.isInteger(count) && count >= 0) return count
  throw new CommandError(code, `invalid argument to ${stage} stage: Expected a non-negative whole number in: ${stage}`)
}

function match(pipeline: Pipeline, spec: unknown): void {
  if (!isDocument(spec)) throw new CommandError(15959, 'the match filter must be an expression in an object')
  pipeline.filters.push(spec)
}

function skip(pipeline: Pipeline, spec: unknown): void {
  pipeline.skip = countOf('$skip', 5107200, spec)
}

function limit(pipeline: Pipeline, spec: unknown): void {
  pipeline.limit = countOf('$limit', 5107201, spec)
  if (pipeline.limit === 0) throw new CommandError(15958, 'the limit must be positive')
}

function checkCount(name: string, spec: unknown): void {
  if (name.includes('.')) throw new CommandError(40235, `The field name '${name}' cannot contain '.'`)
  if (!isDocument(spec)) throw new CommandError(40234, `The field '${name}' must be an accumulator object`)
  const [operator, ...others] = Object.keys(spec)
  if (others.length > 0) throw new CommandError(40238, `The field '${name}' must specify one accumulator`)
  const isCount = operator === '$sum' && isNumeric(spec.$sum) && toDouble(spec.$sum) === 1
  if (!isCount) throw new CommandError(15952, `The embedded store only counts groups, by {$sum: 1}, unlike '${name}'`)
}

/** The value at a path; an array on the way gives the array of what its documents have. */
function lookUp(value: unknown, parts: readonly string[], at: number): unknown {
  if (at === parts.length) return value
  if (isArray(value)) return value.map((item) => lookUp(item, parts, at)).filter((item) => item !== MISSING)
  return isDocument(value) ? lookUp(fieldOf(value, parts[at]!), parts, at + 1) : MISSING
}

function group(pipeline: Pipeline, spec: unknown): void {
  if (!isDocument(spec)) throw new CommandError(15947, "a group's fields must be specified in an object")
  if (!Object.hasOwn(spec, '_id')) throw new CommandError(15955, 'a group specification must include an _id')
  const { _id: id, ...fields } = spec
  for (const [name, count] of Object.entries(fields)) checkCount(name, count)
  if (typeof id === 'object' && id !== null && !isNumeric(id))
    throw new CommandError(168, 'The embedded store groups by a constant or by one $field')
  const path = typeof id === 'string' && id.startsWith('$') ? id.slice(1) : undefined
  const parts = path?.split('.') ?? []
  if (path !== undefined && (parts.includes('') || path.startsWith('$')))
    throw new CommandError(15998, `FieldPath '${path}' is not one of a field`)
  pipeline.grouping = {
    idOf: path === undefined ? () => id : (doc) => lookUp(doc, parts, 0),
    paths: path === undefined ? [] : [path],
    names: Object.keys(fields),
  }
}

/** The stages; a pipeline takes them in this order, `$match` as often as it likes, the others once. */
export const STAGES: Readonly<Record<string, (pipeline: Pipeline, spec: unknown) => void>> = {
  $match: match,
  $skip: skip,
  $limit: limit,
  $group: group,
}

/**
 * Reads a pipeline of `$match`, `$skip`, `$limit` and a `$group` that counts: what drivers send to count documents.
 *
 * @throws {CommandError} 40324 on another stage or order, 40573 on a change stream, and each stage's own codes
 */
export function readPipeline(stages: readonly unknown[]): Pipeline {
  const pipeline: Pipeline = { filters: [], skip: 0, limit: 0 }
  const order = Object.keys(STAGES)
  let last = 0
  for (const stage of stages) {
    if (!isDocument(stage)) throw new CommandError(14, "Each element of the 'pipeline' array must be an object")
    const [name = '', ...others] = Object.keys(stage)
    if (name === '' || others.length > 0)
      throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.')
    if (name === '$changeStream')
      throw new CommandError(40573, 'The $changeStream stage is only supported on replica sets')
    if (!order.includes(name)) throw new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`)
    const place = order.indexOf(name)
    if (place < last || (place === last && place > 0))
      throw new CommandError(
        40324,
        `The embedded store takes ${order.join(', ')} in this order only; '${name}' is out of it`,
      )
    last = place
    STAGES[name]!(pipeline, stage[name])
  }
  return pipeline
}

/** The groups of documents with their counts, in the order of their first documents. */
export function* countGroups(docs: Iterable<Document>, { idOf, names }: Grouping): Generator<Document> {
  const groups = new Map<string, { id: unknown; count: number }>()
  for (const doc of docs) {
    const value = idOf(doc)
    const id = value === MISSING ? null : value
    const key = keyText(id)
    const found = groups.get(key)
    if (found) found.count++
    else groups.set(key, { id, count: 1 })
  }
  for (const { id, count } of groups.values()) {
    const result: Document = { _id: id }
    for (const name of names) setField(result, name, new Int32(count))
    yield result
  }
}
