import { badValue } from '../errors.js'
import { compareValues } from '../values/compare.js'
import { keyText } from '../values/key.js'
import { toDouble } from '../values/numbers.js'
import { MISSING } from '../values/path.js'
import { bsonType, isArray, isNumeric, T, typeRank } from '../values/types.js'

/** Tests one value, which may be MISSING. */
export type ValueTest = (value: unknown) => boolean

const isNaNValue = (value: unknown) => isNumeric(value) && Number.isNaN(toDouble(value))
const isNothing = (value: unknown) => value === null || value === undefined || value === MISSING

/** Refuses what no value is compared to. */
function checkOperand(wanted: unknown): void {
  if (wanted === undefined) throw badValue('cannot compare to undefined')
  if (bsonType(wanted) === T.regex) throw badValue('The embedded store does not search by regular expressions')
}

/** Equality; null also stands for missing. */
export function equals(wanted: unknown): ValueTest {
  checkOperand(wanted)
  if (wanted === null) return isNothing
  return (value) => value !== MISSING && compareValues(value, wanted) === 0
}

/** One of the comparisons `$gt $gte $lt $lte`, within the type bracket of the operand. */
export function compares(operator: string, wanted: unknown): ValueTest {
  checkOperand(wanted)
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

/** A list longer than this is looked up by key instead of being gone through. */
const LONG_LIST = 16

/** Membership. */
export function isIn(list: unknown): ValueTest {
  if (!isArray(list)) throw badValue('$in needs an array')
  const tests = list.map((item) => {
    if (isOperators(item)) throw badValue('cannot nest $ under $in')
    return equals(item)
  })
  if (list.length <= LONG_LIST) return (value) => tests.some((test) => test(value))
  const hasNull = list.includes(null)
  const keys = new Set(list.map(keyText))
  return (value) => (value !== MISSING && keys.has(keyText(value))) || (hasNull && isNothing(value))
}

/** Whether a value is a document of operators; `$ref`, `$id` and `$db` mark a reference instead. */
export function isOperators(value: unknown): value is Record<string, unknown> {
  if (bsonType(value) !== T.object) return false
  const [first] = Object.keys(value as object)
  return first?.startsWith('$') === true && !['$ref', '$id', '$db'].includes(first)
}

/** Truth of a flag such as `$exists`: everything but false, null and zero. */
export const isTruthy = (value: unknown): boolean =>
  isNumeric(value) ? toDouble(value) !== 0 : value !== false && value !== null && value !== undefined
