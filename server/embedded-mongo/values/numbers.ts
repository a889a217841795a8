import { type Decimal128, Double, Int32, Long } from 'bson'
import { refuse } from '../errors.js'
import { isNumeric, typeName } from './types.js'

/** The nearest double of a number of any type. */
export function toDouble(value: unknown): number {
  if (typeof value === 'number') return value
  const plain = (value as Int32 | Double).value
  return typeof plain === 'number' ? plain : Number(String(value))
}

/** Truth of a flag: everything but false, null and zero. */
export const isTruthy = (value: unknown): boolean =>
  isNumeric(value) ? toDouble(value) !== 0 : value !== false && value !== null && value !== undefined

/** A number as whole digits and a power of ten. */
export interface Digits {
  readonly coefficient: bigint
  readonly exponent: number
}

/** The digits of a Long or Decimal128; undefined when a double is exactly as large, or there are none to count. */
export function digitsBetweenDoubles(value: Long | Decimal128): (Digits & { isBelowNearest: boolean }) | undefined {
  const [, sign = '', whole = '', part = '', power = '0'] = /^(-?)(\d+)\.?(\d*)(?:E(.+))?$/.exec(String(value)) ?? []
  if (whole === '') return undefined
  const digits = { coefficient: BigInt(`${sign}${whole}${part}`), exponent: Number(power) - part.length }
  const order = compareExactly(toDouble(value), digits)
  return order === 0 ? undefined : { ...digits, isBelowNearest: order > 0 }
}

/** Compares a double with digits, without rounding: both are multiplied until they are whole. */
function compareExactly(double: number, { coefficient, exponent }: Digits): number {
  if (!Number.isFinite(double)) return Math.sign(double)
  let number = double
  let halvings = 0n
  for (; !Number.isInteger(number); number *= 2) halvings++
  const left = BigInt(number) * 10n ** BigInt(Math.max(0, -exponent))
  const right = (coefficient << halvings) * 10n ** BigInt(Math.max(0, exponent))
  return left < right ? -1 : Number(left > right)
}

/**
 * Adds with MongoDB's type rules: the wider type wins, Int32 grows to Long.
 *
 * @returns undefined when whole numbers leave the range of Long
 * @throws {CommandError} 14 on decimals, which the engine keeps and compares but doesn't add
 */
export function add(a: unknown, b: unknown): unknown {
  const types = [typeName(a), typeName(b)]
  if (types.includes('decimal')) refuse(14, 'The embedded store does not add numbers of type decimal')
  if (types.includes('double')) return new Double(toDouble(a) + toDouble(b))
  const sum = BigInt(String(a)) + BigInt(String(b))
  if (BigInt.asIntN(64, sum) !== sum) return undefined
  const isInt = !types.includes('long') && BigInt.asIntN(32, sum) === sum
  return isInt ? new Int32(Number(sum)) : Long.fromBigInt(sum)
}
