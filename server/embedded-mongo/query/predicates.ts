import type { BSONRegExp } from 'bson'
import { badValue, failedToParse } from '../errors.js'
import { compareValues } from '../values/compare.js'
import { keyText } from '../values/key.js'
import { toBigInt, toDouble } from '../values/numbers.js'
import { MISSING } from '../values/path.js'
import { bsonType, isArray, isNumeric, T, typeByAlias, typeRank } from '../values/types.js'
import { compileRegex } from './regex.js'

/** Tests one value, which may be MISSING. */
export type ValueTest = (value: unknown) => boolean

const isNaNValue = (value: unknown) => isNumeric(value) && Number.isNaN(toDouble(value))
const isNothing = (value: unknown) => value === null || value === undefined || value === MISSING

/** Equality; null also stands for missing. */
export function equals(wanted: unknown): ValueTest {
  if (wanted === undefined) throw badValue('cannot compare to undefined')
  if (wanted === null) return isNothing
  return (value) => value !== MISSING && compareValues(value, wanted) === 0
}

/** One of the comparisons `$gt $gte $lt $lte`, within the type bracket of the operand. */
export function compares(operator: string, wanted: unknown): ValueTest {
  if (bsonType(wanted) === T.regex) throw badValue("Can't have RegEx as arg to predicate over field ''.")
  if (wanted === undefined) throw badValue('cannot compare to undefined')
  const sign = operator.startsWith('$gt') ? 1 : -1
  const orEqual = operator.endsWith('e')
  if (wanted === null) return (value) => orEqual && isNothing(value)
  if (isNaNValue(wanted)) return (value) => orEqual && isNaNValue(value)
  const type = bsonType(wanted)
  if (type === T.minKey || type === T.maxKey) {
    return (value) => {
      const order = value === MISSING ? compareValues(null, wanted) : compareValues(value, wanted)
      return order === sign || (order === 0 && orEqual)
    }
  }
  const rank = typeRank(wanted)
  return (value) => {
    if (value === MISSING || typeRank(value) !== rank || isNaNValue(value)) return false
    const order = compareValues(value, wanted)
    return order === sign || (order === 0 && orEqual)
  }
}

/** A regular expression: text that it matches, or the same expression stored as a value. */
export function matches(regex: BSONRegExp): ValueTest {
  const compiled = compileRegex(regex.pattern, regex.options)
  return (value) => {
    if (typeof value === 'string') return compiled.test(value)
    return value !== MISSING && bsonType(value) === T.regex && compareValues(value, regex) === 0
  }
}

/** A list longer than this is looked up by key instead of being gone through. */
const LONG_LIST = 16

/** Membership; regular expressions in the list match as such. */
export function isIn(list: unknown): ValueTest {
  if (!isArray(list)) throw badValue('$in needs an array')
  const tests = list.map((item) => {
    if (isOperators(item)) throw badValue('cannot nest $ under $in')
    return bsonType(item) === T.regex ? matches(item as BSONRegExp) : equals(item)
  })
  if (list.length <= LONG_LIST) return (value) => tests.some((test) => test(value))
  const isSpecial = (item: unknown) => item === null || bsonType(item) === T.regex
  const others = tests.filter((_, i) => isSpecial(list[i]))
  const keys = new Set(list.filter((item) => !isSpecial(item)).map(keyText))
  return (value) => (value !== MISSING && keys.has(keyText(value))) || others.some((test) => test(value))
}

/** Whether a value is a document of operators; `$ref`, `$id` and `$db` mark a reference instead. */
export function isOperators(value: unknown): value is Record<string, unknown> {
  if (bsonType(value) !== T.object) return false
  const [first] = Object.keys(value as object)
  return first?.startsWith('$') === true && !['$ref', '$id', '$db'].includes(first)
}

const NUMBERS = [T.double, T.int, T.long, T.decimal]

function typeNumbers(wanted: unknown): readonly number[] {
  if (typeof wanted === 'string') {
    if (wanted === 'number') return NUMBERS
    const type = typeByAlias(wanted)
    if (type === undefined) throw badValue(`Unknown type name alias: ${wanted}`)
    return [type]
  }
  if (!isNumeric(wanted)) throw badValue('type must be represented as a number or a string')
  const type = toDouble(wanted)
  if (!(Object.values(T) as number[]).includes(type)) throw badValue(`Invalid numerical type code: ${type}`)
  return [type]
}

/** `$type`: by alias, number or a list of them. */
export function hasType(wanted: unknown): ValueTest {
  const list = isArray(wanted) ? wanted : [wanted]
  if (list.length === 0) throw failedToParse('$type must match at least one type')
  const types = new Set(list.flatMap(typeNumbers))
  return (value) => value !== MISSING && types.has(bsonType(value))
}

/** `$size`: an array of exactly this length. */
export function hasSize(wanted: unknown): ValueTest {
  const size = isNumeric(wanted) ? toDouble(wanted) : undefined
  if (size === undefined) throw failedToParse('Failed to parse $size. Expected a number in: $size')
  if (!Number.isInteger(size)) throw failedToParse('Failed to parse $size. Expected an integer: $size')
  if (size < 0) throw failedToParse(`Failed to parse $size. Expected a non-negative number in: $size: ${size}`)
  return (value) => isArray(value) && value.length === size
}

/** `$mod`: divisor and remainder, all cut to whole numbers. */
export function hasRemainder(wanted: unknown): ValueTest {
  if (!isArray(wanted)) throw badValue('malformed mod, needs to be an array')
  if (wanted.length < 2) throw badValue('malformed mod, not enough elements')
  if (wanted.length > 2) throw badValue('malformed mod, too many elements')
  if (!isFiniteNumber(wanted[0])) throw badValue('malformed mod, divisor value is invalid :: caused by :: not a number')
  if (!isFiniteNumber(wanted[1]))
    throw badValue('malformed mod, remainder value is invalid :: caused by :: not a number')
  const [divisor, remainder] = [toBigInt(wanted[0]), toBigInt(wanted[1])]
  if (divisor === 0n) throw badValue('divisor cannot be 0')
  return (value) => isFiniteNumber(value) && isLong(value) && toBigInt(value) % divisor === remainder
}

const isFiniteNumber = (value: unknown) => value !== MISSING && isNumeric(value) && Number.isFinite(toDouble(value))
const isLong = (value: unknown) => Math.abs(toDouble(value)) < 2 ** 63

/** Truth of a flag such as `$exists`: everything but false, null and zero. */
export const isTruthy = (value: unknown): boolean =>
  isNumeric(value) ? toDouble(value) !== 0 : value !== false && value !== null && value !== undefined
