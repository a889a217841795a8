import { expect } from 'chai'
import fc from 'fast-check'
import { createRowCounter } from '../../../../server/domain/microdata/row-counter.js'

describe('counting rows by large whole numbers', () => {
  it('agrees with a Map, time after time', () => {
    const key = fc.oneof(
      fc.maxSafeNat(),
      fc.nat(5),
      fc.nat(5).map((n) => n * 2 ** 32),
    )
    const lists = fc.array(fc.array(fc.tuple(key, fc.integer({ min: 1, max: 9 })), { maxLength: 40 }), { maxLength: 4 })
    fc.assert(
      fc.property(lists, (rounds) => {
        const counter = createRowCounter(40)
        for (const round of rounds) {
          counter.clear()
          const expected = new Map<number, number>()
          const places = round.map(([number, rows]) => {
            expected.set(number, (expected.get(number) ?? 0) + rows)
            return counter.add(number, rows)
          })
          expect(places.map((place) => counter.at(place))).to.deep.equal(round.map(([number]) => expected.get(number)))
        }
      }),
    )
  })
})
