import { type Document, serialize } from 'bson'
import { badValue, pathNotViable } from '../errors.js'
import { fieldOf, MISSING } from '../values/path.js'
import { isArray, isDocument, setField } from '../values/types.js'

/** What operators may ask about the update in progress. */
export interface Context {
  readonly doc: Document
  readonly isInsert: boolean
}

/** A change of one field: its new value from the current one; MISSING stands for no field on both sides. */
export type Change = (current: unknown, context: Context, path: string) => unknown

/**
 * What becomes of a path that the document doesn't have: it is `made`, or `needed` (nothing happens, but a way through a
 * plain value is still an error), or `free` (nothing happens).
 */
export type Way = 'made' | 'needed' | 'free'

/** One operator on one path. */
export interface Operation {
  readonly path: string
  readonly parts: readonly string[]
  readonly change: Change
  readonly way: Way
}

/** More null places than this are not put into an array to reach a position, as in MongoDB. */
const MAX_PADDING = 1_500_000

/** Whether two values are the same to the last bit, types included. */
export const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (a !== MISSING && b !== MISSING && Buffer.compare(serialize({ a }), serialize({ a: b })) === 0)

/** A short form of a value for messages. */
export const describe = (value: unknown): string => (typeof value === 'string' ? `"${value}"` : JSON.stringify(value))

function put(holder: Document | unknown[], name: string, value: unknown): void {
  if (!isArray(holder)) {
    if (value === MISSING) delete holder[name]
    else setField(holder, name, value)
    return
  }
  const position = Number(name)
  if (position > holder.length + MAX_PADDING) throw badValue(`cannot backfill array to position ${position}`)
  while (holder.length < position) holder.push(null)
  holder[position] = value === MISSING ? null : value
}

function deadEnd({ way }: Operation, message: string): false {
  if (way === 'free') return false
  throw pathNotViable(message)
}

function changeLeaf(holder: Document | unknown[], name: string, operation: Operation, context: Context): boolean {
  const current = fieldOf(holder, name)
  const next = operation.change(current, context, operation.path)
  if (isSame(current, next)) return false
  put(holder, name, next)
  return true
}

function changeChild(
  holder: Document | unknown[],
  name: string,
  operation: Operation,
  at: number,
  context: Context,
): boolean {
  if (at + 1 === operation.parts.length) return changeLeaf(holder, name, operation, context)
  const child = fieldOf(holder, name)
  if (isArray(child) || isDocument(child)) return applyOperation(child, operation, context, at + 1)
  const next = operation.parts[at + 1]
  if (child !== MISSING)
    return deadEnd(operation, `Cannot create field '${next}' in element {${name}: ${describe(child)}}`)
  if (operation.way !== 'made') return false
  const made: Document = {}
  const isChanged = applyOperation(made, operation, context, at + 1)
  if (isChanged) put(holder, name, made)
  return isChanged
}

/**
 * Applies one operation below a document or array. Returns whether anything changed.
 * @throws {CommandError} 28 where no field can be made
 */
export function applyOperation(holder: Document | unknown[], operation: Operation, context: Context, at = 0): boolean {
  const part = operation.parts[at] as string
  if (isArray(holder) && !/^(0|[1-9]\d*)$/.test(part)) {
    return deadEnd(
      operation,
      `Cannot create field '${part}' in element {${operation.parts[at - 1]}: ${describe(holder)}}`,
    )
  }
  return changeChild(holder, part, operation, at, context)
}

/** A copy whose documents and arrays can be changed. */
export function copyOf<Value>(value: Value): Value {
  if (isArray(value)) return value.map(copyOf) as Value
  if (!isDocument(value) || (value as Document)._bsontype === 'DBRef') return value
  const copy: Document = {}
  for (const [name, field] of Object.entries(value)) setField(copy, name, copyOf(field))
  return copy as Value
}
