import { type Document, serialize } from 'bson'
import { CommandError } from '../errors.js'
import { fieldOf, isPosition, MISSING } from '../values/path.js'
import { isArray, isDocument, setField, typeName } from '../values/types.js'

/** A change of one field: its new value from the current one; MISSING stands for no field on both sides. */
export type Change = (current: unknown) => unknown

/**
 * What becomes of a path that the document doesn't have: it is `made`, or `needed` (nothing happens, but a way through a
 * plain value is still an error), or `free` (nothing happens).
 */
export type Way = 'made' | 'needed' | 'free'

/** One operator on one path. */
export interface Operation {
  readonly parts: readonly string[]
  readonly change: Change
  readonly way: Way
}

/** More null places than this are not put into an array to reach a position, as in MongoDB. */
const MAX_PADDING = 1_500_000

/** Whether two values are the same to the last bit, types included. */
export const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (a !== MISSING && b !== MISSING && Buffer.compare(serialize({ a }), serialize({ a: b })) === 0)

function withField<Holder extends Document | unknown[]>(holder: Holder, name: string, value: unknown): Holder {
  const copy = (isArray(holder) ? [...holder] : { ...holder }) as Holder
  if (!isArray(copy)) {
    if (value === MISSING) delete copy[name]
    else setField(copy, name, value)
    return copy
  }
  const position = Number(name)
  if (position > copy.length + MAX_PADDING) throw new CommandError(2, `cannot backfill array to position ${position}`)
  while (copy.length < position) copy.push(null)
  copy[position] = value === MISSING ? null : value
  return copy
}

/**
 * The document or array with one field below it changed: a copy along the path, or the very same if nothing changes.
 *
 * @throws {CommandError} 28 where no field can be made
 */
export function changeField<Holder extends Document | unknown[]>(holder: Holder, operation: Operation, at = 0): Holder {
  const name = operation.parts[at]!
  const current = fieldOf(holder, name)
  const isLost = isArray(holder) && !isPosition(name)
  const next = isLost ? outOfReach(operation, at, holder) : nextValue(current, operation, at)
  return isLost || next === current ? holder : withField(holder, name, next)
}

function nextValue(current: unknown, operation: Operation, at: number): unknown {
  if (at + 1 === operation.parts.length) {
    const next = operation.change(current)
    return isSame(current, next) ? current : next
  }
  if (isArray(current) || isDocument(current)) return changeField(current, operation, at + 1)
  if (current !== MISSING) return outOfReach(operation, at + 1, current)
  return operation.way === 'made' ? changeField({}, operation, at + 1) : MISSING
}

function outOfReach<Value>({ parts, way }: Operation, at: number, value: Value): Value {
  if (way === 'free') return value
  throw new CommandError(28, `Cannot create field '${parts[at]}' in a value of type ${typeName(value)}`)
}
