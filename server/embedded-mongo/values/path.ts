import type { Document } from 'bson'
import { CommandError } from '../errors.js'
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

/** A field on its way down: the value reached, and the parts of its path that are still ahead when it is an array. */
interface Place {
  readonly value: unknown
  readonly ahead?: readonly string[]
}

/** Goes down until the field ends or an array has to be spread. */
function descend({ value, ahead }: Place): Place {
  if (!ahead) return { value }
  let at = 0
  let reached = value
  for (; at < ahead.length && !(isArray(reached) && !isPosition(ahead[at]!)); at++)
    reached = fieldOf(reached, ahead[at]!)
  return isArray(reached) ? { value: reached, ahead: ahead.slice(at) } : { value: reached }
}

/** A field inside one element of the array that it stopped at. */
function enter({ value, ahead }: Place, item: unknown): Place {
  if (!ahead) return { value }
  if (ahead.length === 0) return { value: item }
  return isDocument(item) ? { value: item, ahead } : { value: MISSING }
}

function spread(start: readonly Place[], keys: unknown[][]): boolean {
  const places = start.map(descend)
  const arrays = new Set(places.filter(({ ahead }) => ahead).map(({ value }) => value as unknown[]))
  const [array] = arrays
  if (!array) {
    keys.push(places.map(({ value }) => (value === MISSING ? null : value)))
    return false
  }
  if (arrays.size > 1) throw new CommandError(171, 'cannot index parallel arrays, nor sort by them')
  // An empty array is indexed as undefined, which sorts before null; fields below it are missing.
  for (const item of array.length > 0 ? array : [undefined])
    spread(
      places.map((place) => enter(place, item)),
      keys,
    )
  return true
}

/**
 * The index keys of a document, one list of field values per entry, each once; a missing field is null.
 *
 * @throws {CommandError} 171 if two of the fields are different arrays
 */
export function indexValues(doc: Document, fields: readonly string[]): { keys: unknown[][]; multikey: boolean } {
  const keys: unknown[][] = []
  const multikey = spread(
    fields.map((field) => ({ value: doc, ahead: field.split('.') })),
    keys,
  )
  return { keys: keys.length > 1 ? [...new Map(keys.map((key) => [keyText(key), key])).values()] : keys, multikey }
}
