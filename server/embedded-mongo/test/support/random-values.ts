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

/** A repeatable source of random numbers (mulberry32). */
export type Random = () => number

export function randomFrom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export const pick = <Item>(random: Random, items: readonly Item[]): Item =>
  items[Math.floor(random() * items.length)] as Item

const HUGE = 2n ** 53n
const NUMBERS = [
  () => new Int32(0),
  () => new Int32(-1),
  () => new Int32(7),
  () => new Double(-0),
  () => new Double(0.1),
  () => new Double(7),
  () => new Double(Number.NaN),
  () => new Double(Number.POSITIVE_INFINITY),
  () => new Double(Number.NEGATIVE_INFINITY),
  () => new Double(2 ** 53),
  () => new Double(-(2 ** 63)),
  () => new Double(Number.MIN_VALUE),
  () => new Double(Number.MAX_VALUE),
  () => Long.fromBigInt(HUGE + 1n),
  () => Long.fromBigInt(HUGE + 2n),
  () => Long.fromBigInt(-HUGE - 1n),
  () => Long.fromBigInt(2n ** 63n - 1n),
  () => Long.fromBigInt(-(2n ** 63n)),
  ...['0.1', '0', '-0', '7.0', '9007199254740993', '9007199254740992.5', '1E+6000', '-1E+6000', '1E-6000', '-1E-6000']
    .concat(['NaN', 'Infinity', '-Infinity', '0.1000000000000000055511151231257827'])
    .map((text) => () => Decimal128.fromString(text)),
]
const TEXTS = [
  '',
  'a',
  'a\0',
  'a\0b',
  'ab',
  'B',
  '\u00e9',
  '\uffff',
  '\ud83d\ude00',
  'a\uffff',
  'a\ud83d\ude00',
  'a\x01',
]
const LONG_TEXTS = ['x'.repeat(2000), `${'x'.repeat(2000)}y`, 'x'.repeat(900)]

const scalar = (random: Random): unknown =>
  pick<() => unknown>(random, [
    () => pick(random, NUMBERS)(),
    () => new Int32(Math.floor(random() * 10)),
    () => new Double(random() * 10 - 5),
    () => Long.fromBigInt(BigInt(Math.floor(random() * 2 ** 32)) * 4_000_000_007n),
    () => pick(random, TEXTS),
    () => pick(random, TEXTS) + pick(random, TEXTS),
    () => null,
    () => random() < 0.5,
    () => new Date(Math.floor((random() - 0.5) * 4e12)),
    () => new ObjectId(Buffer.from(Array.from({ length: 12 }, () => Math.floor(random() * 3)))),
    () => new Binary(Buffer.from(pick(random, TEXTS)), pick(random, [0, 4, 128])),
    () => new BSONRegExp(pick(random, ['a', 'ab', '^a']), pick(random, ['', 'i'])),
    () => new Timestamp({ t: pick(random, [0, 1, 2 ** 31]), i: pick(random, [0, 1, 2 ** 32 - 1]) }),
    () => pick(random, [new MinKey(), new MaxKey()]),
  ])()

/** A value of any type; documents and arrays nest up to `depth`. */
export function randomValue(random: Random, depth = 2): unknown {
  if (depth > 0 && random() < 0.25)
    return Array.from({ length: Math.floor(random() * 3) }, () => randomValue(random, depth - 1))
  if (depth > 0 && random() < 0.25) {
    const names = ['a', 'b', 'a\u00e9', 'aa', ''].filter(() => random() < 0.4)
    return Object.fromEntries(names.map((name) => [name, randomValue(random, depth - 1)])) as Document
  }
  return scalar(random)
}

/** Like `randomValue`, sometimes too long for a key. */
export const randomLongValue = (random: Random): unknown =>
  random() < 0.3 ? pick(random, LONG_TEXTS) : randomValue(random)
