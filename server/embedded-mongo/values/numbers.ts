import { type Decimal128, Double, Int32, Long } from 'bson'
import { typeMismatch } from '../errors.js'
import { bsonType, T } from './types.js'

/** A finite number as an exact fraction; the denominator is positive. */
interface Fraction {
  readonly over: bigint
  readonly under: bigint
}

/** The nearest double of a number of any type. */
export function toDouble(value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  const type = bsonType(value)
  if (type === T.long) return (value as Long).toNumber()
  if (type === T.decimal) return Number((value as Decimal128).toString())
  return (value as Int32 | Double).value
}

/** A whole number as bigint: for Int32, Long and finite doubles and decimals, cut toward zero. */
export function toBigInt(value: unknown): bigint {
  const type = bsonType(value)
  if (typeof value === 'bigint') return value
  if (type === T.long) return (value as Long).toBigInt()
  if (type !== T.decimal) return BigInt(Math.trunc(toDouble(value)))
  const { over, under } = fractionOf(value)
  return over / under
}

/** Sign, digits and exponent of a finite decimal. */
export function decimalParts(text: string): { coefficient: bigint; exponent: number } {
  const [, sign, whole = '', part = '', exponent = '0'] = /^(-?)(\d*)\.?(\d*)(?:E([+-]?\d+))?$/.exec(text) ?? []
  const digits = BigInt(`${whole}${part}` || '0')
  return { coefficient: sign ? -digits : digits, exponent: Number(exponent) - part.length }
}

function fractionOf(value: unknown): Fraction {
  if (bsonType(value) === T.decimal) {
    const { coefficient, exponent } = decimalParts((value as Decimal128).toString())
    return exponent >= 0
      ? { over: coefficient * 10n ** BigInt(exponent), under: 1n }
      : { over: coefficient, under: 10n ** BigInt(-exponent) }
  }
  if (bsonType(value) === T.long) return { over: toBigInt(value), under: 1n }
  let number = toDouble(value)
  let under = 1n
  while (!Number.isInteger(number)) {
    number *= 2
    under *= 2n
  }
  return { over: BigInt(number), under }
}

/** Whether the nearest double is the number itself. */
export function isExactDouble(value: unknown): boolean {
  const type = bsonType(value)
  if (type === T.long) return BigInt(toDouble(value)) === toBigInt(value)
  if (type !== T.decimal) return true
  const double = toDouble(value)
  if (!Number.isFinite(double)) return !/\d/.test((value as Decimal128).toString())
  return compareFractions(fractionOf(value), fractionOf(double)) === 0
}

function compareFractions(a: Fraction, b: Fraction): number {
  const left = a.over * b.under
  const right = b.over * a.under
  return left < right ? -1 : left > right ? 1 : 0
}

const isDoubleType = (value: unknown) => {
  const type = bsonType(value)
  return type === T.int || type === T.double
}

/** Compares numbers of any types by their exact values; NaN is below all and equal to itself, -0 equals 0. */
export function compareNumbers(a: unknown, b: unknown): number {
  const x = toDouble(a)
  const y = toDouble(b)
  if (x < y) return -1
  if (x > y) return 1
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(y)) - Number(Number.isNaN(x))
  // Rounding to the nearest double keeps the order, so only equal doubles need the exact values.
  if (isDoubleType(a) && isDoubleType(b)) return 0
  if (Number.isFinite(x)) return compareFractions(fractionOf(a), fractionOf(b))
  const infinite = (value: unknown) => (isExactDouble(value) ? 1 : 0)
  return Math.sign(x) * (infinite(a) - infinite(b))
}

const LONG_MAX = 2n ** 63n - 1n
const fitsLong = (value: bigint) => value <= LONG_MAX && value >= -LONG_MAX - 1n

/**
 * Adds with MongoDB's type rules: the wider type wins, Int32 grows to Long.
 *
 * @returns undefined when whole numbers leave the range of Long
 * @throws {CommandError} 14 on decimals, which the engine keeps and compares but doesn't add
 */
export function add(a: unknown, b: unknown): unknown {
  const types = [bsonType(a), bsonType(b)]
  if (types.includes(T.decimal)) throw typeMismatch('The embedded store does not add numbers of type decimal')
  if (types.includes(T.double)) return new Double(toDouble(a) + toDouble(b))
  const sum = toBigInt(a) + toBigInt(b)
  if (!fitsLong(sum)) return undefined
  return types.includes(T.long) || BigInt.asIntN(32, sum) !== sum ? Long.fromBigInt(sum) : new Int32(Number(sum))
}
