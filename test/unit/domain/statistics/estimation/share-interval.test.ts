import { expect } from 'chai'
import fc from 'fast-check'
import { clopperPearsonInterval } from '../../../../../server/domain/statistics/estimation/clopper-pearson.js'
import type { DesignEstimate } from '../../../../../server/domain/statistics/estimation/design-estimate.js'
import {
  kornGraubardBase,
  kornGraubardInterval,
} from '../../../../../server/domain/statistics/estimation/korn-graubard.js'
import { meanInterval } from '../../../../../server/domain/statistics/estimation/mean-interval.js'
import { INTERVAL_METHODS, shareInterval } from '../../../../../server/domain/statistics/estimation/share-interval.js'
import { expectClose } from '../../../../support/close.js'
import { goldenFile } from '../../../../support/golden-file.js'

const estimate = (over: Partial<DesignEstimate>): DesignEstimate => ({
  value: 0.8,
  standardError: 0.03,
  base: 200,
  designEffect: 1.125,
  effectiveBase: 200 / 1.125,
  degreesOfFreedom: 10,
  lonelyStrata: [],
  ...over,
})

describe('Clopper-Pearson interval', () => {
  it('has the tabled bounds for 5 of 10 and for 81 of 263', () => {
    // R binom.test(5, 10): 0.1870860, 0.8129140; Newcombe (1998) table I, 81/263: 0.2527, 0.3676.
    const half = clopperPearsonInterval(0.5, 10)
    expect(half.lowPercent).to.be.closeTo(18.7086, 1e-5)
    expect(half.highPercent).to.be.closeTo(81.2914, 1e-5)
    const newcombe = clopperPearsonInterval(81 / 263, 263)
    expect(newcombe.lowPercent).to.be.closeTo(25.27, 0.005)
    expect(newcombe.highPercent).to.be.closeTo(36.76, 0.005)
  })

  it('ends at 0 and 100 with the closed form 1 − 0.025^(1/n) on the other side', () => {
    const high = 100 * (1 - 0.025 ** (1 / 20))
    expect(clopperPearsonInterval(0, 20).lowPercent).to.equal(0)
    expectClose(clopperPearsonInterval(0, 20).highPercent, high, 1e-12)
    expect(clopperPearsonInterval(1, 20).highPercent).to.equal(100)
    expectClose(clopperPearsonInterval(1, 20).lowPercent, 100 - high, 1e-12)
  })

  it('refuses shares outside 0 to 1 and bases that are not positive', () => {
    expect(() => clopperPearsonInterval(1.01, 5)).to.throw(RangeError)
    expect(() => clopperPearsonInterval(0.5, 0)).to.throw(RangeError)
  })
})

describe('Korn-Graubard interval', () => {
  it('gives acceptance value C3', () => {
    const { C3_korn_graubard: c3 } = goldenFile<{
      C3_korn_graubard: Record<'p' | 'n' | 'deff' | 'df' | 'n_eff_df', number> & { ci: [number, number] }
    }>('statistics-acceptance.json')
    const input = { value: c3.p, base: c3.n, effectiveBase: c3.n / c3.deff, degreesOfFreedom: c3.df }
    expectClose(kornGraubardBase(input), c3.n_eff_df, 1e-11)
    const { lowPercent, highPercent } = kornGraubardInterval(input)!
    expectClose(lowPercent, c3.ci[0], 1e-11)
    expectClose(highPercent, c3.ci[1], 1e-11)
  })

  it('never counts on more respondents than there are', () => {
    expect(kornGraubardBase({ value: 0.5, base: 100, effectiveBase: 400, degreesOfFreedom: 50 })).to.equal(100)
  })

  it('is undefined without a degree of freedom or a second respondent', () => {
    expect(kornGraubardInterval({ value: 0.5, base: 10, effectiveBase: 5, degreesOfFreedom: 0 })).to.equal(null)
    expect(kornGraubardInterval({ value: 1, base: 1, effectiveBase: 1, degreesOfFreedom: 3 })).to.equal(null)
  })
})

describe('interval of an estimated share', () => {
  it('holds the share and stays in 0 to 100, by every method', () => {
    const share = fc.double({ min: 0.02, max: 0.98, noNaN: true })
    const effect = fc.double({ min: 0.6, max: 6, noNaN: true })
    fc.assert(
      fc.property(share, effect, fc.integer({ min: 20, max: 5000 }), (value, designEffect, base) => {
        const standardError = Math.sqrt((designEffect * value * (1 - value)) / (base - 1))
        const effectiveBase = Math.min(base, base / designEffect)
        const input = estimate({ value, designEffect, base, standardError, effectiveBase })
        for (const method of INTERVAL_METHODS) {
          const { lowPercent, highPercent } = shareInterval(input, method)!
          expect(lowPercent, method).to.be.within(0, 100 * value)
          expect(highPercent, method).to.be.within(100 * value, 100)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('still exists by Wilson and Korn-Graubard when everybody agrees, and not by logit and beta', () => {
    const all = estimate({ value: 1, standardError: 0, designEffect: null, effectiveBase: 40 })
    expect(shareInterval(all, 'wilson')!.highPercent).to.equal(100)
    expect(shareInterval(all, 'korn_graubard')!.highPercent).to.equal(100)
    expect(shareInterval(all, 'logit')).to.equal(null)
    expect(shareInterval(all, 'beta')).to.equal(null)
  })
})

describe('interval of a mean', () => {
  it('is mean ± 2.776445 standard errors on four degrees of freedom', () => {
    const { low, high } = meanInterval(3.5, 0.1, 4)!
    expect(low).to.be.closeTo(3.2223555, 1e-7)
    expect(high).to.be.closeTo(3.7776445, 1e-7)
  })

  it('is undefined without a degree of freedom and refuses a negative error', () => {
    expect(meanInterval(3.5, 0.1, 0)).to.equal(null)
    expect(() => meanInterval(3.5, -0.1, 4)).to.throw(RangeError)
  })
})
