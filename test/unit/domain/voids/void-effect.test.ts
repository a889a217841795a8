import { expect } from 'chai'
import fc from 'fast-check'
import { DISCLOSURE_POLICIES } from '../../../../server/domain/disclosure/policy.js'
import { EMPTY_TALLY, withoutTally } from '../../../../server/domain/index/tally.js'
import { tallyOf } from '../../../../server/domain/index/tally-responses.js'
import { voidEffect } from '../../../../server/domain/voids/void-effect.js'
import { part, responses, unitReport } from '../../../support/report-data.js'
import { tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'

const questionnaire = tinyQuestionnaire()
const policy = DISCLOSURE_POLICIES.internal
const tally = (n: number, satisfied: number) => tallyOf(questionnaire, responses(n, satisfied))

/** The index of a unit as a report shows it. */
function shownOf(n: number, satisfied: number) {
  const report = unitReport([part('q1', responses(n, satisfied))], { q1: 'city' })
  const block = report.blocks.find(({ group }) => group.scope === 'unit')!
  return block.cells.find(({ line }) => line.level === 'overall')!
}
const percentOf = (figure: ReturnType<typeof voidEffect>['withThem']) =>
  figure.kind === 'shown' ? figure.figures.topTwoBoxPercent : figure

describe('what a void changes', () => {
  it('is the index with the responses and without them, before and after it counts', () => {
    // By hand: 150 of 200 satisfied, 75 %; without 100 stuffed ones, all satisfied, 50 of 100 are.
    const before = voidEffect({
      shown: shownOf(200, 150),
      now: tally(200, 150),
      meantIn: tally(100, 100),
      meantOut: EMPTY_TALLY,
      questionnaire,
      policy,
    })
    expect([percentOf(before.withThem), percentOf(before.without)]).to.deep.equal([75, 50])
    const after = voidEffect({
      shown: shownOf(100, 50),
      now: tally(100, 50),
      meantIn: EMPTY_TALLY,
      meantOut: tally(100, 100),
      questionnaire,
      policy,
    })
    expect([percentOf(after.withThem), percentOf(after.without)]).to.deep.equal([75, 50])
  })

  it('is not told where one to four people lie between the two, nor beside a figure that is hidden', () => {
    const of = (shown: ReturnType<typeof shownOf>, meant: number) =>
      voidEffect({
        shown,
        now: tally(200, 150),
        meantIn: tally(meant, meant),
        meantOut: EMPTY_TALLY,
        questionnaire,
        policy,
      })
    for (const n of [1, 4]) expect(of(shownOf(200, 150), n).without).to.deep.equal({ kind: 'hidden', why: 'few' })
    expect(of(shownOf(200, 150), 5).without.kind).to.equal('shown')
    expect(of(shownOf(20, 10), 50)).to.deep.equal({
      withThem: { kind: 'hidden', why: 'report' },
      without: { kind: 'hidden', why: 'report' },
    })
  })

  it('counts nobody twice where another void has taken some of them out', () => {
    // By hand: 160 of 200 count, 110 of them satisfied; of 50 that are meant 10 satisfied ones are out already by another void.
    // With all of them 120 of 170; without them, 40 satisfied less, 70 of 120.
    const effect = voidEffect({
      shown: shownOf(160, 110),
      now: tally(160, 110),
      meantIn: tally(40, 40),
      meantOut: tally(10, 10),
      questionnaire,
      policy,
    })
    expect(percentOf(effect.withThem)).to.be.closeTo((100 * 120) / 170, 1e-9)
    expect(percentOf(effect.without)).to.be.closeTo((100 * 70) / 120, 1e-9)
  })

  it('is held to the thresholds where few are left', () => {
    const effect = voidEffect({
      shown: shownOf(200, 150),
      now: tally(200, 150),
      meantIn: tally(180, 140),
      meantOut: EMPTY_TALLY,
      questionnaire,
      policy,
    })
    expect(effect.without).to.deep.equal({ kind: 'hidden', why: 'unreliable' })
  })
})

describe('a tally less that of some of its responses', () => {
  it('is that of the others', () => {
    const answer = fc.constantFrom(1, 2, 3, 4, 5, 96, 98)
    const one = fc.record({
      disposition: fc.constantFrom('complete' as const, 'partial' as const),
      answers: fc.record({ C1: answer, C2: answer, C4: answer, M1: answer, R1: answer }, { requiredKeys: [] }),
    })
    const of = (some: readonly { disposition: 'complete' | 'partial'; answers: object }[]) =>
      tallyOf(questionnaire, some as never)
    fc.assert(
      fc.property(fc.array(one, { maxLength: 10 }), fc.array(one, { maxLength: 10 }), (stay, go) => {
        const left = withoutTally(of([...stay, ...go]), of(go))
        expect(left).to.deep.equal(of(stay))
      }),
    )
  })

  it('refuses what is not among them', () => {
    expect(() => withoutTally(tally(3, 1), tally(4, 1))).to.throw(RangeError)
    expect(() => withoutTally(EMPTY_TALLY, tally(1, 1))).to.throw(RangeError)
  })
})
