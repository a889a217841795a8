import { Double, Long } from 'bson'
import { location } from '../errors.js'
import { compareValues } from '../values/compare.js'
import { arithmetic, toBigInt, toDouble, wholeOf } from '../values/numbers.js'
import { MISSING } from '../values/path.js'
import { bsonType, isNumeric, T } from '../values/types.js'

/** Takes in the values of a group, one by one, and gives its result. */
export interface Accumulator {
  add(value: unknown): void
  result(): unknown
}

/** Adds doubles and carries their rounding errors along, as MongoDB does (Knuth's two-sum). */
function addDouble(total: { sum: number; rest: number }, value: number): void {
  const sum = total.sum + value
  const part = sum - total.sum
  total.rest += total.sum - (sum - part) + (value - part)
  total.sum = sum
}

/** `$sum`: whole numbers exactly, doubles compensated, decimals apart; what is no number counts as nothing. */
function sum(): Accumulator {
  let whole = 0n
  let decimal: unknown
  const doubles = { sum: 0, rest: 0 }
  const types = new Set<number>()
  const doubleResult = () => {
    const total = { ...doubles }
    addDouble(total, Number(whole))
    addDouble(total, Number(whole - BigInt(Number(whole))))
    return new Double(Number.isFinite(total.sum) ? total.sum + total.rest : doubles.sum)
  }
  return {
    add(value) {
      if (!isNumeric(value)) return
      const type = bsonType(value)
      types.add(type)
      if (type === T.decimal) decimal = decimal === undefined ? value : arithmetic('+', decimal, value)
      else if (type === T.double) addDouble(doubles, toDouble(value))
      else whole += toBigInt(value)
    },
    result() {
      const isLong = BigInt.asIntN(64, whole) === whole
      const isWhole = !types.has(T.double) && isLong
      const others = isWhole ? (types.has(T.long) ? Long.fromBigInt(whole) : wholeOf(whole)) : doubleResult()
      return decimal === undefined ? others : arithmetic('+', decimal, others)
    },
  }
}

const extreme = (sign: 1 | -1) => (): Accumulator => {
  let best: unknown = null
  return {
    add(value) {
      if (value === MISSING || value === null || value === undefined) return
      if (best === null || compareValues(value, best) === sign) best = value
    },
    result: () => best,
  }
}

/** The accumulators of `$group`. */
export const ACCUMULATORS: Record<string, () => Accumulator> = { $sum: sum, $min: extreme(-1), $max: extreme(1) }

/** The maker of an accumulator. @throws {CommandError} 15952 on an unknown name */
export function accumulatorOf(name: string): () => Accumulator {
  const make = Object.hasOwn(ACCUMULATORS, name) ? ACCUMULATORS[name] : undefined
  if (!make) throw location(15952, `unknown group operator '${name}'`)
  return make
}
