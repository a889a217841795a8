import { expect } from 'chai'
import fc from 'fast-check'
import { figuresOfCriterion, itemResponsePercent } from '../../../../server/domain/index/criterion.js'
import { type ScaleCounts, scaleCountsOf, scoreOf } from '../../../../server/domain/index/scoring.js'
import { effectiveBase } from '../../../../server/domain/statistics/effective-base.js'
import { golden } from '../../../support/golden.js'

/** Adds a weight at each answer's score; answers off the scale add nothing. */
function countsOf(pairs: readonly (readonly [number, number | 'NA' | null])[]): ScaleCounts {
  const counts: [number, number, number, number, number] = [0, 0, 0, 0, 0]
  for (const [weight, answer] of pairs) if (typeof answer === 'number') counts[answer - 1]! += weight
  return counts
}

describe('figures of a criterion', () => {
  it('gives every figure of acceptance value A1 from one set of answers', () => {
    const a1 = golden.A1_criterion
    const figures = figuresOfCriterion(countsOf(a1.answers.map((answer) => [1, answer])))
    expect(figures).to.deep.include({
      validCount: a1.n_valid,
      topTwoBoxPercent: a1.index_pct,
      dissatisfiedPercent: a1.dissat_pct,
      neutralPercent: a1.neutral_pct,
      mean: a1.mean,
      points: a1.score100_gds,
      hids: a1.hids_minus2_plus2,
      net: a1.net_minus1_plus1,
    })
    expect(itemResponsePercent(a1.n_valid!, a1.n_received!)).to.equal(a1.item_response_rate)
  })

  for (const [name, published] of Object.entries(golden.J2_gds_published)) {
    it(`gives the score the UK Government published for ${name} (J2)`, () => {
      const figures = figuresOfCriterion(published.counts_vd_d_n_s_vs)
      expect(figures?.points).to.be.closeTo(published.gds, 1e-9)
      expect(figures?.topTwoBoxPercent).to.be.closeTo(published.top2, 1e-9)
      expect(Math.round(figures?.points ?? Number.NaN)).to.equal(published.published_percent)
    })
  }

  it('takes weighted counts (N1)', () => {
    const n1 = golden.N1_weighted_index
    const figures = figuresOfCriterion(countsOf(n1.data))
    expect(figures?.topTwoBoxPercent).to.be.closeTo(n1.index, 1e-9)
    expect(figures?.mean).to.be.closeTo(n1.weighted_mean, 1e-9)
    const weights = n1.data.flatMap(([weight, answer]) => (typeof answer === 'number' ? [weight] : []))
    expect(weights).to.have.length(n1.n_valid)
    expect(effectiveBase(weights)).to.be.closeTo(n1.n_eff, 1e-9)
  })

  it('is the same for counts ten times as large', () => {
    fc.assert(
      fc.property(
        fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99), fc.nat(99), fc.integer({ min: 1, max: 99 })),
        (counts) => {
          const tenfold = counts.map((count) => 10 * count) as unknown as ScaleCounts
          expect(figuresOfCriterion(tenfold)?.points).to.be.closeTo(figuresOfCriterion(counts)!.points, 1e-9)
        },
      ),
    )
  })

  it('is nothing when nobody answered, instead of 0', () => {
    expect(figuresOfCriterion([0, 0, 0, 0, 0])).to.equal(null)
  })

  it('refuses counts that are negative or not finite', () => {
    expect(() => figuresOfCriterion([0, -1, 0, 0, 4])).to.throw(RangeError)
    expect(() => figuresOfCriterion([0, Number.NaN, 0, 0, 4])).to.throw(RangeError)
  })

  it('refuses an item response rate of nobody, or above 100', () => {
    expect(() => itemResponsePercent(0, 0)).to.throw(RangeError)
    expect(() => itemResponsePercent(11, 10)).to.throw(RangeError)
  })
})

describe('scoring', () => {
  it('turns a reversed item round, and twice round is as before', () => {
    for (const code of [1, 2, 3, 4, 5]) {
      const turned = scoreOf(code, { isReversed: true })
      expect(turned).to.equal(6 - code)
      expect(scoreOf(turned!, { isReversed: true })).to.equal(code)
    }
    expect(scaleCountsOf({ 1: 7, 4: 2, 97: 3 }, { isReversed: true })).to.deep.equal([0, 2, 0, 0, 7])
  })

  it('gives no score to nonresponse and to codes off the scale', () => {
    for (const code of [0, 6, 96, 97, 98, 99, 4.5]) expect(scoreOf(code, { isReversed: false })).to.equal(null)
  })
})
