import { Double, Int32, Long, Timestamp } from 'bson'
import { badValue, typeMismatch } from '../errors.js'
import { compareValues } from '../values/compare.js'
import { arithmetic } from '../values/numbers.js'
import { MISSING } from '../values/path.js'
import { bsonType, isDocument, isNumeric, T, typeName } from '../values/types.js'
import { type Change, type Context, describe, type Way } from './apply.js'
import { addToSet, pop, pull, pullAll, push } from './array-operators.js'

/** Makes the change of one operator from its operand; `path` is for messages. */
export type MakeChange = (operand: unknown, path: string) => Change

const idOf = ({ doc }: Context) => `{_id: ${describe(doc._id)}}`

function calculate(name: '$inc' | '$mul'): MakeChange {
  const operator = name === '$inc' ? '+' : '*'
  return (operand, field) => {
    if (!isNumeric(operand)) {
      const verb = name === '$inc' ? 'increment' : 'multiply'
      throw typeMismatch(`Cannot ${verb} with non-numeric argument: {${field}: ${describe(operand)}}`)
    }
    return (current, context, path) => {
      if (current === MISSING) return name === '$inc' ? operand : zeroOf(operand)
      if (!isNumeric(current)) {
        throw typeMismatch(
          `Cannot apply ${name} to a value of non-numeric type. ${idOf(context)} has the field '${path}' of non-numeric type ${typeName(current)}`,
        )
      }
      const result = arithmetic(operator, current, operand)
      if (result !== undefined) return result
      throw badValue(
        `Failed to apply ${name} operations to current value (${String(current)}) for document ${idOf(context)}`,
      )
    }
  }
}

/** Zero in the type of the factor. */
function zeroOf(operand: unknown): unknown {
  const type = bsonType(operand)
  if (type === T.int) return new Int32(0)
  if (type === T.long) return Long.ZERO
  return type === T.double ? new Double(0) : arithmetic('*', new Int32(0), operand)
}

const keepIf =
  (sign: 1 | -1): MakeChange =>
  (operand) =>
  (current) =>
    current === MISSING || compareValues(operand, current) === sign ? operand : current

const currentDate: MakeChange = (operand, path) => {
  const type = isDocument(operand) ? operand.$type : 'date'
  const isFlag = typeof operand === 'boolean'
  if (!isFlag && !isDocument(operand)) {
    throw badValue(
      `${typeName(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    )
  }
  if (isDocument(operand) && (Object.keys(operand).join() !== '$type' || (type !== 'date' && type !== 'timestamp'))) {
    throw badValue(`The '$type' string field is required to be 'date' or 'timestamp': ${path}`)
  }
  return () => (type === 'date' ? new Date() : new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 }))
}

const setTo: MakeChange = (operand) => () => operand

/** Every update operator of this store, and what it does with missing fields. */
export const OPERATORS: Record<string, { readonly make: MakeChange; readonly way: Way }> = {
  $set: { make: setTo, way: 'made' },
  $setOnInsert: { make: setTo, way: 'made' },
  $unset: { make: () => () => MISSING, way: 'free' },
  $inc: { make: calculate('$inc'), way: 'made' },
  $mul: { make: calculate('$mul'), way: 'made' },
  $min: { make: keepIf(-1), way: 'made' },
  $max: { make: keepIf(1), way: 'made' },
  $currentDate: { make: currentDate, way: 'made' },
  $push: { make: push, way: 'made' },
  $addToSet: { make: addToSet, way: 'made' },
  $pull: { make: pull, way: 'needed' },
  $pullAll: { make: pullAll, way: 'needed' },
  $pop: { make: pop, way: 'needed' },
}
