import { expect } from 'chai'
import fc from 'fast-check'
import { tallyOf } from '../../../../server/domain/index/tally-responses.js'
import {
  changedRecords,
  countRecords,
  recordColumns,
  recordMaker,
  recordsHead,
} from '../../../../server/domain/release/records.js'
import { rating, tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'

const questionnaire = tinyQuestionnaire({}, [rating('Z9')])
const lineOf = recordMaker(questionnaire)

describe('the records of a release', () => {
  it('have the unit, how the case ended, the weight and each rating, and nothing else', () => {
    expect(recordColumns(questionnaire).join()).to.equal('unit,disposition,weight,C1,C2,C3,C4,C5,M1,G1,R1,Z9')
    const answers = { C1: 5, C2: 96, C5: 1, R1: 2, GENDER: 1, words: 'a sentence', many: [1, 2] }
    expect(lineOf({ unitUid: 'q1', disposition: 'complete', answers })).to.equal('q1,complete,1,5,96,,,1,,,2,')
  })

  it('take no answer over from a partial case, which counts as received only', () => {
    expect(lineOf({ unitUid: 'q1', disposition: 'partial', answers: { C1: 5 } })).to.equal('q1,partial,1,,,,,,,,,')
  })

  it('count to the same tally as the responses that they come from', () => {
    const answer = fc.constantFrom(undefined, 1, 2, 3, 4, 5, 96, 97, 98, 99)
    const one = fc.record({
      unitUid: fc.constantFrom('q1', 'q2'),
      disposition: fc.constantFrom('complete' as const, 'partial' as const),
      answers: fc.record({ C1: answer, C2: answer, C4: answer, M1: answer, R1: answer }).map((all) => ({
        ...(Object.fromEntries(Object.entries(all).filter(([, code]) => code !== undefined)) as Record<string, number>),
      })),
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (responses) => {
        const counted = countRecords(questionnaire, responses.map(lineOf))
        if ('fault' in counted) throw new Error(JSON.stringify(counted.fault))
        for (const uid of new Set(responses.map(({ unitUid }) => unitUid))) {
          const own = responses.filter(({ unitUid }) => unitUid === uid)
          expect(counted.tallies.get(uid)).to.deep.equal(tallyOf(questionnaire, own))
        }
      }),
    )
  })

  it('have a head that names their columns', () => {
    expect(recordsHead(tinyQuestionnaire())).to.equal('unit,disposition,weight,C1,C2,C3,C4,C5,M1,G1,R1')
  })

  const good = 'q1,complete,1,5,4,3,2,1,,,,'
  for (const [what, line, column] of [
    ['another weight', 'q1,complete,2,5,4,3,2,1,,,,', 'weight'],
    ['a weight written otherwise', 'q1,complete,1.0,5,4,3,2,1,,,,', 'weight'],
    ['an unknown end', 'q1,finished,1,5,4,3,2,1,,,,', 'disposition'],
    ['a code that is none', 'q1,complete,1,5,x,3,2,1,,,,', 'C2'],
    ['a missing cell', 'q1,complete,1,5', 'all'],
  ] as const)
    it(`name the line of ${what}`, () => {
      const counted = countRecords(questionnaire, [good, line])
      expect('fault' in counted && [counted.fault.line, counted.fault.column]).to.deep.equal([3, column])
    })
})

describe('what changed between two tables of records', () => {
  it('is each line as often as only one of them has it', () => {
    // By hand: one of two a is gone, c came twice, b stays.
    expect(changedRecords(['a', 'a', 'b'], ['a', 'b', 'c', 'c'])).to.deep.equal(['a', 'c', 'c'])
    expect(changedRecords([], ['x'])).to.deep.equal(['x'])
    expect(changedRecords(['x'], [])).to.deep.equal(['x'])
  })

  it('is what a count of both finds', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 9 }).map((all) => all.toSorted())
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const countIn = (all: readonly string[], one: string) => all.filter((line) => line === one).length
        const expected = ['a', 'b', 'c', 'd'].flatMap((one) =>
          Array<string>(Math.abs(countIn(before, one) - countIn(after, one))).fill(one),
        )
        expect(changedRecords(before, after)).to.deep.equal(expected)
      }),
    )
  })
})
