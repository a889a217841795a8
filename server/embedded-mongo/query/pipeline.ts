import type { Document } from 'bson'
import { CommandError } from '../errors.js'
import { toDouble } from '../values/numbers.js'
import { isDocument, isNumeric } from '../values/types.js'

/** What a pipeline asks for: documents, or with `group` their count in these fields under a constant. */
export interface Pipeline {
  readonly filters: Document[]
  skip: number
  limit: number
  group?: { readonly id: unknown; readonly names: readonly string[] }
}

function countOf(code: number, value: unknown): number {
  const count = isNumeric(value) ? toDouble(value) : Number.NaN
  if (Number.isInteger(count) && count >= 0) return count
  throw new CommandError(code, 'invalid argument: Expected a non-negative whole number')
}

function readGroup(spec: unknown): Pipeline['group'] {
  if (!isDocument(spec)) throw new CommandError(15947, "a group's fields must be specified in an object")
  if (!Object.hasOwn(spec, '_id')) throw new CommandError(15955, 'a group specification must include an _id')
  const { _id: id, ...fields } = spec
  if (typeof id === 'string' ? id.startsWith('$') : id !== null && !isNumeric(id))
    throw new CommandError(168, 'The embedded store counts under a constant only: null, a number or a text')
  for (const [name, count] of Object.entries(fields)) {
    const isCount = isDocument(count) && Object.keys(count).join() === '$sum' && isNumeric(count.$sum)
    if (!isCount || toDouble(count.$sum) !== 1 || name.includes('.'))
      throw new CommandError(15952, `The embedded store only counts, by {$sum: 1}, unlike '${name}'`)
  }
  return { id, names: Object.keys(fields) }
}

/** The stages; a pipeline takes them in this order, `$match` as often as it likes, the others once. */
export const STAGES: Readonly<Record<string, (spec: unknown, pipeline: Pipeline) => Partial<Pipeline>>> = {
  $match: (spec, { filters }) => {
    if (isDocument(spec)) return { filters: [...filters, spec] }
    throw new CommandError(15959, 'the match filter must be an expression in an object')
  },
  $skip: (spec) => ({ skip: countOf(5107200, spec) }),
  $limit: (spec) => {
    const limit = countOf(5107201, spec)
    if (limit > 0) return { limit }
    throw new CommandError(15958, 'the limit must be positive')
  },
  $group: (spec) => ({ group: readGroup(spec) }) as Partial<Pipeline>,
}

/**
 * Reads a pipeline of `$match`, `$skip`, `$limit` and a `$group` that counts: what drivers send to count documents.
 *
 * @throws {CommandError} 40324 on another stage or order, 40573 on a change stream, and each stage's own codes
 */
export function readPipeline(stages: readonly unknown[]): Pipeline {
  const order = Object.keys(STAGES)
  let pipeline: Pipeline = { filters: [], skip: 0, limit: 0 }
  let next = 0
  for (const stage of stages) {
    const [name = '', ...others] = isDocument(stage) ? Object.keys(stage) : []
    if (name === '' || others.length > 0) throw new CommandError(40323, 'A pipeline stage must have exactly one field')
    if (name === '$changeStream') throw new CommandError(40573, 'Change streams are only supported on replica sets')
    const place = order.indexOf(name)
    if (place < next) throw new CommandError(40324, `The embedded store has no stage '${name}', or not at this place`)
    next = place === 0 ? 0 : place + 1
    pipeline = { ...pipeline, ...STAGES[name]!((stage as Document)[name], pipeline) }
  }
  return pipeline
}
