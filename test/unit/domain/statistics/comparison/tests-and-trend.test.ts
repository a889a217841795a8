import { expect } from 'chai'
import fc from 'fast-check'
import { compareShares } from '../../../../../server/domain/statistics/comparison/compare-shares.js'
import { modeGaps } from '../../../../../server/domain/statistics/comparison/mode-gaps.js'
import { benjaminiHochberg, holm } from '../../../../../server/domain/statistics/comparison/multiple-tests.js'
import { weightedTrend } from '../../../../../server/domain/statistics/comparison/weighted-trend.js'
import { expectClose } from '../../../../support/close.js'
import { goldenFile } from '../../../../support/golden-file.js'

const golden = goldenFile<{
  H1_two_wave: Record<'x1' | 'n1' | 'x2' | 'n2' | 'diff_pp' | 'z_pooled' | 'p' | 'z_deff16' | 'p_deff16', number> & {
    newcombe_ci: [number, number]
  }
  H2_multiplicity: Record<'p' | 'holm' | 'bh', number[]>
  H3_trend_wls: Record<'years' | 'pct' | 'se', number[]> & Record<'slope_pp_per_year' | 'se_slope' | 'z' | 'p', number>
}>('statistics-acceptance.json')

describe('change between two waves', () => {
  const h1 = golden.H1_two_wave
  const share = (x: number, n: number, deff: number) => ({ share: x / n, effectiveBase: n / deff })

  it('gives acceptance value H1', () => {
    const change = compareShares(share(h1.x1, h1.n1, 1), share(h1.x2, h1.n2, 1))
    expectClose(change.points, h1.diff_pp, 1e-12)
    expectClose(change.z, h1.z_pooled, 1e-12)
    expectClose(change.p, h1.p, 1e-11)
    expectClose(change.lowPoints, h1.newcombe_ci[0], 1e-11)
    expectClose(change.highPoints, h1.newcombe_ci[1], 1e-11)
  })

  it('divides z by the root of the design effect', () => {
    const change = compareShares(share(h1.x1, h1.n1, 1.6), share(h1.x2, h1.n2, 1.6))
    expectClose(change.z, h1.z_deff16, 1e-12)
    expectClose(change.p, h1.p_deff16, 1e-11)
  })

  it('is no change, with an interval, when everybody is satisfied in both', () => {
    const change = compareShares(share(40, 40, 1), share(50, 50, 1))
    expect([change.points, change.z, change.p]).to.deep.equal([0, 0, 1])
    expect(change.lowPoints).to.be.below(0)
    expect(change.highPoints).to.be.above(0)
  })

  it('turns its sign and swaps its bounds when the waves are exchanged', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true })
    const base = fc.double({ min: 2, max: 5000, noNaN: true })
    fc.assert(
      fc.property(part, base, part, base, (p1, n1, p2, n2) => {
        const [a, b] = [
          { share: p1, effectiveBase: n1 },
          { share: p2, effectiveBase: n2 },
        ]
        const [forth, back] = [compareShares(a, b), compareShares(b, a)]
        expect(forth.points).to.be.closeTo(-back.points, 1e-9)
        expect(forth.lowPoints).to.be.closeTo(-back.highPoints, 1e-9)
        expect(forth.lowPoints).to.be.at.most(forth.points)
        expect(forth.p).to.be.within(0, 1)
      }),
    )
  })
})

describe('correction for many tests', () => {
  const h2 = golden.H2_multiplicity

  it('gives acceptance value H2, whatever the order', () => {
    const shuffled = [3, 0, 4, 2, 1]
    const moved = shuffled.map((i) => h2.p[i]!)
    holm(moved).forEach((p, at) => {
      expectClose(p, h2.holm[shuffled[at]!]!, 1e-12)
    })
    benjaminiHochberg(moved).forEach((p, at) => {
      expectClose(p, h2.bh[shuffled[at]!]!, 1e-12)
    })
  })

  it('never lowers a p value nor lifts it above 1, and Holm is the stricter', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (ps) => {
        const [strict, screening] = [holm(ps), benjaminiHochberg(ps)]
        ps.forEach((p, i) => {
          expect(screening[i]).to.be.within(p, 1)
          expect(strict[i]).to.be.within(screening[i]! - 1e-15, 1)
        })
      }),
    )
  })

  it('refuses what is no p value', () => {
    for (const p of [-0.1, 1.1, Number.NaN]) {
      expect(() => holm([p])).to.throw(RangeError)
      expect(() => benjaminiHochberg([p])).to.throw(RangeError)
    }
  })
})

describe('weighted trend', () => {
  const h3 = golden.H3_trend_wls
  const points = h3.years.map((at, i) => ({ at, value: h3.pct[i]!, standardError: h3.se[i]! }))

  it('gives acceptance value H3', () => {
    const trend = weightedTrend(points)!
    expectClose(trend.slope, h3.slope_pp_per_year, 1e-9)
    expectClose(trend.standardError, h3.se_slope, 1e-11)
    expectClose(trend.z, h3.z, 1e-9)
    expectClose(trend.p, h3.p, 1e-9)
    expect((trend.low + trend.high) / 2).to.be.closeTo(trend.slope, 1e-12)
  })

  it('is not drawn through two waves, nor through three at one time', () => {
    expect(weightedTrend(points.slice(0, 2))).to.equal(null)
    expect(weightedTrend(points.map((point) => ({ ...point, at: 2025 })))).to.equal(null)
  })

  it('refuses waves without an error', () => {
    expect(() => weightedTrend([{ at: 1, value: 1, standardError: 0 }])).to.throw(RangeError)
    expect(() => weightedTrend([{ at: 1, value: Number.NaN, standardError: 1 }])).to.throw(RangeError)
  })
})

describe('gap between modes', () => {
  const survey = { mode: 'face_to_face', share: 0.75, effectiveBase: 400 }

  it('has the difference, interval and corrected p value against the reference', () => {
    const h1 = golden.H1_two_wave
    const gaps = modeGaps(survey, [
      { mode: 'kiosk', share: 0.825, effectiveBase: 400 },
      { mode: 'web', share: 0.75, effectiveBase: 100 },
    ])
    expect(gaps.map(({ mode, reference }) => [mode, reference])).to.deep.equal([
      ['kiosk', 'face_to_face'],
      ['web', 'face_to_face'],
    ])
    expectClose(gaps[0]!.points, h1.diff_pp, 1e-12)
    expectClose(gaps[0]!.lowPoints, h1.newcombe_ci[0], 1e-11)
    expectClose(gaps[0]!.adjustedP, 2 * h1.p, 1e-11)
    expect(gaps[1]!.adjustedP).to.equal(1)
  })

  it('refuses a mode that occurs twice: its parts would have to be pooled first', () => {
    expect(() => modeGaps(survey, [survey])).to.throw(RangeError)
  })
})
