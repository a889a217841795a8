import { valueBytes } from './key.js'
import { toDouble } from './numbers.js'
import { isNumeric, typeOf } from './types.js'

/**
 * Orders two BSON values as MongoDB does: by type bracket, then by value; numbers of all types together, strings by
 * UTF-8 bytes, documents field by field. Returns -1, 0 or 1.
 *
 * There is one definition of the order, that of keys; plain doubles, equal texts and types are only told sooner.
 *
 * @see MongoDB manual, "Comparison/Sort Order"
 */
export function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0
  const [x, y] = [typeOf(a), typeOf(b)]
  if (x.rank !== y.rank) return x.rank < y.rank ? -1 : 1
  if (isNumeric(a)) {
    const [left, right] = [toDouble(a), toDouble(b)]
    // Rounding to the nearest double keeps the order, so only equal doubles need the exact values.
    if (left !== right && !Number.isNaN(left) && !Number.isNaN(right)) return left < right ? -1 : 1
  }
  return Buffer.compare(valueBytes(a), valueBytes(b))
}

/** Whether two values are equal, as filters compare them. */
export const isEqual = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' && typeof b === 'string' ? a === b : compareValues(a, b) === 0
