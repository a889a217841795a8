import type { Document } from 'bson'
import { CommandError } from '../errors.js'
import { necessary, readFilter } from '../query/filter.js'
import { compareValues } from '../values/compare.js'
import { changeField } from './change-field.js'

/**
 * The document an upsert starts from: the equalities of the filter (also in `$and`, `$eq`, a one-element `$in` or
 * `$or`), `_id` first, then by path.
 *
 * @throws {CommandError} 54 if a path, or a part of it, is set twice
 */
export function seedFromFilter(filter: Document): Document {
  const equalities = necessary(readFilter(filter)).flatMap(({ op, path, value }): [string, unknown][] => {
    const values = op === 'eq' ? [value] : op === 'in' ? (value as unknown[]) : []
    return values.length === 1 ? [[path, values[0]]] : []
  })
  equalities.sort(([a], [b]) => Number(b === '_id') - Number(a === '_id') || compareValues(a, b))
  return equalities.reduce<Document>((seed, [path, value], i) => {
    const isTwice = equalities.some(([other], j) => (j !== i && other === path) || other.startsWith(`${path}.`))
    if (isTwice) throw new CommandError(54, `cannot infer query fields to set, path '${path}' is matched twice`)
    return changeField(seed, { parts: path.split('.'), change: () => value, way: 'made' })
  }, {})
}
