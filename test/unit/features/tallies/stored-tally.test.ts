import { expect } from 'chai'
import fc from 'fast-check'
import { EMPTY_COMPOSITE, EMPTY_TALLY, type Tally } from '../../../../server/domain/index/tally.js'
import { tallyOf } from '../../../../server/domain/index/tally-responses.js'
import { packTally, unpackTally } from '../../../../server/features/tallies/stored-tally.js'
import { manyResponses, questionnaire } from '../../../support/tally-city.js'

const code = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,8}$/)
const count = fc.nat({ max: Number.MAX_SAFE_INTEGER })
const composite = fc.record(
  Object.fromEntries(Object.keys(EMPTY_COMPOSITE).map((name) => [name, count])) as Record<
    keyof typeof EMPTY_COMPOSITE,
    typeof count
  >,
)
const codes = fc.dictionary(fc.integer({ min: 1, max: 99 }).map(String), count)
const anyTally: fc.Arbitrary<Tally> = fc.record({
  received: count,
  responses: count,
  items: fc.dictionary(code, fc.record({ answered: count, codes }, { noNullPrototype: true }), {
    noNullPrototype: true,
  }),
  factors: fc.dictionary(code, composite, { noNullPrototype: true }),
  overall: composite,
  balancedOverall: composite,
})

describe('a tally as it is stored', () => {
  it('is read back as it was', () => {
    fc.assert(
      fc.property(anyTally, (tally) => {
        expect(unpackTally(packTally(tally))).to.deep.equal(JSON.parse(JSON.stringify(tally)))
      }),
    )
  })

  it('of real answers is read back as it was, in a third of the room', () => {
    const tally = tallyOf(questionnaire, manyResponses(40))
    expect(unpackTally(packTally(tally))).to.deep.equal(tally)
    expect(packTally(tally).length).to.be.below(JSON.stringify(tally).length / 3)
  })

  it('of an earlier version, a document whose empty parts may be gone, is read too', () => {
    const tally = tallyOf(questionnaire, manyResponses(3))
    expect(unpackTally(tally)).to.deep.equal(tally)
    expect(unpackTally({ received: 2, responses: 0 })).to.deep.equal({ ...EMPTY_TALLY, received: 2 })
    expect(unpackTally(null)).to.deep.equal(EMPTY_TALLY)
  })
})
