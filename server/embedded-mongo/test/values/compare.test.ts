import { inspect } from 'node:util'
import { Binary, BSONRegExp, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson'
import { expect } from 'chai'
import { compareValues } from '../../values/key.js'
import { randomFrom, randomValue } from '../support/random-values.js'
import { referenceCompare } from '../support/reference-compare.js'

const decimal = (text: string) => Decimal128.fromString(text)

/** MongoDB manual, "Comparison/Sort Order"; values on one line are equal, lines ascend. */
const ASCENDING: readonly (readonly unknown[])[] = [
  [new MinKey()],
  [undefined],
  [null],
  [new Double(Number.NaN), decimal('NaN')],
  [new Double(Number.NEGATIVE_INFINITY), decimal('-Infinity')],
  [decimal('-1E+6000')],
  [Long.MIN_VALUE, new Double(-(2 ** 63))],
  [new Int32(-1), -1, Long.fromInt(-1), new Double(-1), decimal('-1.0')],
  [decimal('-1E-6000')],
  [new Int32(0), new Double(-0), decimal('-0'), Long.ZERO, 0],
  [decimal('1E-6000')],
  [decimal('0.1')],
  // The double nearest to 0.1 is 0.1000000000000000055511151231257827…, above the decimal of 34 digits.
  [decimal('0.1000000000000000055511151231257827')],
  [new Double(0.1), 0.1],
  [new Double(2 ** 53), Long.fromBigInt(2n ** 53n)],
  [decimal('9007199254740992.5')],
  [Long.fromBigInt(2n ** 53n + 1n), decimal('9007199254740993')],
  [Long.fromBigInt(2n ** 53n + 2n), new Double(2 ** 53 + 2)],
  [Long.MAX_VALUE],
  [new Double(2 ** 63)],
  [new Double(Number.POSITIVE_INFINITY), decimal('Infinity')],
  [''],
  ['B'],
  ['a'],
  ['a\0'],
  ['ab'],
  ['\u00e9'],
  // U+FFFF is EF BF BF in UTF-8, U+1F600 is F0 9F 98 80: the other way round in UTF-16.
  ['\uffff'],
  ['\ud83d\ude00'],
  [{}],
  [{ a: null }],
  [{ a: new Int32(1) }, { a: new Double(1) }],
  [{ a: new Int32(1), b: null }],
  [{ a: new Int32(2) }],
  // The type of a field counts before its name, the name before the value.
  [{ b: new Int32(0) }],
  [{ a: 'x' }],
  [{ a: ['x'] }],
  [[]],
  [[null]],
  [[new Int32(1), new Int32(2)]],
  [[new Int32(2)]],
  [new Binary(Buffer.from('b'), 0)],
  [new Binary(Buffer.from('a'), 4)],
  [new Binary(Buffer.from('aa'), 0)],
  [new ObjectId('000000000000000000000000')],
  [new ObjectId('ff0000000000000000000000')],
  [false],
  [true],
  [new Date(-1)],
  [new Date(0)],
  [new Timestamp({ t: 1, i: 2 })],
  [new Timestamp({ t: 2 ** 31, i: 0 })],
  [new BSONRegExp('a', '')],
  [new BSONRegExp('a', 'i')],
  [new BSONRegExp('b', '')],
  [new MaxKey()],
]

describe('comparison of values', () => {
  it('follows the documented order of types and values for every pair', () => {
    for (const [i, row] of ASCENDING.entries()) {
      for (const [j, other] of ASCENDING.entries()) {
        for (const a of row) {
          for (const b of other) {
            const pair = `${inspect(a)} against ${inspect(b)}`
            expect(compareValues(a, b), pair).to.equal(Math.sign(i - j))
            expect(referenceCompare(a, b), `${pair}, by the second comparison`).to.equal(Math.sign(i - j))
          }
        }
      }
    }
  })

  it('is what a second comparison says of 60,000 random pairs', () => {
    const random = randomFrom(12)
    for (let i = 0; i < 60_000; i++) {
      const [a, b] = [randomValue(random), randomValue(random)]
      const order = compareValues(a, b)
      if (order !== referenceCompare(a, b)) expect.fail(`${inspect([a, b], { depth: 9 })}: ${order}`)
    }
  })

  it('is transitive on 30,000 random triples', () => {
    const random = randomFrom(11)
    for (let i = 0; i < 30_000; i++) {
      const [a, b, c] = [randomValue(random), randomValue(random), randomValue(random)].sort(compareValues)
      expect(compareValues(a, c), inspect([a, b, c], { depth: 9 })).to.be.at.most(0)
      expect(compareValues(c, a)).to.equal(0 - compareValues(a, c))
    }
  })
})
