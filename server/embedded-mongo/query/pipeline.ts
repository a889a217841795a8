import { type Document, Int32 } from 'bson'
import { CommandError } from '../errors.js'
import { keyText } from '../values/key.js'
import { toDouble } from '../values/numbers.js'
import { fieldOf, MISSING } from '../values/path.js'
import { isArray, isDocument, isNumeric, setField } from '../values/types.js'

/** Counts documents under a constant, or by the value at a path. */
interface Grouping {
  readonly id: unknown
  readonly path: string | undefined
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

function countOf(code: number, value: unknown): number {
  const count = isNumeric(value) ? toDouble(value) : Number.NaN
  if (Number.isInteger(count) && count >= 0) return count
  throw new CommandError(code, 'invalid argument: Expected a non-negative whole number')
}

function readGroup(spec: unknown): Grouping {
  if (!isDocument(spec)) throw new CommandError(15947, "a group's fields must be specified in an object")
  if (!Object.hasOwn(spec, '_id')) throw new CommandError(15955, 'a group specification must include an _id')
  const { _id: id, ...fields } = spec
  if (typeof id === 'object' && id !== null && !isNumeric(id))
    throw new CommandError(168, 'The embedded store groups by a constant or by one $field.path')
  for (const [name, count] of Object.entries(fields)) {
    const isCount = isDocument(count) && Object.keys(count).join() === '$sum' && isNumeric(count.$sum)
    if (!isCount || toDouble(count.$sum) !== 1 || name.includes('.'))
      throw new CommandError(15952, `The embedded store only counts groups, by {$sum: 1}, unlike '${name}'`)
  }
  return {
    id,
    path: typeof id === 'string' && id.startsWith('$') ? id.slice(1) : undefined,
    names: Object.keys(fields),
  }
}

/** The stages; a pipeline takes them in this order, `$match` as often as it likes, the others once. */
export const STAGES: Readonly<Record<string, (pipeline: Pipeline, spec: unknown) => void>> = {
  $match: ({ filters }, spec) => {
    if (!isDocument(spec)) throw new CommandError(15959, 'the match filter must be an expression in an object')
    filters.push(spec)
  },
  $skip: (pipeline, spec) => {
    pipeline.skip = countOf(5107200, spec)
  },
  $limit: (pipeline, spec) => {
    pipeline.limit = countOf(5107201, spec)
    if (pipeline.limit === 0) throw new CommandError(15958, 'the limit must be positive')
  },
  $group: (pipeline, spec) => {
    pipeline.grouping = readGroup(spec)
  },
}

/**
 * Reads a pipeline of `$match`, `$skip`, `$limit` and a `$group` that counts: what drivers send to count documents.
 *
 * @throws {CommandError} 40324 on another stage or order, 40573 on a change stream, and each stage's own codes
 */
export function readPipeline(stages: readonly unknown[]): Pipeline {
  const pipeline: Pipeline = { filters: [], skip: 0, limit: 0 }
  const order = Object.keys(STAGES)
  let next = 0
  for (const stage of stages) {
    const [name = '', ...others] = isDocument(stage) ? Object.keys(stage) : []
    if (name === '' || others.length > 0) throw new CommandError(40323, 'A pipeline stage must have exactly one field')
    if (name === '$changeStream') throw new CommandError(40573, 'Change streams are only supported on replica sets')
    const place = order.indexOf(name)
    if (place < next) throw new CommandError(40324, `The embedded store has no stage '${name}', or not at this place`)
    next = place === 0 ? 0 : place + 1
    STAGES[name]!(pipeline, (stage as Document)[name])
  }
  return pipeline
}

/** The value at a path; an array on the way gives the array of what its documents have. */
function lookUp(value: unknown, [part, ...ahead]: readonly string[]): unknown {
  if (part === undefined) return value
  if (!isArray(value)) return lookUp(fieldOf(value, part), ahead)
  return value.map((item) => lookUp(item, [part, ...ahead])).filter((item) => item !== MISSING)
}

/** The groups of documents with their counts, in the order of their first documents. */
export function countGroups(docs: Iterable<Document>, { id, path, names }: Grouping): Document[] {
  const groups = new Map<string, { id: unknown; count: number }>()
  for (const doc of docs) {
    const value = path === undefined ? id : lookUp(doc, path.split('.'))
    const group = { id: value === MISSING ? null : value, count: 0 }
    const key = keyText(group.id)
    const known = groups.get(key) ?? group
    groups.set(key, known)
    known.count++
  }
  return [...groups.values()].map((group) => {
    const result: Document = { _id: group.id }
    for (const name of names) setField(result, name, new Int32(group.count))
    return result
  })
}
