import type { Document } from 'bson'
import { cannotIndexParallelArrays } from '../errors.js'
import { keyText } from './key.js'
import { isArray, isDocument } from './types.js'

/** A path that leads nowhere. */
export const MISSING = Symbol('missing')

/** Receives a value at the end of a path; `expand`: its elements count too if it is an array. True stops the walk. */
export type Visit = (value: unknown, expand: boolean) => boolean

const isIndex = (part: string) => /^(0|[1-9]\d*)$/.test(part)

/** A field of a document, or of an array seen as a document of its positions. */
export function fieldOf(holder: unknown, name: string): unknown {
  if (isArray(holder)) return isIndex(name) && Number(name) < holder.length ? holder[Number(name)] : MISSING
  return Object.hasOwn(holder as object, name) ? (holder as Document)[name] : MISSING
}

function walkPosition(item: unknown, parts: readonly string[], at: number, visit: Visit): boolean {
  if (at === parts.length) return visit(item, false)
  if (isArray(item)) return walkArray(item, parts, at, visit)
  return isDocument(item) && walkPath(item, parts, at, visit)
}

function walkArray(array: readonly unknown[], parts: readonly string[], at: number, visit: Visit): boolean {
  const part = parts[at] as string
  const index = isIndex(part) ? Number(part) : -1
  return array.some(
    (item, i) =>
      (isDocument(item) && walkPath(item, parts, at, visit)) ||
      (i === index && walkPosition(item, parts, at + 1, visit)),
  )
}

/**
 * Walks a dotted path as MongoDB's filters do: through the documents in an array and, for a number in the path, to
 * that position; what is missing is visited as MISSING. Returns whether a visit stopped the walk.
 */
export function walkPath(holder: unknown, parts: readonly string[], at: number, visit: Visit): boolean {
  const value = fieldOf(holder, parts[at] as string)
  if (at + 1 === parts.length) return visit(value, true)
  if (isArray(value)) return walkArray(value, parts, at + 1, visit)
  if (isDocument(value)) return walkPath(value, parts, at + 1, visit)
  return visit(MISSING, true)
}

/** The values a filter on `path` looks at: the elements of an array at its end, then the array; missing ones left out. */
export function valuesAtPath(doc: Document, path: string): unknown[] {
  const values: unknown[] = []
  walkPath(doc, path.split('.'), 0, (value, expand) => {
    if (expand && isArray(value)) values.push(...value)
    if (value !== MISSING) values.push(value)
    return false
  })
  return values
}

/** A field on its way down: where it is, and how many parts of its path are behind it. */
interface Cursor {
  readonly value: unknown
  readonly parts: readonly string[]
  readonly at: number
  readonly isDone: boolean
}

/** Goes down until the field ends or an array has to be spread. */
function descend(start: Cursor): Cursor {
  if (start.isDone) return start
  let { value, at } = start
  for (; at < start.parts.length; at++) {
    const part = start.parts[at] as string
    if (isArray(value) && !isIndex(part)) break
    value = isArray(value) || isDocument(value) ? fieldOf(value, part) : MISSING
  }
  return { ...start, value, at, isDone: !isArray(value) }
}

/** A field inside one element of the array that it stopped at. */
function enter(cursor: Cursor, item: unknown): Cursor {
  if (cursor.at === cursor.parts.length) return { ...cursor, value: item, isDone: true }
  return isDocument(item) ? { ...cursor, value: item } : { ...cursor, value: MISSING, isDone: true }
}

function spread(start: readonly Cursor[], keys: unknown[][]): boolean {
  const cursors = start.map(descend)
  const open = cursors.filter((cursor) => !cursor.isDone)
  const array = open[0]?.value
  if (!isArray(array)) {
    keys.push(cursors.map(({ value }) => (value === MISSING ? null : value)))
    return false
  }
  if (open.some(({ value }) => value !== array)) {
    const names = open.map(({ parts }) => parts[parts.length - 1]).join('] [')
    throw cannotIndexParallelArrays(`cannot index parallel arrays [${names}]`)
  }
  // An empty array is indexed as undefined, which sorts before null; fields below it are missing.
  for (const item of array.length > 0 ? array : [undefined]) {
    spread(
      cursors.map((cursor) => (cursor.isDone ? cursor : enter(cursor, item))),
      keys,
    )
  }
  return true
}

function distinctKeys(keys: unknown[][]): unknown[][] {
  const seen = new Map(keys.map((key) => [keyText(key), key]))
  return [...seen.values()]
}

/**
 * The index keys of a document, one list of field values per entry, each once; a missing field is null.
 * @throws {CommandError} 171 if two of the fields are different arrays.
 */
export function indexValues(doc: Document, fields: readonly string[]): { keys: unknown[][]; multikey: boolean } {
  const keys: unknown[][] = []
  const multikey = spread(
    fields.map((field) => ({ value: doc, parts: field.split('.'), at: 0, isDone: false })),
    keys,
  )
  return { keys: keys.length > 1 ? distinctKeys(keys) : keys, multikey }
}
