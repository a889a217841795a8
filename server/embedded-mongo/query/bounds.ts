import type { Document } from 'bson'
import { toDouble } from '../values/numbers.js'
import { bsonType, isArray, isDocument, isNumeric, T } from '../values/types.js'
import { isOperators, isTruthy } from './predicates.js'

/**
 * A necessary condition on one field that an index can serve. Ranges hold within the type bracket of their value
 * (`bracketPrefix`); equality with null also stands for missing.
 */
export interface Bound {
  readonly op: 'eq' | 'in' | 'gt' | 'gte' | 'lt' | 'lte' | 'exists'
  readonly value: unknown
}

/** Whether index keys hold the value as it is: arrays are spread over keys, expressions and NaN compare otherwise. */
function isPlain(value: unknown): boolean {
  if (isNumeric(value)) return !Number.isNaN(toDouble(value))
  return value !== undefined && !isArray(value) && bsonType(value) !== T.regex
}

const isRangeable = (value: unknown) =>
  isPlain(value) && value !== null && bsonType(value) !== T.minKey && bsonType(value) !== T.maxKey

const equal = (value: unknown): Bound[] => (isPlain(value) ? [{ op: 'eq', value }] : [])

const range =
  (op: 'gt' | 'gte' | 'lt' | 'lte') =>
  (value: unknown): Bound[] =>
    isRangeable(value) ? [{ op, value }] : []

const BOUNDS: Record<string, (value: unknown) => Bound[]> = {
  $eq: equal,
  $in: (value) => (isArray(value) && value.every(isPlain) ? [{ op: 'in', value }] : []),
  $gt: range('gt'),
  $gte: range('gte'),
  $lt: range('lt'),
  $lte: range('lte'),
  $exists: (value) => (isTruthy(value) ? [{ op: 'exists', value: true }] : []),
}

function fieldBounds(wanted: unknown): Bound[] {
  if (!isOperators(wanted)) return equal(wanted)
  return Object.entries(wanted).flatMap(([name, value]) =>
    Object.hasOwn(BOUNDS, name) ? (BOUNDS[name]?.(value) ?? []) : [],
  )
}

/** A number in a path is a position or a name; keys know only one of the two. */
const isServed = (path: string) => !path.startsWith('$') && !path.split('.').some((part) => /^\d+$/.test(part))

function collect(filter: Document, bounds: Map<string, Bound[]>): Map<string, Bound[]> {
  for (const [name, wanted] of Object.entries(filter)) {
    if (name === '$and') for (const part of isArray(wanted) ? wanted.filter(isDocument) : []) collect(part, bounds)
    const found = isServed(name) ? fieldBounds(wanted) : []
    if (found.length > 0) bounds.set(name, [...(bounds.get(name) ?? []), ...found])
  }
  return bounds
}

/**
 * The necessary conditions of a filter by field path: those joined by AND at the top. Never complete, so the filter
 * itself must still run on what an index yields.
 */
export const filterBounds = (filter: Document): Map<string, Bound[]> => collect(filter, new Map())
