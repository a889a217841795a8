import { inspect } from 'node:util'
import { expect } from 'chai'
import { encodeKey, isExactKey, keyPrefixEnd, MAX_KEY_BYTES } from '../../values/key.js'
import { pick, randomFrom, randomLongValue, randomValue } from '../support/random-values.js'
import { referenceCompare } from '../support/reference-compare.js'

type Direction = 1 | -1

function compareLists(a: readonly unknown[], b: readonly unknown[], directions: readonly Direction[]): number {
  for (const [i, direction] of directions.entries()) {
    const order = referenceCompare(a[i], b[i])
    if (order !== 0) return order * direction
  }
  return 0
}

describe('key encoding', () => {
  it('orders 60,000 random pairs of lists as their values compare, in every direction', () => {
    const random = randomFrom(20260401)
    for (let i = 0; i < 60_000; i++) {
      const length = pick(random, [1, 1, 2, 3])
      const directions = Array.from({ length }, () => pick<Direction>(random, [1, -1]))
      const [a, b] = [directions.map(() => randomValue(random)), directions.map(() => randomValue(random))]
      const order = Math.sign(Buffer.compare(encodeKey(a, directions), encodeKey(b, directions)))
      const expected = Math.sign(compareLists(a, b, directions))
      if (order !== expected)
        expect.fail(
          `${inspect(a, { depth: 9 })} against ${inspect(b, { depth: 9 })} ${directions}: ${order}, not ${expected}`,
        )
    }
  })

  it('gives equal values equal keys and other values other keys when they are too long to be kept', () => {
    const random = randomFrom(7)
    for (let i = 0; i < 3_000; i++) {
      const [a, b] = [randomLongValue(random), randomLongValue(random)]
      const [x, y] = [encodeKey([a, 1], [1, -1]), encodeKey([b, 1], [1, -1])]
      expect(x.length).to.be.at.most(MAX_KEY_BYTES)
      expect(Buffer.compare(x, y) === 0).to.equal(referenceCompare(a, b) === 0)
      const isExact = isExactKey(a, 2) && isExactKey(b, 2)
      if (isExact) expect(Math.sign(Buffer.compare(x, y))).to.equal(referenceCompare(a, b))
    }
  })

  it('keeps a short value and a cut one in order', () => {
    const long = `${'x'.repeat(3000)}z`
    for (const short of ['x', 'x'.repeat(900), 'xy', 'w']) {
      expect(Math.sign(Buffer.compare(encodeKey([short], [1]), encodeKey([long], [1])))).to.equal(
        referenceCompare(short, long),
      )
    }
  })

  it('builds the key of a list from the keys of its beginning', () => {
    const directions: Direction[] = [1, -1, 1]
    const whole = encodeKey(['a', 5, true], directions)
    const prefix = encodeKey(['a', 5], directions)
    expect([...whole.subarray(0, prefix.length)]).to.deep.equal([...prefix])
    expect(Buffer.compare(whole, keyPrefixEnd(prefix))).to.equal(-1)
  })

  it('ends a beginning above all keys that have it, and below those that come after them', () => {
    const random = randomFrom(8)
    const directions: Direction[] = [1, -1, -1]
    const keyOf = () => encodeKey([pick(random, [1, 2]), randomValue(random), randomValue(random)], directions)
    for (let i = 0; i < 3_000; i++) {
      const [a, b] = [keyOf(), keyOf()]
      const beginning = a.subarray(0, pick(random, [9, 10]))
      const isBelow = Buffer.compare(b, keyPrefixEnd(beginning)) < 0
      expect(isBelow).to.equal(Buffer.compare(b.subarray(0, beginning.length), beginning) <= 0)
    }
  })
})
