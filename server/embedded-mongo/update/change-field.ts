import { type Document, serialize } from 'bson'
import { refuse } from '../errors.js'
import { fieldOf, isPosition, MISSING } from '../values/path.js'
import { isArray, isDocument, setField, typeName } from '../values/types.js'

/** A change of one field: its new value from the current one; MISSING stands for no field on both sides. */
export type Change = (current: unknown) => unknown

/**
 * One operator on one path. What becomes of a path that the document doesn't have: it is `made`, or `needed` (nothing
 * happens, but a way through a plain value is still an error), or `free` (nothing happens).
 */
export interface Operation {
  readonly parts: readonly string[]
  readonly change: Change
  readonly way: 'made' | 'needed' | 'free'
}

/** More null places than this are not put into an array to reach a position, as in MongoDB. */
const MAX_PADDING = 1_500_000

/** Whether two values are the same to the last bit, types included. */
export const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (a !== MISSING && b !== MISSING && Buffer.compare(serialize({ a }), serialize({ a: b })) === 0)

function withItem(array: readonly unknown[], position: number, value: unknown): unknown[] {
  if (position > array.length + MAX_PADDING) refuse(2, `cannot backfill array to position ${position}`)
  const copy = [...array]
  while (copy.length < position) copy.push(null)
  copy[position] = value === MISSING ? null : value
  return copy
}

function withField(doc: Document, name: string, value: unknown): Document {
  const copy = { ...doc }
  if (value === MISSING) delete copy[name]
  else setField(copy, name, value)
  return copy
}

/**
 * The value with what the rest of the path leads to changed: a copy along the path, or the very same if nothing changes.
 *
 * @throws {CommandError} 28 where no field can be made
 */
export function changeField(value: unknown, operation: Operation, at = 0): unknown {
  const name = operation.parts[at]
  if (name === undefined) {
    const changed = operation.change(value)
    return isSame(value, changed) ? value : changed
  }
  if (value === MISSING) return operation.way === 'made' ? changeField({}, operation, at) : MISSING
  if (isArray(value) ? !isPosition(name) : !isDocument(value))
    return operation.way === 'free' ? value : refuse(28, `Cannot create field '${name}' in a ${typeName(value)}`)
  const current = fieldOf(value, name)
  const next = changeField(current, operation, at + 1)
  if (next === current) return value
  return isArray(value) ? withItem(value, Number(name), next) : withField(value as Document, name, next)
}
