import {
  Binary,
  BSONRegExp,
  Decimal128,
  type Document,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson'

/**
 * A second comparison of values, written apart from the engine's, which compares the bytes of keys: this one compares
 * the values themselves, numbers as exact fractions.
 */
type Fraction = { readonly over: bigint; readonly under: bigint }

const isNumber = (value: unknown) =>
  typeof value === 'number' ||
  value instanceof Int32 ||
  value instanceof Double ||
  (value instanceof Long && !(value instanceof Timestamp)) ||
  value instanceof Decimal128

/** MongoDB manual, "Comparison/Sort Order"; undefined stands before null. */
const RANKS: readonly ((value: unknown) => boolean)[] = [
  (value) => value instanceof MinKey,
  (value) => value === undefined,
  (value) => value === null,
  isNumber,
  (value) => typeof value === 'string',
  (value) => Object.getPrototypeOf(value) === Object.prototype,
  Array.isArray,
  (value) => value instanceof Binary,
  (value) => value instanceof ObjectId,
  (value) => typeof value === 'boolean',
  (value) => value instanceof Date,
  (value) => value instanceof Timestamp,
  (value) => value instanceof BSONRegExp,
  (value) => value instanceof MaxKey,
]
const rankOf = (value: unknown) => RANKS.findIndex((isOfType) => isOfType(value))

const order = <Value>(a: Value, b: Value) => (a < b ? -1 : Number(a > b))

function fractionOf(text: string): Fraction {
  const [, sign, whole = '', part = '', power = '0'] = /^(-?)(\d+)\.?(\d*)(?:e(.+))?$/i.exec(text) ?? []
  const exponent = Number(power) - part.length
  const digits = BigInt(`${sign}${whole}${part}`)
  return exponent >= 0
    ? { over: digits * 10n ** BigInt(exponent), under: 1n }
    : { over: digits, under: 10n ** BigInt(-exponent) }
}

/** A double is a whole number of the smallest double there is, 2^-1074. */
function doubleFraction(value: number): Fraction {
  let [number, under] = [value, 1n]
  for (; !Number.isInteger(number); number *= 2) under *= 2n
  return { over: BigInt(number), under }
}

function compareNumbers(a: unknown, b: unknown): number {
  const [x, y] = [a, b].map((value) => String(value)) as [string, string]
  const special = (text: string) => ['NaN', '-Infinity', '', 'Infinity'].indexOf(/\d/.test(text) ? '' : text)
  if (special(x) !== 2 || special(y) !== 2) return order(special(x), special(y))
  const exact = (value: unknown, text: string) => {
    const plain =
      typeof value === 'number' ? value : value instanceof Double || value instanceof Int32 ? value.value : undefined
    return plain === undefined ? fractionOf(text) : doubleFraction(plain)
  }
  const [left, right] = [exact(a, x), exact(b, y)]
  return order(left.over * right.under, right.over * left.under)
}

const compareTexts = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))

function compareLists<Item>(a: readonly Item[], b: readonly Item[], compare: (x: Item, y: Item) => number): number {
  const different = a.findIndex((item, i) => i < b.length && compare(item, b[i]!) !== 0)
  return different < 0 ? order(a.length, b.length) : compare(a[different]!, b[different]!)
}

const compareFields = ([name, value]: [string, unknown], [other, wanted]: [string, unknown]) =>
  order(rankOf(value), rankOf(wanted)) || compareTexts(name, other) || referenceCompare(value, wanted)

const bytesOf = (value: Binary) => value.buffer.subarray(0, value.position)

/** The documented order of two values: -1, 0 or 1. */
export function referenceCompare(a: unknown, b: unknown): number {
  const byType = order(rankOf(a), rankOf(b))
  if (byType !== 0) return byType
  if (isNumber(a)) return compareNumbers(a, b)
  if (typeof a === 'string') return compareTexts(a, b as string)
  if (typeof a === 'boolean' || a instanceof Date) return order(Number(a), Number(b))
  if (Array.isArray(a)) return compareLists(a, b as unknown[], referenceCompare)
  if (a instanceof ObjectId) return Buffer.compare(a.id, (b as ObjectId).id)
  if (a instanceof Timestamp) return order(a.t, (b as Timestamp).t) || order(a.i, (b as Timestamp).i)
  if (a instanceof Binary) {
    const other = b as Binary
    const head = order(a.position, other.position) || order(a.sub_type, other.sub_type)
    return head || Buffer.compare(bytesOf(a), bytesOf(other))
  }
  if (a instanceof BSONRegExp) {
    const other = b as BSONRegExp
    return compareTexts(a.pattern, other.pattern) || compareTexts(a.options, other.options)
  }
  if (rankOf(a) !== 5) return 0
  return compareLists(Object.entries(a as Document), Object.entries(b as Document), compareFields)
}
