import type { Document } from 'bson'
import { CommandError } from '../errors.js'
import { isOperators } from '../query/predicates.js'
import { compareStrings } from '../values/compare.js'
import { bsonType, isArray, isDocument, T } from '../values/types.js'
import { applyOperation } from './apply.js'

const single = (value: unknown): unknown[] => (isArray(value) && value.length === 1 ? value : [])

function equalities(wanted: unknown): unknown[] {
  const values = isOperators(wanted)
    ? Object.entries(wanted).flatMap(([name, value]) =>
        name === '$eq' ? [value] : name === '$in' ? single(value) : [],
      )
    : [wanted]
  return values.filter((value) => bsonType(value) !== T.regex)
}

/** Path and value of each equality that every matching document must satisfy. */
function collect(filter: Document): [string, unknown][] {
  return Object.entries(filter).flatMap(([path, wanted]): [string, unknown][] => {
    const parts = path === '$and' && isArray(wanted) ? wanted : path === '$or' ? single(wanted) : []
    if (path.startsWith('$')) return parts.filter(isDocument).flatMap(collect)
    return equalities(wanted).map((value) => [path, value])
  })
}

const twice = (path: string) =>
  new CommandError(54, 'NotSingleValueField', `cannot infer query fields to set, path '${path}' is matched twice`)

/**
 * The document an upsert starts from: the equalities of the filter (also in `$and`, `$eq`, a one-element `$in` or
 * `$or`), `_id` first, then by path.
 * @throws {CommandError} 54 if a path, or a part of it, is set twice
 */
export function seedFromFilter(filter: Document): Document {
  const found = collect(filter).sort(([a], [b]) => (a === '_id' ? -1 : b === '_id' ? 1 : compareStrings(a, b)))
  const seed: Document = {}
  for (const [i, [path, value]] of found.entries()) {
    if (found.some(([other], j) => (j !== i && other === path) || other.startsWith(`${path}.`))) throw twice(path)
    const operation = { path, parts: path.split('.'), change: () => value, way: 'made' } as const
    applyOperation(seed, operation, { doc: seed, isInsert: true })
  }
  return seed
}
