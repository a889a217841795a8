import type { Document } from 'bson'
import { refuse } from '../errors.js'
import { keyText } from './key.js'
import { isArray, isDocument } from './types.js'

/** A path that leads nowhere. */
export const MISSING = Symbol('missing')

/** Receives a value at the end of a path; `expand`: its elements count too if it is an array. True stops the walk. */
export type Visit = (value: unknown, expand: boolean) => boolean

/** Whether a part of a path may be a position in an array. */
export const isPosition = (part: string): boolean => /^(0|[1-9]\d*)$/.test(part)

/** The first part of a dotted path. */
export const rootOf = (path: string): string => path.split('.', 1)[0]!

/** Refuses what is no path to a field, for an order or a projection. @throws {CommandError} 40352, 15998 or 16410 */
export function checkPath(path: string): void {
  if (path.split('.').includes(''))
    refuse(path === '' ? 40352 : 15998, 'FieldPath field names may not be empty strings.')
  if (path.startsWith('$')) refuse(16410, `FieldPath field names may not start with '$', unlike '${path}'`)
}

/** A field of a document, or of an array seen as a document of its positions; MISSING of anything else. */
export function fieldOf(holder: unknown, name: string): unknown {
  if (isArray(holder)) return isPosition(name) && Number(name) < holder.length ? holder[Number(name)] : MISSING
  return isDocument(holder) && Object.hasOwn(holder, name) ? holder[name] : MISSING
}

function walkArray(array: readonly unknown[], parts: readonly string[], at: number, visit: Visit): boolean {
  const position = isPosition(parts[at]!) ? Number(parts[at]) : -1
  return array.some((item, i) => {
    if (isDocument(item) && walkPath(item, parts, at, visit)) return true
    if (i !== position) return false
    if (at + 1 === parts.length) return visit(item, false)
    if (isArray(item)) return walkArray(item, parts, at + 1, visit)
    return isDocument(item) && walkPath(item, parts, at + 1, visit)
  })
}

/**
 * Walks a dotted path as MongoDB's filters do: through the documents in an array and, for a number in the path, to
 * that position; what is missing is visited as MISSING. Returns whether a visit stopped the walk.
 */
export function walkPath(holder: Document, parts: readonly string[], at: number, visit: Visit): boolean {
  const value = fieldOf(holder, parts[at]!)
  if (at + 1 === parts.length) return visit(value, true)
  if (isArray(value)) return walkArray(value, parts, at + 1, visit)
  return isDocument(value) ? walkPath(value, parts, at + 1, visit) : visit(MISSING, true)
}

/** The values that an index has of one field: null if missing, of an array its elements, undefined (before null) if empty. */
function spread(holder: unknown, parts: readonly string[], at: number): { values: unknown[]; isArrayMet: boolean } {
  const isEnd = at === parts.length
  if (!isArray(holder) || (!isEnd && isPosition(parts[at]!))) {
    const value = isEnd ? holder : fieldOf(holder, parts[at]!)
    return isEnd || value === MISSING
      ? { values: [isEnd ? value : null], isArrayMet: false }
      : spread(value, parts, at + 1)
  }
  const values = isEnd ? holder : holder.flatMap((item) => (isDocument(item) ? spread(item, parts, at).values : [null]))
  return { values: values.length > 0 ? values : [isEnd ? undefined : null], isArrayMet: true }
}

/**
 * The index keys of a document, one list of field values per entry, each once.
 *
 * @throws {CommandError} 171 if two of the fields lead through arrays
 */
export function indexValues(doc: Document, fields: readonly string[]): { keys: unknown[][]; multikey: boolean } {
  const found = fields.map((field) => spread(doc, field.split('.'), 0))
  const [array, ...others] = found.filter(({ isArrayMet }) => isArrayMet)
  if (others.length > 0)
    refuse(171, 'cannot index parallel arrays: in an index and in an order, one field may lead to an array')
  const elements = array ? new Map(array.values.map((value) => [keyText(value), value])).values() : [undefined]
  const keys = Array.from(elements, (element) => found.map((one) => (one === array ? element : one.values[0])))
  return { keys, multikey: array !== undefined }
}
