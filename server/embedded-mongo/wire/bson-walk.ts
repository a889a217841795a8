import { isUtf8 } from 'node:buffer'
import { badValue, CommandError, invalidBson } from '../errors.js'

/** MongoDB's limit for a stored document. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024
/** MongoDB's limit of nesting in a message; a stored document may have 20 levels less. */
export const MAX_DEPTH = 200

/** What a JavaScript Date can hold. */
const MAX_DATE_MS = 8_640_000_000_000_000n

const DOLLAR = 0x24
const OBJECT = 3
const ARRAY = 4
/** Bytes of the values whose size doesn't vary, by BSON type. */
const FIXED_SIZES: Readonly<Record<number, number>> = {
  1: 8, // double
  7: 12, // ObjectId
  8: 1, // boolean
  9: 8, // date
  10: 0, // null
  16: 4, // int32
  17: 8, // timestamp
  18: 8, // int64
  19: 16, // decimal128
  127: 0, // MaxKey
  255: 0, // MinKey
}

/** One element of a raw document: its type, name and where it lies. */
export interface RawElement {
  readonly type: number
  readonly name: string
  /** Where the element (type byte) starts, its value starts, and where it ends. */
  readonly from: number
  readonly value: number
  readonly to: number
}

function fail(what: string): never {
  throw invalidBson(what)
}

function stringSize(raw: Buffer, at: number, end: number): number {
  const length = at + 4 <= end ? raw.readInt32LE(at) : 0
  if (length < 1 || at + 4 + length > end || raw[at + 3 + length] !== 0) fail('Malformed BSON string')
  return 4 + length
}

function variableSize(raw: Buffer, type: number, at: number, end: number): number {
  switch (type) {
    case 2:
      return stringSize(raw, at, end)
    case OBJECT:
    case ARRAY:
      return at + 4 <= end ? raw.readInt32LE(at) : fail('Truncated BSON document')
    case 5:
      return at + 5 <= end && raw.readInt32LE(at) >= 0 ? 5 + raw.readInt32LE(at) : fail('Malformed BSON binary')
    case 11:
      return cstringEnd(raw, cstringEnd(raw, at, end), end) - at
    default:
      throw badValue(`BSON type ${type} (a deprecated type or JavaScript) is not kept by this store`)
  }
}

function cstringEnd(raw: Buffer, at: number, end: number): number {
  const zero = raw.indexOf(0, at)
  return zero >= 0 && zero < end ? zero + 1 : fail('Unterminated BSON name')
}

/** Where the value of an element ends; checks that this is inside the document. */
function valueEnd(raw: Buffer, type: number, at: number, end: number): number {
  const to = at + (FIXED_SIZES[type] ?? variableSize(raw, type, at, end))
  return to <= end ? to : fail('BSON element reaches beyond its document')
}

/** The elements of a raw document that {@link checkBson} has passed, without decoding them. */
export function* rawElements(raw: Buffer, start = 0): Generator<RawElement> {
  const end = start + raw.readInt32LE(start) - 1
  for (let from = start + 4; from < end; ) {
    const type = raw[from]!
    const value = cstringEnd(raw, from + 1, end)
    const to = valueEnd(raw, type, value, end)
    yield { type, name: raw.toString('utf8', from + 1, value - 1), from, value, to }
    from = to
  }
}

function checkText(raw: Buffer, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    if (raw[i]! < 0x80) continue
    if (!isUtf8(raw.subarray(from, to))) fail('Invalid UTF-8 in BSON string')
    return
  }
}

/** What `bson` would refuse to read back, or JavaScript can't hold. */
const CHECK: Readonly<Record<number, (raw: Buffer, from: number, to: number) => void>> = {
  2: (raw, from, to) => checkText(raw, from + 4, to - 1),
  5: (raw, from, to) => {
    const isOld = raw[from + 4] === 2
    if (isOld && (to < from + 9 || raw.readInt32LE(from + 5) !== to - from - 9)) fail('Malformed BSON binary')
  },
  8: (raw, from) => {
    if (raw[from]! > 1) fail('Malformed BSON boolean')
  },
  9: (raw, from) => {
    const at = raw.readBigInt64LE(from)
    if (at > MAX_DATE_MS || at < -MAX_DATE_MS) throw badValue('A date so far away is not kept by this store')
  },
  11: (raw, from, to) => {
    checkText(raw, from, to)
    if (!/\0[ilmsux]*\0$/.test(raw.toString('latin1', from, to))) fail('Malformed BSON regular expression options')
  },
}

function checkDocument(raw: Buffer, start: number, limit: number, depth: number): number {
  if (depth > MAX_DEPTH)
    throw new CommandError(15, 'Overflow', `BSONObj exceeded maximum nested object depth: ${MAX_DEPTH}`)
  const size = start + 5 <= limit ? raw.readInt32LE(start) : 0
  const end = start + size - 1
  if (size < 5 || end >= limit || raw[end] !== 0) fail('Malformed BSON document length')
  let deepest = depth
  for (let at = start + 4; at < end; ) {
    const type = raw[at]!
    const value = cstringEnd(raw, at + 1, end)
    checkText(raw, at + 1, value - 1)
    if (raw[at + 1] === DOLLAR && raw.toString('latin1', at + 1, value) === '$ref\0') {
      throw badValue('References with $ref (DBRef) are not kept by this store')
    }
    at = valueEnd(raw, type, value, end)
    if (type === OBJECT || type === ARRAY) deepest = Math.max(deepest, checkDocument(raw, value, at, depth + 1))
    else CHECK[type]?.(raw, value, at)
  }
  return deepest
}

/**
 * Checks that bytes are one whole, well-formed document in valid UTF-8.
 *
 * @returns how deep it is nested; 1 for a flat document
 * @throws {CommandError} 22 when malformed, 15 when nested deeper than {@link MAX_DEPTH}, 2 for a type that isn't kept
 */
export function checkBson(raw: Buffer): number {
  if (raw.length < 5 || raw.readInt32LE(0) !== raw.length) fail('BSON length does not agree with the bytes sent')
  return checkDocument(raw, 0, raw.length, 1)
}
