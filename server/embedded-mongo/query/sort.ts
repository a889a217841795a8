import type { Document } from 'bson'
import { badValue, CommandError, location } from '../errors.js'
import { compareValues } from '../values/compare.js'
import { toDouble } from '../values/numbers.js'
import { indexValues } from '../values/path.js'
import { isArray, isNumeric } from '../values/types.js'

/** Compares two documents; negative when the first comes first. */
export type Order = (a: Document, b: Document) => number

function directionOf(value: unknown): 1 | -1 {
  if (!isNumeric(value)) throw location(15974, 'Illegal key in $sort specification')
  const direction = toDouble(value)
  if (direction !== 1 && direction !== -1) {
    throw location(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)')
  }
  return direction
}

function checkPath(path: string): void {
  if (path === '') throw location(40352, 'FieldPath cannot be constructed with empty string')
  if (path.endsWith('.')) throw location(40353, "FieldPath must not end with a '.'.")
  if (path.split('.').includes('')) throw location(15998, 'FieldPath field names may not be empty strings.')
  if (path.startsWith('$'))
    throw location(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`)
}

function compareKeys(a: readonly unknown[], b: readonly unknown[], directions: readonly number[]): number {
  for (let i = 0; i < directions.length; i++) {
    const order = compareValues(a[i], b[i])
    if (order !== 0) return order * (directions[i] as number)
  }
  return 0
}

const plainField = (doc: Document, field: string): unknown => (Object.hasOwn(doc, field) ? doc[field] : null)

function keysOf(doc: Document, fields: readonly string[]): unknown[][] {
  try {
    return indexValues(doc, fields).keys
  } catch (error) {
    if (error instanceof CommandError && error.code === 171)
      throw badValue('cannot sort with keys that are parallel arrays')
    throw error
  }
}

/**
 * Compiles a sort specification to a comparison of documents. An array stands for its least element in ascending and
 * its greatest in descending order, an empty array before null, missing fields as null.
 * @throws {CommandError} on a direction other than 1 and -1
 */
export function compileSort(spec: Document): Order {
  const fields = Object.keys(spec)
  const directions = Object.values(spec).map(directionOf)
  for (const field of fields) checkPath(field)
  const known = new WeakMap<Document, readonly unknown[]>()
  const keyOf = (doc: Document) => {
    let key = known.get(doc)
    if (!key) {
      key = keysOf(doc, fields).reduce((best, other) => (compareKeys(other, best, directions) < 0 ? other : best))
      known.set(doc, key)
    }
    return key
  }
  const byKeys: Order = (a, b) => compareKeys(keyOf(a), keyOf(b), directions)
  if (fields.some((field) => field.includes('.'))) return byKeys
  // Plain fields are the common case; looking them up is quicker than looking up keys.
  return (a, b) => {
    for (let i = 0; i < fields.length; i++) {
      const [x, y] = [plainField(a, fields[i] as string), plainField(b, fields[i] as string)]
      if (isArray(x) || isArray(y)) return byKeys(a, b)
      const order = compareValues(x, y)
      if (order !== 0) return order * (directions[i] as number)
    }
    return 0
  }
}
