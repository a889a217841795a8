import { expect } from 'chai'
import fc from 'fast-check'
import { EMPTY_TALLY, mergeTallies } from '../../../../server/domain/index/tally.js'
import { type CountedResponse, tallyOf } from '../../../../server/domain/index/tally-responses.js'
import { tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'

const questionnaire = tinyQuestionnaire({}, [
  { kind: 'multi', code: 'H6', text: { vi: 'H6', en: 'H6' }, required: false, maxChoices: 3, options: [] },
  { kind: 'choice', code: 'P1', text: { vi: 'P1', en: 'P1' }, required: false, options: [] },
  {
    kind: 'year',
    code: 'Y1',
    text: { vi: 'Y1', en: 'Y1' },
    required: false,
    earliest: 1900,
    bands: [{ code: 1, fromAge: 0, toAge: null, label: { vi: '0+', en: '0+' } }],
  },
  { kind: 'year', code: 'Y2', text: { vi: 'Y2', en: 'Y2' }, required: false, earliest: 1900 },
  { kind: 'text', code: 'H7', text: { vi: 'H7', en: 'H7' }, required: false, maxLength: 1000 },
])

const code = fc.constantFrom(1, 2, 3, 4, 5, 96, 97, 98, 99)
const response: fc.Arbitrary<CountedResponse> = fc.record({
  answers: fc.record(
    {
      C1: code,
      C2: code,
      C3: code,
      C4: code,
      C5: code,
      M1: code,
      R1: code,
      H6: fc.array(fc.integer({ min: 1, max: 4 })),
    },
    { requiredKeys: [] },
  ),
  disposition: fc.constantFrom('complete', 'complete', 'complete', 'partial'),
})

describe('tally', () => {
  it('counts by code, keeps the four kinds of nonresponse apart and ignores items not asked', () => {
    const tally = tallyOf(questionnaire, [
      { answers: { C1: 5, C2: 96, P1: 2 }, disposition: 'complete' },
      { answers: { C1: 5, C2: 97, P1: 99 }, disposition: 'complete' },
      { answers: { C1: 2, C2: 98, H7: 'words' }, disposition: 'complete' },
    ])
    expect(tally.items).to.deep.equal({
      C1: { answered: 3, codes: { 2: 1, 5: 2 } },
      C2: { answered: 0, codes: { 96: 1, 97: 1, 98: 1 } },
      P1: { answered: 1, codes: { 2: 1, 99: 1 } },
    })
  })

  it('counts each choice of a multiple answer, and an empty one as blank', () => {
    const tally = tallyOf(questionnaire, [
      { answers: { H6: [1, 3] }, disposition: 'complete' },
      { answers: { H6: [3] }, disposition: 'complete' },
      { answers: { H6: [] }, disposition: 'complete' },
    ])
    expect(tally.items.H6).to.deep.equal({ answered: 2, codes: { 1: 1, 3: 2, 99: 1 } })
  })

  it('counts years where they are kept as bands, and never a year of birth', () => {
    const tally = tallyOf(questionnaire, [{ answers: { Y1: 1, Y2: 1980 }, disposition: 'complete' }])
    expect(tally.items).to.deep.equal({ Y1: { answered: 1, codes: { 1: 1 } } })
  })

  it('does not count words that stand where a rating belongs', () => {
    expect(tallyOf(questionnaire, [{ answers: { C1: 'words', C2: 4 }, disposition: 'complete' }]).items).to.deep.equal({
      C2: { answered: 1, codes: { 4: 1 } },
    })
  })

  it('sums valid and top-two answers by respondent', () => {
    // k, t, x per respondent on F1: (3, 2, 11), (2, 0, 4), none.
    const tally = tallyOf(questionnaire, [
      { answers: { C1: 5, C2: 4, C3: 2 }, disposition: 'complete' },
      { answers: { C1: 3, C2: 1, C3: 97 }, disposition: 'complete' },
      { answers: { C1: 96 }, disposition: 'complete' },
    ])
    expect(tally.factors.F1).to.deep.equal({
      respondents: 2,
      answers: 5,
      hits: 2,
      answersSquared: 13,
      hitsSquared: 4,
      answersTimesHits: 6,
      scores: 15,
      scoresSquared: 137,
      answersTimesScores: 41,
    })
  })

  it('counts a partial case as received and in nothing else', () => {
    const tally = tallyOf(questionnaire, [{ answers: { C1: 5 }, disposition: 'partial' }])
    expect(tally).to.deep.equal({ ...EMPTY_TALLY, received: 1 })
  })

  it('does not take inherited names for answers', () => {
    const answers = Object.create({ C1: 5 })
    expect(tallyOf(questionnaire, [{ answers, disposition: 'complete' }]).items).to.deep.equal({})
  })

  it('is the same however the responses are split, grouped and ordered', () => {
    fc.assert(
      fc.property(fc.array(response, { maxLength: 30 }), fc.nat(30), fc.nat(30), (responses, a, b) => {
        const whole = tallyOf(questionnaire, responses)
        const [first, second] = [Math.min(a, b), Math.max(a, b)]
        const parts = [responses.slice(second), responses.slice(0, first), responses.slice(first, second)]
        expect(mergeTallies(parts.map((part) => tallyOf(questionnaire, part)))).to.deep.equal(whole)
        expect(tallyOf(questionnaire, [...responses].reverse())).to.deep.equal(whole)
      }),
    )
  })

  it('changes only the count of N/A when N/A answers are added', () => {
    fc.assert(
      fc.property(fc.array(response, { maxLength: 20 }), fc.integer({ min: 1, max: 9 }), (responses, extra) => {
        const before = tallyOf(questionnaire, responses)
        const added = Array<CountedResponse>(extra).fill({ answers: { C1: 96 }, disposition: 'complete' })
        const after = tallyOf(questionnaire, [...responses, ...added])
        expect(after.factors).to.deep.equal(before.factors)
        expect(after.items.C1?.answered).to.equal(before.items.C1?.answered ?? 0)
        expect(after.items.C1?.codes[96]).to.equal((before.items.C1?.codes[96] ?? 0) + extra)
      }),
    )
  })

  it('is empty for no response, and merging nothing changes nothing', () => {
    expect(tallyOf(questionnaire, [])).to.deep.equal(EMPTY_TALLY)
    expect(mergeTallies([])).to.deep.equal(EMPTY_TALLY)
  })
})
