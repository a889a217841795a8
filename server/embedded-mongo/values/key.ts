import { createHash } from 'node:crypto'
import type { Binary, Code, Decimal128, Document, ObjectId, Timestamp } from 'bson'
import { compareNumbers, decimalParts, isExactDouble, toBigInt, toDouble } from './numbers.js'
import { bsonType, entriesOf, regexOf, T, textOf, typeRank } from './types.js'

/**
 * No key built here is longer, so that an index key (these fields, then the document's id) and a collection number
 * stay below LMDB's 1978 bytes.
 */
export const MAX_KEY_BYTES = 960

const HASH_BYTES = 32
const END = Uint8Array.of(0)
const SIGN = 1n << 63n

function uint64(value: bigint): Buffer {
  const bytes = Buffer.allocUnsafe(8)
  bytes.writeBigUInt64BE(BigInt.asUintN(64, value))
  return bytes
}

function uint32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeUInt32BE(value >>> 0)
  return bytes
}

/** Text ended by 00 00; a NUL inside becomes 00 01, so a longer text stays above its beginning. */
const text = (value: string) => Buffer.from(`${value.includes('\0') ? value.replaceAll('\0', '\0\x01') : value}\0\0`)

const view = new DataView(new ArrayBuffer(8))

function doubleBytes(value: number): Buffer {
  if (Number.isNaN(value)) return uint64(0n)
  view.setFloat64(0, value === 0 ? 0 : value)
  const bits = view.getBigUint64(0)
  return uint64(bits & SIGN ? ~bits : bits | SIGN)
}

function nextDown(value: number): number {
  if (value === 0) return -Number.MIN_VALUE
  view.setFloat64(0, value)
  view.setBigUint64(0, view.getBigUint64(0) + (value > 0 ? -1n : 1n))
  return view.getFloat64(0)
}

/**
 * The largest double not above the number, then 0 if that is the number; else 1 and the number's decimal digits,
 * which order the values between two doubles and are the same for Long and Decimal128.
 */
function numberBytes(value: unknown): Buffer {
  const nearest = toDouble(value)
  if (isExactDouble(value)) return Buffer.concat([doubleBytes(nearest), END])
  const source = bsonType(value) === T.decimal ? (value as Decimal128).toString() : String(toBigInt(value))
  const { coefficient, exponent } = decimalParts(source)
  const digits = String(coefficient).replace('-', '')
  const magnitude = exponent + digits.length + 0x8000
  const body = Uint8Array.of(magnitude >> 8, magnitude & 0xff, ...Buffer.from(digits.replace(/0+$/, '')), 0)
  const floor = compareNumbers(nearest, value) > 0 ? nextDown(nearest) : nearest
  return Buffer.concat([
    doubleBytes(floor),
    Uint8Array.of(1),
    coefficient < 0n ? body.map((byte) => byte ^ 0xff) : body,
  ])
}

const binaryBytes = (value: Binary) =>
  Buffer.concat([uint32(value.position), Uint8Array.of(value.sub_type), value.buffer.subarray(0, value.position)])

const documentBytes = (value: Document): Buffer =>
  Buffer.concat([
    ...entriesOf(value).flatMap(([name, field]) => [Uint8Array.of(typeRank(field)), text(name), payload(field)]),
    END,
  ])

const arrayBytes = (value: readonly unknown[]): Buffer => Buffer.concat([...value.map(typedBytes), END])
const codeBytes = (value: Code) => Buffer.concat([text(textOf(value)), value.scope ? documentBytes(value.scope) : END])
const stringBytes = (value: unknown) => text(textOf(value))

const ENCODE: Record<number, (value: never) => Uint8Array> = {
  [T.int]: numberBytes,
  [T.long]: numberBytes,
  [T.double]: numberBytes,
  [T.decimal]: numberBytes,
  [T.string]: stringBytes,
  [T.symbol]: stringBytes,
  [T.object]: documentBytes,
  [T.array]: arrayBytes,
  [T.binData]: binaryBytes,
  [T.objectId]: (value: ObjectId) => value.id,
  [T.bool]: (value: boolean) => Uint8Array.of(value ? 1 : 0),
  [T.date]: (value: Date) => uint64(BigInt(value.getTime()) + SIGN),
  [T.timestamp]: (value: Timestamp) => Buffer.concat([uint32(value.t), uint32(value.i)]),
  [T.regex]: (value: unknown) => Buffer.concat([text(regexOf(value).pattern), text(regexOf(value).options)]),
  [T.javascript]: codeBytes,
  [T.javascriptWithScope]: codeBytes,
}

const payload = (value: unknown): Uint8Array => ENCODE[bsonType(value)]?.(value as never) ?? new Uint8Array()

function typedBytes(value: unknown): Buffer {
  return Buffer.concat([Uint8Array.of(typeRank(value)), payload(value)])
}

/** The room of one value: equal shares, so that a value's bytes don't depend on its neighbours. */
const room = (directions: readonly unknown[]) => Math.floor(MAX_KEY_BYTES / directions.length) - HASH_BYTES

/** Whether the key holds the values in full; if not, its order is only a hint and a range must not end at it. */
export const isExactKey = (values: readonly unknown[], directions: readonly (1 | -1)[]): boolean =>
  values.every((value) => typedBytes(value).length <= room(directions))

/** Every key of this value's type bracket begins with these bytes, when the value is the first field of the key. */
export const bracketPrefix = (value: unknown, direction: 1 | -1): Uint8Array =>
  Uint8Array.of(direction === 1 ? typeRank(value) : typeRank(value) ^ 0xff)

/**
 * Bytes whose memcmp order is the comparison order of the value lists.
 *
 * `values` may be shorter than `directions`: the result is then the common beginning of all keys with these values.
 * A value that outgrows its share is cut and closed by the SHA-256 of all its bytes: equal values still get equal
 * keys and unequal ones unequal keys, but beyond the cut the order is that of the hash (see `isExactKey`).
 */
export function encodeKey(values: readonly unknown[], directions: readonly (1 | -1)[]): Uint8Array {
  const limit = room(directions)
  const parts = values.map((value, i) => {
    const whole = typedBytes(value)
    const hash = () => createHash('sha256').update(whole).digest()
    const part = whole.length <= limit ? whole : Buffer.concat([whole.subarray(0, limit), hash()])
    return directions[i] === -1 ? part.map((byte) => byte ^ 0xff) : part
  })
  return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts)
}

/** A value as text that equal values share and others don't, for maps and sets. */
export const keyText = (value: unknown): string => Buffer.from(encodeKey([value], [1])).toString('latin1')

/** The smallest byte string above every key that starts with `prefix`. */
export function keyPrefixEnd(prefix: Uint8Array): Uint8Array {
  let length = prefix.length
  while (length > 0 && prefix[length - 1] === 0xff) length--
  if (length === 0) return new Uint8Array(MAX_KEY_BYTES).fill(0xff)
  const end = Uint8Array.from(prefix.subarray(0, length))
  end[length - 1] = (end[length - 1] as number) + 1
  return end
}
