import type { Document } from 'bson'
import { badValue } from '../errors.js'
import { MISSING, type Visit, walkPath } from '../values/path.js'
import { isArray, isDocument } from '../values/types.js'
import { compares, equals, isIn, isOperators, isTruthy, type ValueTest } from './predicates.js'

/** Tells whether a document (or, inside arrays, a nested array seen as one) matches. */
export type Predicate = (doc: Document) => boolean

/** Hands out the values that a condition looks at: those at a path, or one element of an array. */
type Source = (visit: Visit) => boolean

/** The test of one operator. */
type FieldTest = (source: Source) => boolean

/** Any value, or an element of an array that the path ends at, passes. */
const some =
  (test: ValueTest): FieldTest =>
  (source) =>
    source((value, expand) => test(value) || (expand && isArray(value) && value.some(test)))

/** Any value passes, arrays as a whole. */
const someWhole =
  (test: ValueTest): FieldTest =>
  (source) =>
    source(test)

const not =
  (test: FieldTest): FieldTest =>
  (source) =>
    !test(source)

const every =
  (tests: readonly FieldTest[]): FieldTest =>
  (source) =>
    tests.every((test) => test(source))

function exists(wanted: unknown): FieldTest {
  const test = someWhole((value) => value !== MISSING)
  return isTruthy(wanted) ? test : not(test)
}

function notEqual(wanted: unknown): FieldTest {
  return not(some(equals(wanted)))
}

/** Compiles the operand of `$pull`: operators on the element itself, or a filter on its fields. */
export function compileElement(wanted: Document): ValueTest {
  if (isOperators(wanted) && !['$and', '$or', '$nor'].includes(Object.keys(wanted)[0] ?? '')) {
    const test = operators(wanted)
    return (item) => test((visit) => visit(item, false))
  }
  const filter = compileFilter(wanted)
  return (item) => (isDocument(item) || isArray(item)) && filter(item as Document)
}

function negate(wanted: unknown): FieldTest {
  if (!isDocument(wanted)) throw badValue('$not needs a document of conditions')
  if (Object.keys(wanted).length === 0) throw badValue('$not cannot be empty')
  if (!isOperators(wanted)) throw badValue(`unknown operator: ${Object.keys(wanted)[0]}`)
  return not(operators(wanted))
}

const comparison = (operator: string) => (wanted: unknown) => some(compares(operator, wanted))

/** The operators on a field. */
export const CONDITIONS: Record<string, (wanted: unknown) => FieldTest> = {
  $eq: (wanted) => some(equals(wanted)),
  $ne: notEqual,
  $gt: comparison('$gt'),
  $gte: comparison('$gte'),
  $lt: comparison('$lt'),
  $lte: comparison('$lte'),
  $in: (wanted) => some(isIn(wanted)),
  $nin: (wanted) => {
    if (!isArray(wanted)) throw badValue('$nin needs an array')
    return not(some(isIn(wanted)))
  },
  $exists: exists,
  $not: negate,
}

function operators(wanted: Document): FieldTest {
  const tests = Object.entries(wanted).map(([name, operand]) => {
    const make = Object.hasOwn(CONDITIONS, name) ? CONDITIONS[name] : undefined
    if (!make) throw badValue(`unknown operator: ${name}`)
    return make(operand)
  })
  return every(tests)
}

function condition(path: string, wanted: unknown): Predicate {
  const parts = path.split('.')
  const test = isOperators(wanted) ? operators(wanted) : some(equals(wanted))
  return (doc) => test((visit) => walkPath(doc, parts, 0, visit))
}

function branches(name: string, wanted: unknown): Predicate[] {
  if (!isArray(wanted)) throw badValue(`${name} must be an array`)
  if (wanted.length === 0) throw badValue('$and/$or/$nor must be a nonempty array')
  if (!wanted.every(isDocument)) throw badValue('$or/$and/$nor entries need to be full objects')
  return wanted.map(compileFilter)
}

/** The operators that join conditions. */
export const LOGIC: Record<string, (wanted: unknown) => Predicate> = {
  $and: (wanted) => conjunction(branches('$and', wanted)),
  $or: (wanted) => {
    const tests = branches('$or', wanted)
    return (doc) => tests.some((test) => test(doc))
  },
  $nor: (wanted) => {
    const tests = branches('$nor', wanted)
    return (doc) => !tests.some((test) => test(doc))
  },
}

const conjunction =
  (tests: readonly Predicate[]): Predicate =>
  (doc) =>
    tests.every((test) => test(doc))

/**
 * Compiles a filter with MongoDB's rules for arrays, null, missing fields and type brackets.
 * @throws {CommandError} 2 (BadValue), 9 (FailedToParse) or a location number for what MongoDB or this store refuses
 */
export function compileFilter(filter: Document): Predicate {
  const tests = Object.entries(filter).map(([name, wanted]) => {
    if (!name.startsWith('$')) return condition(name, wanted)
    const make = Object.hasOwn(LOGIC, name) ? LOGIC[name] : undefined
    if (!make) throw badValue(`unknown top level operator: ${name}`)
    return make(wanted)
  })
  return tests.length === 1 ? (tests[0] as Predicate) : conjunction(tests)
}
