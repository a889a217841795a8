import { Double, Long } from 'bson'
import { location } from '../errors.js'
import { compareValues } from '../values/compare.js'
import { arithmetic, decimalOf, decimalParts, toBigInt, toDouble, wholeOf } from '../values/numbers.js'
import { MISSING } from '../values/path.js'
import { bsonType, isNumeric, T } from '../values/types.js'
import { valueOrNull } from './expression.js'

/** Takes in the values of a group, one by one, and gives its result. */
export interface Accumulator {
  add(value: unknown): void
  result(): unknown
}

/** Whole numbers exactly, doubles with their rounding errors carried along, decimals apart: as MongoDB adds up. */
class Total {
  private whole = 0n
  private sum = 0
  private rest = 0
  private decimal: unknown
  private readonly types = new Set<number>()
  count = 0

  add(value: unknown): void {
    if (value === MISSING || !isNumeric(value)) return
    const type = bsonType(value)
    this.types.add(type)
    this.count++
    if (type === T.decimal) this.decimal = this.decimal === undefined ? value : arithmetic('+', this.decimal, value)
    else if (type === T.double) this.addDouble(toDouble(value))
    else this.whole += toBigInt(value)
  }

  private addDouble(value: number): void {
    const sum = this.sum + value
    const part = sum - this.sum
    this.rest += this.sum - (sum - part) + (value - part)
    this.sum = sum
  }

  private double(): number {
    const total = new Total()
    total.sum = this.sum
    total.rest = this.rest
    const high = Number(this.whole)
    total.addDouble(high)
    total.addDouble(Number(this.whole - BigInt(high)))
    const value = total.sum + total.rest
    return Number.isNaN(value) ? this.sum + high : value
  }

  result(): unknown {
    if (this.types.has(T.decimal)) {
      const others = this.types.has(T.double) ? new Double(this.double()) : Long.fromBigInt(this.whole)
      return arithmetic('+', this.decimal, others)
    }
    if (this.types.has(T.double) || BigInt.asIntN(64, this.whole) !== this.whole) return new Double(this.double())
    return this.types.has(T.long) ? Long.fromBigInt(this.whole) : wholeOf(this.whole)
  }

  average(): unknown {
    if (this.count === 0) return null
    if (!this.types.has(T.decimal)) return new Double(this.double() / this.count)
    const text = String(this.result())
    if (!/\d/.test(text)) return this.result()
    const { coefficient, exponent } = decimalParts(text)
    return decimalOf((coefficient * 10n ** 40n) / BigInt(this.count), exponent - 40)
  }
}

const total = (finish: (total: Total) => unknown) => (): Accumulator => {
  const sum = new Total()
  return { add: (value) => sum.add(value), result: () => finish(sum) }
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

const first = (): Accumulator => {
  let value: unknown = MISSING
  let isSet = false
  return {
    add(next) {
      if (!isSet) value = next
      isSet = true
    },
    result: () => valueOrNull(value),
  }
}

const last = (): Accumulator => {
  let value: unknown = MISSING
  return {
    add(next) {
      value = next
    },
    result: () => valueOrNull(value),
  }
}

const push = (): Accumulator => {
  const values: unknown[] = []
  return { add: (value) => void (value !== MISSING && values.push(value)), result: () => values }
}

const ACCUMULATORS: Record<string, () => Accumulator> = {
  $sum: total((sum) => sum.result()),
  $avg: total((sum) => sum.average()),
  $min: extreme(-1),
  $max: extreme(1),
  $first: first,
  $last: last,
  $push: push,
}

/** The maker of an accumulator. @throws {CommandError} 15952 on an unknown name */
export function accumulatorOf(name: string): () => Accumulator {
  const make = Object.hasOwn(ACCUMULATORS, name) ? ACCUMULATORS[name] : undefined
  if (!make) throw location(15952, `unknown group operator '${name}'`)
  return make
}
