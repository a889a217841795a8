import { type Document, Double, Int32, Long, serialize } from 'bson'
import { refuse } from '../errors.js'
import { compileFilter } from '../query/filter.js'
import { compareValues, isEqual } from '../values/key.js'
import { fieldOf, isPosition, MISSING } from '../values/path.js'
import { isArray, isDocument, isNumeric, isOperators, toDouble, typeName } from '../values/types.js'

/** Makes the change of one operator from its operand; `path` is for messages. */
type MakeChange = (operand: unknown, path: string) => Change

/**
 * Adds with MongoDB's type rules: the wider type wins, Int32 grows to Long.
 *
 * @returns undefined when whole numbers leave the range of Long
 * @throws {CommandError} 14 on decimals, which the engine keeps and compares but doesn't add
 */
function add(a: unknown, b: unknown): unknown {
  const types = [typeName(a), typeName(b)]
  if (types.includes('decimal')) refuse(14, 'The embedded store does not add numbers of type decimal')
  if (types.includes('double')) return new Double(toDouble(a) + toDouble(b))
  const sum = BigInt(String(a)) + BigInt(String(b))
  if (BigInt.asIntN(64, sum) !== sum) return undefined
  const isInt = !types.includes('long') && BigInt.asIntN(32, sum) === sum
  return isInt ? new Int32(Number(sum)) : Long.fromBigInt(sum)
}

const setTo: MakeChange = (operand) => () => operand

const increment: MakeChange = (operand, path) => {
  if (!isNumeric(operand))
    refuse(14, `Cannot increment '${path}' with non-numeric argument of type ${typeName(operand)}`)
  return (current) => {
    if (current === MISSING) return operand
    if (!isNumeric(current)) refuse(14, `Cannot apply $inc to '${path}' of non-numeric type ${typeName(current)}`)
    return add(current, operand) ?? refuse(2, `Failed to apply $inc to '${path}': the sum is no 64-bit integer`)
  }
}

const keepIf =
  (sign: 1 | -1): MakeChange =>
  (operand) =>
  (current) =>
    current === MISSING || compareValues(operand, current) === sign ? operand : current

/** The current items; none of a missing field. */
function itemsOf(current: unknown, name: string, path: string): readonly unknown[] {
  if (current === MISSING) return []
  if (isArray(current)) return current
  return refuse(2, `Cannot apply ${name} to the field '${path}' of non-array type ${typeName(current)}`)
}

/** The clauses of `$push`. */
export const CLAUSES = ['$each']

/** What `$push` and `$addToSet` add: one value, or those of `$each`. */
function addedBy(name: string, operand: unknown, code: number): readonly unknown[] {
  if (!isDocument(operand) || !Object.hasOwn(operand, '$each')) return [operand]
  const other = Object.keys(operand).find((clause) => !CLAUSES.includes(clause))
  if (other) refuse(2, `Unrecognized clause in ${name}: ${other}`)
  if (isArray(operand.$each)) return operand.$each
  return refuse(code, `The argument to $each in ${name} must be an array, not ${typeName(operand.$each)}`)
}

const push: MakeChange = (operand, path) => {
  const added = addedBy('$push', operand, 2)
  return (current) => [...itemsOf(current, '$push', path), ...added]
}

const addToSet: MakeChange = (operand, path) => {
  const added = addedBy('$addToSet', operand, 14)
  return (current) => {
    const items = [...itemsOf(current, '$addToSet', path)]
    for (const value of added) if (!items.some((item) => isEqual(item, value))) items.push(value)
    return items
  }
}

const removal =
  (test: (item: unknown) => boolean, path: string): Change =>
  (current) =>
    current === MISSING ? MISSING : itemsOf(current, '$pull', path).filter((item) => !test(item))

/** Elements that equal a value, satisfy conditions, or are documents that match a filter. */
const pull: MakeChange = (operand, path) => {
  const isFilter = isDocument(operand) && (!isOperators(operand) || /^\$(and|or|nor)$/.test(Object.keys(operand)[0]!))
  const filter = compileFilter(isFilter ? operand : { item: operand })
  if (isFilter) return removal((item) => isDocument(item) && filter(item), path)
  return removal(isOperators(operand) ? (item) => filter({ item }) : (item) => isEqual(item, operand), path)
}

/** Every update operator of this store, and what it does with missing fields. */
export const OPERATORS: Readonly<Record<string, { readonly make: MakeChange; readonly way: Operation['way'] }>> = {
  $set: { make: setTo, way: 'made' },
  $setOnInsert: { make: setTo, way: 'made' },
  $unset: { make: () => () => MISSING, way: 'free' },
  $inc: { make: increment, way: 'made' },
  $min: { make: keepIf(-1), way: 'made' },
  $max: { make: keepIf(1), way: 'made' },
  $push: { make: push, way: 'made' },
  $addToSet: { make: addToSet, way: 'made' },
  $pull: { make: pull, way: 'needed' },
}

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
  const { [name]: before, ...others } = doc
  return value === MISSING ? others : { ...doc, [name]: value }
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
