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

/** Collects the bytes of one value. */
class KeyWriter {
  private buffer = Buffer.allocUnsafe(64)
  private length = 0

  private room(bytes: number): number {
    const at = this.length
    this.length += bytes
    if (this.length > this.buffer.length) {
      const larger = Buffer.allocUnsafe(this.length * 2)
      this.buffer.copy(larger, 0, 0, at)
      this.buffer = larger
    }
    return at
  }

  byte(value: number): void {
    const at = this.room(1)
    this.buffer[at] = value
  }

  bytes(value: Uint8Array): void {
    const at = this.room(value.length)
    this.buffer.set(value, at)
  }

  uint32(value: number): void {
    const at = this.room(4)
    this.buffer.writeUInt32BE(value >>> 0, at)
  }

  uint64(value: bigint): void {
    const at = this.room(8)
    this.buffer.writeBigUInt64BE(BigInt.asUintN(64, value), at)
  }

  /** Text ended by 00 00; a NUL inside becomes 00 FF, so a longer text stays above its beginning. */
  text(value: string): void {
    const bytes = Buffer.from(value, 'utf8')
    if (bytes.includes(0)) for (const byte of bytes) byte === 0 ? this.bytes(NUL) : this.byte(byte)
    else this.bytes(bytes)
    this.bytes(END)
  }

  take(): Buffer {
    return this.buffer.subarray(0, this.length)
  }
}

const NUL = Uint8Array.of(0, 0xff)
const END = Uint8Array.of(0, 0)

const doubleBits = new DataView(new ArrayBuffer(8))

function writeDouble(out: KeyWriter, value: number): void {
  doubleBits.setFloat64(0, value === 0 ? 0 : value)
  const bits = doubleBits.getBigUint64(0)
  if (Number.isNaN(value)) out.uint64(0n)
  else out.uint64(bits >> 63n ? ~bits : bits | (1n << 63n))
}

function nextDown(value: number): number {
  if (value === Number.POSITIVE_INFINITY) return Number.MAX_VALUE
  if (value === 0) return -Number.MIN_VALUE
  doubleBits.setFloat64(0, value)
  doubleBits.setBigUint64(0, doubleBits.getBigUint64(0) + (value > 0 ? -1n : 1n))
  return doubleBits.getFloat64(0)
}

/**
 * The largest double not above the number, then 0 if that is the number; else 1 and the number's decimal digits,
 * which order the values between two doubles and are the same for Long and Decimal128.
 */
function writeNumber(out: KeyWriter, value: unknown): void {
  const nearest = toDouble(value)
  if (isExactDouble(value)) {
    writeDouble(out, nearest)
    out.byte(0)
    return
  }
  const isAbove = nearest === Number.POSITIVE_INFINITY || (nearest > -Infinity && compareNumbers(nearest, value) > 0)
  writeDouble(out, isAbove ? nextDown(nearest) : nearest)
  out.byte(1)
  const text = bsonType(value) === T.decimal ? (value as Decimal128).toString() : String(toBigInt(value))
  const { coefficient, exponent } = decimalParts(text)
  const flip = coefficient < 0n ? 0xff : 0
  const digits = String(coefficient < 0n ? -coefficient : coefficient)
  const magnitude = exponent + digits.length + 0x8000
  const body = [magnitude >> 8, magnitude & 0xff, ...Buffer.from(digits.replace(/0+$/, '')), 0]
  for (const byte of body) out.byte(byte ^ flip)
}

function writeBinary(out: KeyWriter, value: Binary): void {
  out.uint32(value.position)
  out.byte(value.sub_type)
  out.bytes(value.buffer.subarray(0, value.position))
}

function writeDocument(out: KeyWriter, value: Document): void {
  for (const [name, field] of entriesOf(value)) {
    out.byte(typeRank(field))
    out.text(name)
    writePayload(out, field)
  }
  out.byte(0)
}

function writeArray(out: KeyWriter, value: readonly unknown[]): void {
  for (const item of value) writeTyped(out, item)
  out.byte(0)
}

function writeRegex(out: KeyWriter, value: unknown): void {
  out.text(regexOf(value).pattern)
  out.text(regexOf(value).options)
}

function writeCode(out: KeyWriter, value: Code): void {
  out.text(textOf(value))
  if (value.scope) writeDocument(out, value.scope)
}

function writeTimestamp(out: KeyWriter, value: Timestamp): void {
  out.uint32(value.t)
  out.uint32(value.i)
}

const DATE_OFFSET = 1n << 63n

const WRITE: Record<number, (out: KeyWriter, value: never) => void> = {
  [T.int]: writeNumber,
  [T.long]: writeNumber,
  [T.double]: writeNumber,
  [T.decimal]: writeNumber,
  [T.string]: (out, value: unknown) => out.text(textOf(value)),
  [T.symbol]: (out, value: unknown) => out.text(textOf(value)),
  [T.object]: writeDocument,
  [T.array]: writeArray,
  [T.binData]: writeBinary,
  [T.objectId]: (out, value: ObjectId) => out.bytes(value.id),
  [T.bool]: (out, value: boolean) => out.byte(value ? 1 : 0),
  [T.date]: (out, value: Date) => out.uint64(BigInt(value.getTime()) + DATE_OFFSET),
  [T.timestamp]: writeTimestamp,
  [T.regex]: writeRegex,
  [T.javascript]: writeCode,
  [T.javascriptWithScope]: writeCode,
}

const writePayload = (out: KeyWriter, value: unknown) => WRITE[bsonType(value)]?.(out, value as never)

function writeTyped(out: KeyWriter, value: unknown): void {
  out.byte(typeRank(value))
  writePayload(out, value)
}

function encodeWhole(value: unknown): Buffer {
  const out = new KeyWriter()
  writeTyped(out, value)
  return out.take()
}

/** The room of one value: equal shares, so that a value's bytes don't depend on its neighbours. */
const room = (directions: readonly unknown[]) => Math.floor(MAX_KEY_BYTES / directions.length) - HASH_BYTES

/** Whether the key holds the values in full; if not, its order is only a hint and a range must not end at it. */
export const isExactKey = (values: readonly unknown[], directions: readonly (1 | -1)[]): boolean =>
  values.every((value) => encodeWhole(value).length <= room(directions))

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
    const whole = encodeWhole(value)
    const part =
      whole.length <= limit
        ? whole
        : Buffer.concat([whole.subarray(0, limit), createHash('sha256').update(whole).digest()])
    if (directions[i] === -1) for (let j = 0; j < part.length; j++) part[j] = (part[j] as number) ^ 0xff
    return part
  })
  return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)
}

/** The smallest byte string above every key that starts with `prefix`. */
export function keyPrefixEnd(prefix: Uint8Array): Uint8Array {
  let length = prefix.length
  while (length > 0 && prefix[length - 1] === 0xff) length--
  if (length === 0) return new Uint8Array(MAX_KEY_BYTES).fill(0xff)
  const end = Uint8Array.from(prefix.subarray(0, length))
  end[length - 1] = (end[length - 1] as number) + 1
  return end
}
