import { type Binary, type Code, type Document, Int32, type ObjectId, type Timestamp } from 'bson'
import { compareNumbers } from './numbers.js'
import { bsonType, entriesOf, NUMBER_RANK, regexOf, T, textOf, typeRank } from './types.js'

const compareSame = (a: number | boolean | bigint, b: number | boolean | bigint) => (a < b ? -1 : a > b ? 1 : 0)

/** Code units above the surrogates sort below them in UTF-8, so they trade places. */
const utf8Weight = (unit: number) => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit)

/** Compares strings by their UTF-8 bytes. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return utf8Weight(x) < utf8Weight(y) ? -1 : 1
  }
  return a.length < b.length ? -1 : 1
}

function compareDocuments(a: Document, b: Document): number {
  const left = entriesOf(a)
  const right = entriesOf(b)
  for (const [i, [name, value]] of left.entries()) {
    const other = right[i]
    if (!other) return 1
    const order =
      compareSame(typeRank(value), typeRank(other[1])) ||
      compareStrings(name, other[0]) ||
      compareValues(value, other[1])
    if (order !== 0) return order
  }
  return compareSame(left.length, right.length)
}

function compareArrays(a: readonly unknown[], b: readonly unknown[]): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const order = compareValues(a[i], b[i])
    if (order !== 0) return order
  }
  return compareSame(a.length, b.length)
}

function compareBinaries(a: Binary, b: Binary): number {
  const left = a.buffer.subarray(0, a.position)
  const right = b.buffer.subarray(0, b.position)
  return compareSame(left.length, right.length) || compareSame(a.sub_type, b.sub_type) || Buffer.compare(left, right)
}

const compareRegexes = (a: unknown, b: unknown) =>
  compareStrings(regexOf(a).pattern, regexOf(b).pattern) || compareStrings(regexOf(a).options, regexOf(b).options)

const compareTimestamps = (a: Timestamp, b: Timestamp) => compareSame(a.t, b.t) || compareSame(a.i, b.i)

const COMPARE: Record<number, (a: never, b: never) => number> = {
  [T.string]: (a: unknown, b: unknown) => compareStrings(textOf(a), textOf(b)),
  [T.symbol]: (a: unknown, b: unknown) => compareStrings(textOf(a), textOf(b)),
  [T.object]: compareDocuments,
  [T.array]: compareArrays,
  [T.binData]: compareBinaries,
  [T.objectId]: (a: ObjectId, b: ObjectId) => Buffer.compare(a.id, b.id),
  [T.bool]: compareSame,
  [T.date]: (a: Date, b: Date) => compareSame(a.getTime(), b.getTime()),
  [T.timestamp]: compareTimestamps,
  [T.regex]: compareRegexes,
  [T.javascript]: (a: unknown, b: unknown) => compareStrings(textOf(a), textOf(b)),
  [T.javascriptWithScope]: (a: Code, b: Code) =>
    compareStrings(textOf(a), textOf(b)) || compareDocuments(a.scope ?? {}, b.scope ?? {}),
}

/**
 * Orders two BSON values as MongoDB does: by type bracket, then by value; numbers of all types together, strings by
 * UTF-8 bytes, documents field by field. Returns -1, 0 or 1.
 * @see MongoDB manual, "Comparison/Sort Order"
 */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b)
  if (a instanceof Int32 && b instanceof Int32) return compareSame(a.value, b.value)
  const rank = typeRank(a)
  const order = compareSame(rank, typeRank(b))
  if (order !== 0) return order
  if (rank === NUMBER_RANK) return compareNumbers(a, b)
  const compare = COMPARE[bsonType(a)]
  return compare ? Math.sign(compare(a as never, b as never)) : 0
}
