import type { BSONRegExp, Document } from 'bson'
import { toDouble } from '../values/numbers.js'
import { bsonType, isArray, isDocument, isNumeric, T } from '../values/types.js'
import { isOperators, isTruthy } from './predicates.js'
import { regexPrefix } from './regex.js'

/**
 * A necessary condition on one field that an index can serve. Ranges hold within the type bracket of their value
 * (`bracketPrefix`); equality with null also stands for missing; `prefix` is the beginning of the texts that match, and,
 * after a "^", of the pattern of a stored regular expression that equals the one searched for.
 */
export interface Bound {
  readonly op: 'eq' | 'in' | 'gt' | 'gte' | 'lt' | 'lte' | 'prefix' | 'exists'
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

function prefix(value: unknown, siblings: Document): Bound[] {
  const isRegex = bsonType(value) === T.regex
  const pattern = isRegex ? (value as BSONRegExp).pattern : value
  const text =
    typeof pattern === 'string'
      ? regexPrefix(pattern, isRegex ? (value as BSONRegExp).options : String(siblings.$options ?? ''))
      : undefined
  return text === undefined ? [] : [{ op: 'prefix', value: text }]
}

const BOUNDS: Record<string, (value: unknown, siblings: Document) => Bound[]> = {
  $eq: equal,
  $in: (value) => (isArray(value) && value.every(isPlain) ? [{ op: 'in', value }] : []),
  $all: (value) => (isArray(value) ? value.flatMap(equal).slice(0, 1) : []),
  $gt: range('gt'),
  $gte: range('gte'),
  $lt: range('lt'),
  $lte: range('lte'),
  $exists: (value) => (isTruthy(value) ? [{ op: 'exists', value: true }] : []),
  $regex: prefix,
}

function fieldBounds(wanted: unknown): Bound[] {
  if (bsonType(wanted) === T.regex) return prefix(wanted, {})
  if (!isOperators(wanted)) return equal(wanted)
  return Object.entries(wanted).flatMap(([name, value]) =>
    Object.hasOwn(BOUNDS, name) ? (BOUNDS[name]?.(value, wanted) ?? []) : [],
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
