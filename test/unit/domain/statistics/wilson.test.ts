import { expect } from 'chai'
import fc from 'fast-check'
import { effectiveBase } from '../../../../server/domain/statistics/effective-base.js'
import { wilsonInterval } from '../../../../server/domain/statistics/wilson.js'
import { golden } from '../../../support/golden.js'
import { goldenFile } from '../../../support/golden-file.js'

interface HmiscRow {
  readonly x: number
  readonly n: number
  readonly lower: number
  readonly upper: number
}
const hmisc = goldenFile<{ rows: HmiscRow[] }>('wilson-hmisc.json')

describe('Wilson interval', () => {
  for (const { x, n, lower, upper } of hmisc.rows) {
    it(`agrees with R Hmisc::binconf for ${x}/${n}`, () => {
      const { lowPercent, highPercent } = wilsonInterval(x / n, n)
      // For one success Hmisc replaces Wilson's lower bound by −ln(0.95)/n (Brown, Cai, DasGupta 2001). We don't:
      // acceptance value C1 for 1/30 is the plain formula, and a share of respondents may come from an effective base.
      if (x === 1) expect(lower).to.be.closeTo(-Math.log(0.95) / n, 1e-12)
      else expect(lowPercent).to.be.closeTo(100 * lower, 1e-9)
      expect(highPercent).to.be.closeTo(100 * upper, 1e-9)
    })
  }

  for (const [fraction, [low, high]] of Object.entries(golden.C1_wilson.cases)) {
    it(`gives acceptance value C1 for ${fraction}`, () => {
      const [x, n] = fraction.split('/').map(Number)
      const interval = wilsonInterval(x! / n!, n!)
      expect(interval.lowPercent).to.be.closeTo(low, 1e-9)
      expect(interval.highPercent).to.be.closeTo(high, 1e-9)
    })
  }

  it('gives acceptance value C2 on the effective base 400 / 1.6', () => {
    const { p, n, deff, ci } = golden.C2_wilson_deff
    const interval = wilsonInterval(p, n / deff)
    expect(interval.lowPercent).to.be.closeTo(ci[0], 1e-9)
    expect(interval.highPercent).to.be.closeTo(ci[1], 1e-9)
  })

  it('gives acceptance value E1 on the effective base of post-stratification weights', () => {
    const { strata, weights, n_eff_kish, weighted, wilson_neff } = golden.E1_poststrat
    const all = Object.entries(strata).flatMap(([stratum, { n }]) => Array<number>(n).fill(weights[stratum]!))
    const base = effectiveBase(all)
    expect(base).to.be.closeTo(n_eff_kish, 1e-6)
    const interval = wilsonInterval(weighted / 100, base)
    expect(interval.lowPercent).to.be.closeTo(wilson_neff[0], 1e-6)
    expect(interval.highPercent).to.be.closeTo(wilson_neff[1], 1e-6)
  })

  it('lies inside 0 to 100, holds the share and narrows as the base grows', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    const base = fc.double({ min: 0.5, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(share, base, (p, n) => {
        const small = wilsonInterval(p, n)
        const large = wilsonInterval(p, 2 * n)
        expect(small.lowPercent).to.be.within(0, 100 * p + 1e-9)
        expect(small.highPercent).to.be.within(100 * p - 1e-9, 100)
        expect(large.highPercent - large.lowPercent).to.be.below(small.highPercent - small.lowPercent)
      }),
    )
  })

  for (const [share, base] of [
    [-0.1, 10],
    [1.1, 10],
    [Number.NaN, 10],
    [0.5, 0],
    [0.5, Infinity],
    [0.5, Number.NaN],
  ] as const) {
    it(`refuses share ${share} on base ${base}`, () => {
      expect(() => wilsonInterval(share, base)).to.throw(RangeError)
    })
  }
})

describe('effective base', () => {
  it('is (1+1+2)² / (1+1+4) = 2.67 for weights 1, 1, 2', () => {
    expect(effectiveBase([1, 1, 2])).to.be.closeTo(16 / 6, 1e-12)
  })

  it('refuses no weights, and weights that are zero, negative or not finite', () => {
    for (const weights of [[], [0], [-1], [Number.NaN], [Infinity]]) {
      expect(() => effectiveBase(weights)).to.throw(RangeError)
    }
  })
})
