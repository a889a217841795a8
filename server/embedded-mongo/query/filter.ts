import { BSONRegExp, type Document } from 'bson'
import { badValue } from '../errors.js'
import { MISSING, type Visit, walkPath } from '../values/path.js'
import { bsonType, isArray, isDocument, T } from '../values/types.js'
import {
  compares,
  equals,
  hasRemainder,
  hasSize,
  hasType,
  isIn,
  isOperators,
  isTruthy,
  matches,
  type ValueTest,
} from './predicates.js'

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
  if (bsonType(wanted) === T.regex) throw badValue("Can't have regex as arg to $ne.")
  return not(some(equals(wanted)))
}

function all(wanted: unknown): FieldTest {
  if (!isArray(wanted)) throw badValue('$all needs an array')
  const isElemMatch = (item: unknown) => isOperators(item) && Object.keys(item)[0] === '$elemMatch'
  if (wanted.some(isElemMatch)) {
    if (!wanted.every(isElemMatch)) throw badValue('$all/$elemMatch has to be consistent')
    return every(wanted.map((item) => elemMatch((item as Document).$elemMatch)))
  }
  if (wanted.some(isOperators)) throw badValue('no $ expressions in $all')
  const tests = wanted.map((item) => some(bsonType(item) === T.regex ? matches(item as BSONRegExp) : equals(item)))
  return tests.length > 0 ? every(tests) : () => false
}

function elemMatch(wanted: unknown): FieldTest {
  if (!isDocument(wanted)) throw badValue('$elemMatch needs an Object')
  const test = compileElement(wanted)
  return someWhole((value) => isArray(value) && value.some(test))
}

/** Compiles the operand of `$elemMatch` or `$pull`: operators on the element itself, or a filter on its fields. */
export function compileElement(wanted: Document): ValueTest {
  if (isOperators(wanted) && !['$and', '$or', '$nor'].includes(Object.keys(wanted)[0] ?? '')) {
    const test = operators(wanted)
    return (item) => test((visit) => visit(item, false))
  }
  const filter = compileFilter(wanted)
  return (item) => (isDocument(item) || isArray(item)) && filter(item as Document)
}

function negate(wanted: unknown): FieldTest {
  if (bsonType(wanted) === T.regex) return not(some(matches(wanted as BSONRegExp)))
  if (!isDocument(wanted)) throw badValue('$not needs a regex or a document')
  if (Object.keys(wanted).length === 0) throw badValue('$not cannot be empty')
  if (!isOperators(wanted)) throw badValue(`unknown operator: ${Object.keys(wanted)[0]}`)
  return not(operators(wanted))
}

function regex(wanted: unknown, { $options = '' }: Document): FieldTest {
  const isRegex = bsonType(wanted) === T.regex
  if (!isRegex && typeof wanted !== 'string') throw badValue('$regex has to be a string')
  if (typeof $options !== 'string') throw badValue('$options has to be a string')
  const own = isRegex ? (wanted as BSONRegExp).options : ''
  if (own !== '' && $options !== '') throw badValue('options set in both $regex and $options')
  const pattern = isRegex ? (wanted as BSONRegExp).pattern : wanted
  return some(matches(new BSONRegExp(pattern as string, own || $options)))
}

function options(_wanted: unknown, siblings: Document): FieldTest {
  if (!('$regex' in siblings)) throw badValue('$options needs a $regex')
  return () => true
}

const comparison = (operator: string) => (wanted: unknown) => some(compares(operator, wanted))

/** The operators on a field. */
export const CONDITIONS: Record<string, (wanted: unknown, siblings: Document) => FieldTest> = {
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
  $type: (wanted) => some(hasType(wanted)),
  $size: (wanted) => someWhole(hasSize(wanted)),
  $mod: (wanted) => some(hasRemainder(wanted)),
  $all: all,
  $elemMatch: elemMatch,
  $not: negate,
  $regex: regex,
  $options: options,
}

function operators(wanted: Document): FieldTest {
  const tests = Object.entries(wanted).map(([name, operand]) => {
    const make = Object.hasOwn(CONDITIONS, name) ? CONDITIONS[name] : undefined
    if (!make) throw badValue(`unknown operator: ${name}`)
    return make(operand, wanted)
  })
  return every(tests)
}

function condition(path: string, wanted: unknown): Predicate {
  const parts = path.split('.')
  const test = isOperators(wanted)
    ? operators(wanted)
    : some(bsonType(wanted) === T.regex ? matches(wanted as BSONRegExp) : equals(wanted))
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
  $comment: () => () => true,
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
