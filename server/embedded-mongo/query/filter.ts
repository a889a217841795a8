import type { Document } from 'bson'
import { refuse } from '../errors.js'
import { isTruthy } from '../values/numbers.js'
import { rootOf } from '../values/path.js'
import { isArray, isDocument, isOperators, typeName } from '../values/types.js'

/** A condition on what a path leads to; `value` is a list for `in`, and unused for `exists`. */
export interface Condition {
  readonly op: 'eq' | 'gt' | 'gte' | 'lt' | 'lte' | 'in' | 'exists'
  readonly path: string
  readonly value: unknown
}

/** A filter, read: conditions and how they are joined. What MongoDB negates in many ways is `nor` here. */
export type Filter = Condition | { readonly op: 'and' | 'or' | 'nor'; readonly parts: readonly Filter[] }

const not = (...parts: Filter[]): Filter => ({ op: 'nor', parts })

function checkOperand(value: unknown): void {
  if (value === undefined) refuse(2, 'cannot compare to undefined')
  if (typeName(value) === 'regex') refuse(2, 'The embedded store does not search by regular expressions')
}

function comparison(op: Condition['op'], path: string, value: unknown): Filter {
  checkOperand(value)
  return { op, path, value }
}

function isIn(path: string, value: unknown): Filter {
  if (!isArray(value)) return refuse(2, '$in and $nin need an array')
  value.forEach(checkOperand)
  if (value.some(isOperators)) refuse(2, 'cannot nest $ under $in')
  return { op: 'in', path, value }
}

function exists(path: string, value: unknown): Filter {
  const condition: Filter = { op: 'exists', path, value: true }
  return isTruthy(value) ? condition : not(condition)
}

function negation(path: string, value: unknown): Filter {
  if (!isOperators(value)) return refuse(2, '$not needs a document of operators')
  return not({ op: 'and', parts: conditionsOn(path, value) })
}

/** The operators on a field. */
export const CONDITIONS: Readonly<Record<string, (path: string, value: unknown) => Filter>> = {
  $eq: (path, value) => comparison('eq', path, value),
  $ne: (path, value) => not(comparison('eq', path, value)),
  $gt: (path, value) => comparison('gt', path, value),
  $gte: (path, value) => comparison('gte', path, value),
  $lt: (path, value) => comparison('lt', path, value),
  $lte: (path, value) => comparison('lte', path, value),
  $in: isIn,
  $nin: (path, value) => not(isIn(path, value)),
  $exists: exists,
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
    return isOperators(value) ? conditionsOn(name, value) : comparison('eq', name, value)
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
