import type { Document } from 'bson'
import { compareValues, isEqual, keyText } from '../values/key.js'
import { toDouble } from '../values/numbers.js'
import { MISSING, walkPath } from '../values/path.js'
import { isArray, isNumeric, typeOf } from '../values/types.js'
import { type Condition, type Filter, readFilter } from './filter.js'

/** Tells whether a document matches. */
export type Predicate = (doc: Document) => boolean

/** Tests one value, which may be MISSING. */
type ValueTest = (value: unknown) => boolean

const isNaNValue = (value: unknown) => isNumeric(value) && Number.isNaN(toDouble(value))
const isNothing = (value: unknown) => value === null || value === undefined || value === MISSING

/** Equality; null also stands for missing. */
const equals = (wanted: unknown): ValueTest =>
  wanted === null ? isNothing : (value) => value !== MISSING && isEqual(value, wanted)

/** By key, as a list may be long; null also stands for missing. */
function isAmong(list: readonly unknown[]): ValueTest {
  const keys = new Set(list.map(keyText))
  const hasNull = list.includes(null)
  return (value) => (isNothing(value) ? hasNull : keys.has(keyText(value)))
}

/** A comparison within the type bracket of its operand; only MinKey and MaxKey compare with all types. */
function compares({ op, value: wanted }: Condition): ValueTest {
  const sign = op.startsWith('gt') ? 1 : -1
  const orEqual = op.endsWith('e')
  if (wanted === null) return (value) => orEqual && isNothing(value)
  if (isNaNValue(wanted)) return (value) => orEqual && isNaNValue(value)
  const { name, rank } = typeOf(wanted)
  const isOpen = name === 'minKey' || name === 'maxKey'
  return (found) => {
    const value = found === MISSING ? null : found
    if (!isOpen && (found === MISSING || typeOf(value).rank !== rank || isNaNValue(value))) return false
    const order = compareValues(value, wanted)
    return order === sign || (order === 0 && orEqual)
  }
}

function compileCondition(condition: Condition): Predicate {
  const { op, path, value } = condition
  const parts = path.split('.')
  if (op === 'exists') return (doc) => walkPath(doc, parts, 0, (found) => found !== MISSING)
  const test = op === 'eq' ? equals(value) : op === 'in' ? isAmong(value as unknown[]) : compares(condition)
  // Any value, or an element of an array that the path ends at, passes.
  return (doc) =>
    walkPath(doc, parts, 0, (found, expand) => test(found) || (expand && isArray(found) && found.some(test)))
}

/** Compiles a filter that was read, with MongoDB's rules for arrays, null, missing fields and type brackets. */
export function compile(filter: Filter): Predicate {
  if (!('parts' in filter)) return compileCondition(filter)
  const tests = filter.parts.map(compile)
  if (filter.op === 'and') return tests.length === 1 ? tests[0]! : (doc) => tests.every((test) => test(doc))
  return (doc) => tests.some((test) => test(doc)) === (filter.op === 'or')
}

/** Reads and compiles a filter. @throws {CommandError} 2 for what MongoDB or this store refuses */
export const compileFilter = (filter: Document): Predicate => compile(readFilter(filter))
