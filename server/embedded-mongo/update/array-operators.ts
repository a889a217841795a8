import type { Document } from 'bson'
import { badValue, typeMismatch } from '../errors.js'
import { compileElement, compileFilter } from '../query/filter.js'
import { isOperators } from '../query/predicates.js'
import { compareValues } from '../values/compare.js'
import { MISSING } from '../values/path.js'
import { bsonType, isArray, isDocument, T, typeName } from '../values/types.js'
import { describe } from './apply.js'
import type { MakeChange } from './operators.js'

/** The clauses of `$push`. */
export const CLAUSES = ['$each']

/** `$push`: one value, or those of `$each`. */
export const push: MakeChange = (operand) => {
  const hasClauses = isDocument(operand) && Object.hasOwn(operand, '$each')
  const clauses: Document = hasClauses ? operand : { $each: [operand] }
  const unknown = Object.keys(clauses).find((name) => !CLAUSES.includes(name))
  if (unknown) throw badValue(`Unrecognized clause in $push: ${unknown}`)
  const added: unknown = clauses.$each
  if (!isArray(added)) {
    throw badValue(`The argument to $each in $push must be an array but it was of type: ${typeName(added)}`)
  }
  return (current, { doc }, path) => {
    if (current !== MISSING && !isArray(current)) {
      throw badValue(
        `The field '${path}' must be an array but is of type ${typeName(current)} in document {_id: ${describe(doc._id)}}`,
      )
    }
    return current === MISSING ? added : [...current, ...added]
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
  if (isOperators(operand)) {
    const filter = compileFilter({ item: operand })
    return (item) => filter({ item })
  }
  if (bsonType(operand) === T.regex) throw badValue('The embedded store does not search by regular expressions')
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
