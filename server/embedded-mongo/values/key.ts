import { createHash } from 'node:crypto'
import type { Binary, BSONRegExp, Decimal128, Document, Long, ObjectId, Timestamp } from 'bson'
import { isNumeric, toDouble, typeOf } from './types.js'

/**
 * No key built here is longer, so that an index key (these fields, then the document's id) and a collection number
 * stay below LMDB's 1978 bytes.
 */
export const MAX_KEY_BYTES = 960

export type Direction = 1 | -1

const HASH_BYTES = 32
const END = Uint8Array.of(0)
const NOTHING = new Uint8Array()
const SIGN = 1n << 63n

function uint64(value: bigint): Buffer {
  const bytes = Buffer.allocUnsafe(8)
  bytes.writeBigUInt64BE(BigInt.asUintN(64, value))
  return bytes
}

const uint32 = (value: number): Buffer => uint64(BigInt(value >>> 0)).subarray(4)

/** Text ended by 00 00; a NUL inside becomes 00 01, so a longer text stays above its beginning. */
const text = (value: string) => Buffer.from(`${value.includes('\0') ? value.replaceAll('\0', '\0\x01') : value}\0\0`)

/** The bits of a double as a whole number that ascends with it; NaN is below all, -0 is 0. */
function orderedBits(value: number): bigint {
  if (Number.isNaN(value)) return 0n
  const bytes = Buffer.allocUnsafe(8)
  bytes.writeDoubleBE(value === 0 ? 0 : value)
  const bits = bytes.readBigUInt64BE()
  return bits & SIGN ? BigInt.asUintN(64, ~bits) : bits | SIGN
}

const doubleBytes = (value: unknown): Buffer => Buffer.concat([uint64(orderedBits(toDouble(value))), END])

const inverted = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 0xff)

/** Bytes in the order of decimal numbers: sign, magnitude, digits; fewer for zero and for what has no digits. */
function decimalBytes(number: string): Uint8Array {
  const [, whole, part = '', power = '0'] = /^-?(\d+)\.?(\d*)(?:e(.+))?$/i.exec(number) ?? []
  if (whole === undefined) return Uint8Array.of(number.startsWith('-') ? 0 : 0xff)
  const digits = `${whole}${part}`.replace(/^0+/, '')
  if (digits === '') return Uint8Array.of(0x80)
  const magnitude = Number(power) + digits.length - part.length + 0x8000
  const bytes = Uint8Array.of(0x80, magnitude >> 8, magnitude, ...Buffer.from(digits.replace(/0+$/, '')), 0)
  return number.startsWith('-') ? inverted(bytes) : bytes
}

/**
 * The largest double not above the number, then 0 if that is the number; else 1 and the number's decimal digits,
 * which order the values between two doubles and are the same for Long and Decimal128. Of a double, 100 digits tell
 * whether it is the number: that one has 34 at most.
 */
function wideBytes(value: Long | Decimal128): Buffer {
  const [nearest, exact] = [toDouble(value), decimalBytes(String(value))]
  const order = Buffer.compare(exact, decimalBytes(nearest.toExponential(100)))
  if (order === 0) return doubleBytes(value)
  return Buffer.concat([uint64(orderedBits(nearest) - (order < 0 ? 1n : 0n)), Uint8Array.of(1), exact])
}

const binaryBytes = ({ position, sub_type, buffer }: Binary): Buffer =>
  Buffer.concat([uint32(position), Uint8Array.of(sub_type), buffer.subarray(0, position)])

/** Of a field the type counts first, then the name, then the value. */
const documentBytes = (value: Document): Buffer =>
  Buffer.concat([
    ...Object.entries(value).flatMap(([name, field]) => {
      const bytes = valueBytes(field)
      return [bytes.subarray(0, 1), text(name), bytes.subarray(1)]
    }),
    END,
  ])

const ENCODE: Readonly<Record<string, (value: never) => Uint8Array>> = {
  int: doubleBytes,
  double: doubleBytes,
  long: wideBytes,
  decimal: wideBytes,
  string: text,
  object: documentBytes,
  array: (value: readonly unknown[]) => Buffer.concat([...value.map(valueBytes), END]),
  binData: binaryBytes,
  objectId: (value: ObjectId) => value.id,
  bool: (value: boolean) => Uint8Array.of(Number(value)),
  date: (value: Date) => uint64(BigInt(value.getTime()) + SIGN),
  timestamp: ({ t, i }: Timestamp) => Buffer.concat([uint32(t), uint32(i)]),
  regex: ({ pattern, options }: BSONRegExp) => Buffer.concat([text(pattern), text(options)]),
}

/** The bytes of a value, its type first: their memcmp order is MongoDB's comparison order. */
export function valueBytes(value: unknown): Buffer {
  const { name, rank } = typeOf(value)
  return Buffer.concat([Uint8Array.of(rank), ENCODE[name]?.(value as never) ?? NOTHING])
}

/** The room of one value: equal shares, so that a value's bytes don't depend on its neighbours. */
const room = (fields: number) => Math.floor(MAX_KEY_BYTES / fields) - HASH_BYTES

/** Whether a key of so many fields holds the value in full; if not, its order is only a hint and no range ends at it. */
export const isExactKey = (value: unknown, fields: number): boolean => {
  const isShort = typeof value !== 'object' && (typeof value !== 'string' || value.length < 50)
  return (isShort && fields <= 5) || valueBytes(value).length <= room(fields)
}

/**
 * The key of a list of values; descending ones are inverted. `values` may be shorter than `directions`: the result is
 * then the common beginning of all keys with these values.
 *
 * A value that outgrows its share is cut and closed by the SHA-256 of all its bytes: equal values still get equal
 * keys and unequal ones unequal keys, but beyond the cut the order is that of the hash (see `isExactKey`).
 */
export function encodeKey(
  values: readonly unknown[],
  directions: readonly Direction[],
  limit = room(directions.length),
): Buffer {
  const parts = values.map((value, i) => {
    const whole = valueBytes(value)
    const hash = () => createHash('sha256').update(whole).digest()
    const part = whole.length <= limit ? whole : Buffer.concat([whole.subarray(0, limit), hash()])
    return directions[i] === -1 ? inverted(part) : part
  })
  return Buffer.concat(parts)
}

/** A value as text that equal values share and others don't, for maps and sets. */
export const keyText = (value: unknown): string => encodeKey([value], [1]).toString('latin1')

/** More 255s than any value's bytes have in a row, nor a type byte is one: above all that can stand behind a beginning. */
const ABOVE = Buffer.alloc(40, 0xff)

/** A byte string above every key that starts with `prefix`, and below all others that are above those. */
export const keyPrefixEnd = (prefix: Uint8Array): Buffer => Buffer.concat([prefix, ABOVE])

/**
 * Orders two BSON values as MongoDB does: by type bracket, then by value; numbers of all types together, strings by
 * UTF-8 bytes, documents field by field. Returns -1, 0 or 1.
 *
 * There is one definition of the order, that of keys; plain doubles, equal texts and types are only told sooner.
 *
 * @see MongoDB manual, "Comparison/Sort Order"
 */
export function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0
  const [x, y] = [typeOf(a), typeOf(b)]
  if (x.rank !== y.rank) return x.rank < y.rank ? -1 : 1
  if (isNumeric(a)) {
    const [left, right] = [toDouble(a), toDouble(b)]
    // Rounding to the nearest double keeps the order, so only equal doubles need the exact values.
    if (left !== right && !Number.isNaN(left) && !Number.isNaN(right)) return left < right ? -1 : 1
  }
  return Buffer.compare(valueBytes(a), valueBytes(b))
}

/** Whether two values are equal, as filters compare them. */
export const isEqual = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' && typeof b === 'string' ? a === b : compareValues(a, b) === 0
