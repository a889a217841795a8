import { refuse } from '../errors.js'
import { compileFilter } from '../query/matches.js'
import { compareValues, isEqual } from '../values/key.js'
import { add } from '../values/numbers.js'
import { MISSING } from '../values/path.js'
import { isArray, isDocument, isNumeric, isOperators, typeName } from '../values/types.js'
import type { Change, Operation } from './change-field.js'

/** Makes the change of one operator from its operand; `path` is for messages. */
type MakeChange = (operand: unknown, path: string) => Change

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

const pullAll: MakeChange = (operand, path) => {
  if (!isArray(operand)) return refuse(2, `$pullAll requires an array, not ${typeName(operand)}`)
  return removal((item) => operand.some((value) => isEqual(item, value)), path)
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
  $pullAll: { make: pullAll, way: 'needed' },
}
