import type { BSONRegExp, Document } from 'bson'
import { badValue, failedToParse, typeMismatch } from '../errors.js'
import { compileElement, compileFilter } from '../query/filter.js'
import { isOperators, matches } from '../query/predicates.js'
import { compareValues } from '../values/compare.js'
import { toDouble } from '../values/numbers.js'
import { fieldOf, MISSING } from '../values/path.js'
import { bsonType, isArray, isDocument, isNumeric, T, typeName } from '../values/types.js'
import { describe } from './apply.js'
import type { MakeChange } from './operators.js'

function wholeClause(clauses: Document, name: string): number | undefined {
  if (!Object.hasOwn(clauses, name)) return undefined
  const value: unknown = clauses[name]
  const number = isNumeric(value) ? toDouble(value) : Number.NaN
  if (!Number.isInteger(number)) {
    throw badValue(`The value for ${name} must be an integer value but was given type: ${typeName(value)}`)
  }
  return number
}

type Compare = (a: unknown, b: unknown) => number

const INVALID_SORT = 'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields'

function sortDirection(value: unknown): number {
  const direction = isNumeric(value) ? toDouble(value) : 0
  if (direction !== 1 && direction !== -1) throw badValue(INVALID_SORT)
  return direction
}

/** A field of an element without looking into arrays; null when there is none. */
function plainField(item: unknown, parts: readonly string[]): unknown {
  let value = item
  for (const part of parts) value = isDocument(value) || isArray(value) ? fieldOf(value, part) : MISSING
  return value === MISSING ? null : value
}

function sortClause(clauses: Document): Compare | undefined {
  if (!Object.hasOwn(clauses, '$sort')) return undefined
  const spec: unknown = clauses.$sort
  if (!isDocument(spec)) {
    const direction = sortDirection(spec)
    return (a, b) => direction * compareValues(a, b)
  }
  const fields = Object.entries(spec).map(([path, value]) => ({
    parts: path.split('.'),
    direction: sortDirection(value),
  }))
  if (fields.length === 0) throw badValue('The $sort pattern is empty when it should be a set of fields.')
  return (a, b) => {
    for (const { parts, direction } of fields) {
      const order = compareValues(plainField(a, parts), plainField(b, parts))
      if (order !== 0) return order * direction
    }
    return 0
  }
}

/** The clauses of `$push`. */
export const CLAUSES = ['$each', '$slice', '$sort', '$position']

/** `$push`: one value, or `$each` with `$position`, `$sort` and `$slice`, done in this order. */
export const push: MakeChange = (operand) => {
  const hasClauses = isDocument(operand) && Object.hasOwn(operand, '$each')
  const clauses: Document = hasClauses ? operand : { $each: [operand] }
  const unknown = Object.keys(clauses).find((name) => !CLAUSES.includes(name))
  if (unknown) throw badValue(`Unrecognized clause in $push: ${unknown}`)
  const added: unknown = clauses.$each
  if (!isArray(added)) {
    throw badValue(`The argument to $each in $push must be an array but it was of type: ${typeName(added)}`)
  }
  const [slice, position, compare] = [
    wholeClause(clauses, '$slice'),
    wholeClause(clauses, '$position'),
    sortClause(clauses),
  ]
  return (current, { doc }, path) => {
    if (current !== MISSING && !isArray(current)) {
      throw badValue(
        `The field '${path}' must be an array but is of type ${typeName(current)} in document {_id: ${describe(doc._id)}}`,
      )
    }
    const items = current === MISSING ? [] : [...current]
    items.splice(position ?? items.length, 0, ...added)
    if (compare) items.sort(compare)
    if (slice === undefined) return items
    return slice < 0 ? items.slice(slice) : items.slice(0, slice)
  }
}

/** `$addToSet`: values that no element equals yet. */
export const addToSet: MakeChange = (operand) => {
  const hasEach = isDocument(operand) && Object.keys(operand)[0] === '$each'
  if (hasEach && Object.keys(operand).length > 1) throw badValue('Found unexpected fields after $each in $addToSet')
  const added: unknown = hasEach ? operand.$each : [operand]
  if (!isArray(added)) {
    throw typeMismatch(`The argument to $each in $addToSet must be an array but it was of type ${typeName(added)}`)
  }
  return (current, _context, path) => {
    if (current !== MISSING && !isArray(current)) {
      throw badValue(
        `Cannot apply $addToSet to non-array field. Field named '${path}' has non-array type ${typeName(current)}`,
      )
    }
    const items = current === MISSING ? [] : [...current]
    for (const value of added) if (!items.some((item) => compareValues(item, value) === 0)) items.push(value)
    return items
  }
}

function removal(test: (item: unknown) => boolean): ReturnType<MakeChange> {
  return (current) => {
    if (current === MISSING) return MISSING
    if (!isArray(current)) throw badValue('Cannot apply $pull to a non-array value')
    return current.filter((item) => !test(item))
  }
}

function pullTest(operand: unknown): (item: unknown) => boolean {
  if (bsonType(operand) === T.regex) return matches(operand as BSONRegExp)
  if (isOperators(operand)) {
    const filter = compileFilter({ item: operand })
    return (item) => filter({ item })
  }
  if (!isDocument(operand)) return (item) => compareValues(item, operand) === 0
  const test = compileElement(operand)
  return (item) => isDocument(item) && test(item)
}

/** `$pull`: elements that equal a value or satisfy a condition. */
export const pull: MakeChange = (operand) => removal(pullTest(operand))

/** `$pullAll`: elements that equal one of the values. */
export const pullAll: MakeChange = (operand) => {
  if (!isArray(operand)) throw badValue(`$pullAll requires an array argument but was given a ${typeName(operand)}`)
  return removal((item) => operand.some((value) => compareValues(item, value) === 0))
}

/** `$pop`: the first (-1) or last (1) element. */
export const pop: MakeChange = (operand, path) => {
  const end = isNumeric(operand) ? toDouble(operand) : undefined
  if (end === undefined) throw failedToParse(`Expected a number in: ${path}: ${describe(operand)}`)
  if (end !== 1 && end !== -1) throw failedToParse(`$pop expects 1 or -1, found: ${end}`)
  return (current) => {
    if (current === MISSING) return MISSING
    if (!isArray(current))
      throw typeMismatch(`Path '${path}' contains an element of non-array type '${typeName(current)}'`)
    return end === 1 ? current.slice(0, -1) : current.slice(1)
  }
}
