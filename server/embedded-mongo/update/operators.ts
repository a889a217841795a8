import { badValue, typeMismatch } from '../errors.js'
import { compareValues } from '../values/compare.js'
import { add } from '../values/numbers.js'
import { MISSING } from '../values/path.js'
import { isNumeric, typeName } from '../values/types.js'
import { type Change, type Context, describe, type Way } from './apply.js'
import { addToSet, pull, pullAll, push } from './array-operators.js'

/** Makes the change of one operator from its operand; `path` is for messages. */
export type MakeChange = (operand: unknown, path: string) => Change

const idOf = ({ doc }: Context) => `{_id: ${describe(doc._id)}}`

const increment: MakeChange = (operand, field) => {
  if (!isNumeric(operand))
    throw typeMismatch(`Cannot increment with non-numeric argument: {${field}: ${describe(operand)}}`)
  return (current, context, path) => {
    if (current === MISSING) return operand
    if (!isNumeric(current)) {
      throw typeMismatch(
        `Cannot apply $inc to a value of non-numeric type. ${idOf(context)} has the field '${path}' of non-numeric type ${typeName(current)}`,
      )
    }
    const sum = add(current, operand)
    if (sum !== undefined) return sum
    throw badValue(`Failed to apply $inc operations to current value (${String(current)}) for ${idOf(context)}`)
  }
}

const keepIf =
  (sign: 1 | -1): MakeChange =>
  (operand) =>
  (current) =>
    current === MISSING || compareValues(operand, current) === sign ? operand : current

const setTo: MakeChange = (operand) => () => operand

/** Every update operator of this store, and what it does with missing fields. */
export const OPERATORS: Record<string, { readonly make: MakeChange; readonly way: Way }> = {
  $set: { make: setTo, way: 'made' },
  $setOnInsert: { make: setTo, way: 'made' },
  $unset: { make: () => () => MISSING, way: 'free' },
  $inc: { make: increment, way: 'made' },
  $min: { make: keepIf(-1), way: 'made' },
  $max: { make: keepIf(1), way: 'made' },
  $push: { make: push, way: 'made' },
  $addToSet: { make: addToSet, way: 'made' },
  $pull: { make: pull, way: 'needed' },
  $pullAll: { make: pullAll, way: 'needed' },
}
