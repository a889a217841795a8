import type { Document } from 'bson'
import { CommandError } from '../errors.js'
import { isOperators } from '../query/predicates.js'
import { compareStrings } from '../values/compare.js'
import { bsonType, isArray, isDocument, T } from '../values/types.js'
import { applyOperation } from './apply.js'

function single(value: unknown): unknown[] {
  return isArray(value) && value.length === 1 ? value : []
}

function equalities(wanted: unknown): unknown[] {
  if (!isOperators(wanted)) return [wanted]
  return Object.entries(wanted).flatMap(([name, value]) => {
    if (name === '$eq') return [value]
    return name === '$in' || name === '$all' ? single(value) : []
  })
}

function collect(filter: Document, found: Map<string, unknown>): void {
  for (const [path, wanted] of Object.entries(filter)) {
    const parts = path === '$and' && isArray(wanted) ? wanted : path === '$or' ? single(wanted) : []
    for (const part of parts) if (isDocument(part)) collect(part, found)
    if (path.startsWith('$')) continue
    for (const value of equalities(wanted)) {
      if (bsonType(value) === T.regex) continue
      if (found.has(path)) throw twice(path)
      found.set(path, value)
    }
  }
}

const twice = (path: string) =>
  new CommandError(54, 'NotSingleValueField', `cannot infer query fields to set, path '${path}' is matched twice`)

/**
 * The document an upsert starts from: the equalities of the filter (also in `$and`, `$eq`, a one-element `$in`, `$all`
 * or `$or`), `_id` first, then by path.
 * @throws {CommandError} 54 if a path, or a part of it, is set twice
 */
export function seedFromFilter(filter: Document): Document {
  const found = new Map<string, unknown>()
  collect(filter, found)
  const paths = [...found.keys()].sort((a, b) => (a === '_id' ? -1 : b === '_id' ? 1 : compareStrings(a, b)))
  const seed: Document = {}
  const context = { doc: seed, filter, isInsert: true, elementTests: new Map() }
  for (const path of paths) {
    const inner = paths.find((other) => other.startsWith(`${path}.`))
    if (inner !== undefined) throw twice(path)
    applyOperation(seed, { path, parts: path.split('.'), change: () => found.get(path), creates: true }, context)
  }
  return seed
}
