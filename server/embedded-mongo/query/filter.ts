import type { Document } from 'bson'
import { refuse } from '../errors.js'
import { compareValues, isEqual, keyText } from '../values/key.js'
import { MISSING, rootOf, walkPath } from '../values/path.js'
import { isArray, isDocument, isNumeric, isOperators, isTruthy, toDouble, typeName, typeOf } from '../values/types.js'

/** A condition on what a path leads to: it is among the values, compares with the only one, or is there at all. */
export interface Condition {
  readonly op: 'in' | 'gt' | 'gte' | 'lt' | 'lte' | 'exists'
  readonly path: string
  readonly values: readonly unknown[]
}

/** A filter, read: conditions and how they are joined. What MongoDB negates in many ways is `nor` here. */
export type Filter = Condition | { readonly op: 'and' | 'or' | 'nor'; readonly parts: readonly Filter[] }

const not = (...parts: Filter[]): Filter => ({ op: 'nor', parts })

function condition(op: Condition['op'], path: string, values: readonly unknown[]): Filter {
  for (const value of values) {
    if (value === undefined) refuse(2, 'cannot compare to undefined')
    if (typeName(value) === 'regex') refuse(2, 'The embedded store does not search by regular expressions')
  }
  return { op, path, values }
}

function isIn(path: string, value: unknown): Filter {
  if (!isArray(value)) return refuse(2, '$in and $nin need an array')
  if (value.some(isOperators)) refuse(2, 'cannot nest $ under $in')
  return condition('in', path, value)
}

function negation(path: string, value: unknown): Filter {
  if (!isOperators(value)) return refuse(2, '$not needs a document of operators')
  return not({ op: 'and', parts: conditionsOn(path, value) })
}

/** The operators on a field. */
export const CONDITIONS: Readonly<Record<string, (path: string, value: unknown) => Filter>> = {
  $eq: (path, value) => condition('in', path, [value]),
  $ne: (path, value) => not(condition('in', path, [value])),
  $gt: (path, value) => condition('gt', path, [value]),
  $gte: (path, value) => condition('gte', path, [value]),
  $lt: (path, value) => condition('lt', path, [value]),
  $lte: (path, value) => condition('lte', path, [value]),
  $in: isIn,
  $nin: (path, value) => not(isIn(path, value)),
  $exists: (path, value) => (isTruthy(value) ? condition('exists', path, []) : not(condition('exists', path, []))),
  $not: negation,
}

function conditionsOn(path: string, operators: Document): Filter[] {
  return Object.entries(operators).map(([name, value]) => {
    if (!Object.hasOwn(CONDITIONS, name)) refuse(2, `unknown operator: ${name}`)
    return CONDITIONS[name]!(path, value)
  })
}

/** The operators that join conditions. */
export const LOGIC = { $and: 'and', $or: 'or', $nor: 'nor' } as const

function joined(name: string, value: unknown): Filter {
  if (!Object.hasOwn(LOGIC, name)) refuse(2, `unknown top level operator: ${name}`)
  if (!isArray(value) || value.length === 0 || !value.every(isDocument))
    return refuse(2, `${name} must be a nonempty array of full objects`)
  return { op: LOGIC[name as keyof typeof LOGIC], parts: value.map(readFilter) }
}

/** Reads a filter. @throws {CommandError} 2 for what MongoDB or this store refuses */
export function readFilter(filter: Document): Filter {
  const parts = Object.entries(filter).flatMap(([name, value]) => {
    if (name.startsWith('$')) return joined(name, value)
    return isOperators(value) ? conditionsOn(name, value) : condition('in', name, [value])
  })
  return { op: 'and', parts }
}

/** The conditions that every match satisfies. */
export function necessary(filter: Filter): Condition[] {
  if (!('parts' in filter)) return [filter]
  const isAll = filter.op === 'and' || (filter.op === 'or' && filter.parts.length === 1)
  return isAll ? filter.parts.flatMap(necessary) : []
}

/** The top-level fields that a filter looks at. */
export const rootsOf = (filter: Filter): string[] =>
  'parts' in filter ? filter.parts.flatMap(rootsOf) : [rootOf(filter.path)]

/** Tells whether a document matches. */
export type Predicate = (doc: Document) => boolean

/** Tests one value, which may be MISSING. */
type ValueTest = (value: unknown) => boolean

const isNaNValue = (value: unknown) => isNumeric(value) && Number.isNaN(toDouble(value))
const isNothing = (value: unknown) => value === null || value === undefined || value === MISSING

/** Equality with one of the values, of which there may be many: then by key. Null also stands for missing. */
function isAmong(values: readonly unknown[]): ValueTest {
  const hasNull = values.includes(null)
  const keys = new Set(values.length > 1 ? values.map(keyText) : [])
  const isFound: ValueTest =
    values.length > 1 ? (value) => keys.has(keyText(value)) : (value) => isEqual(value, values[0])
  return (value) => (isNothing(value) ? hasNull : isFound(value))
}

/** A comparison within the type bracket of its operand; only MinKey and MaxKey compare with all types. */
function compares({ op, values: [wanted] }: Condition): ValueTest {
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
  const { op, path, values } = condition
  const parts = path.split('.')
  if (op === 'exists') return (doc) => walkPath(doc, parts, 0, (found) => found !== MISSING)
  const test = op === 'in' ? isAmong(values) : compares(condition)
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
