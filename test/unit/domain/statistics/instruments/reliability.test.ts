import { expect } from 'chai'
import fc from 'fast-check'
import { cronbachAlpha, LOW_ITEM_TOTAL } from '../../../../../server/domain/statistics/instruments/cronbach-alpha.js'
import { omegaFromLoadings } from '../../../../../server/domain/statistics/instruments/omega.js'
import { expectClose } from '../../../../support/close.js'
import { goldenFile } from '../../../../support/golden-file.js'

const golden = goldenFile<{
  F1_cronbach: Record<'total_var' | 'alpha' | 'alpha_std', number> &
    Record<'item_var' | 'alpha_if_deleted' | 'corrected_item_total', number[]> & { X: number[][] }
  F2_omega: { loadings: number[]; omega: number }
}>('statistics-acceptance.json')
const psych = goldenFile<{ rows: number[][]; alpha_raw: number; alpha_std: number }>('cronbach-psych.json')

describe("Cronbach's alpha", () => {
  it('agrees with R psych::alpha, raw and standardised', () => {
    const reliability = cronbachAlpha(psych.rows)!
    expectClose(reliability.alpha, psych.alpha_raw, 1e-9)
    expectClose(reliability.standardisedAlpha, psych.alpha_std, 1e-9)
    expect(reliability.base).to.equal(400)
  })

  it('gives acceptance value F1 with all its parts', () => {
    const f1 = golden.F1_cronbach
    const { alpha, standardisedAlpha, totalVariance, items } = cronbachAlpha(f1.X)!
    expectClose(alpha, f1.alpha, 1e-12)
    expectClose(standardisedAlpha, f1.alpha_std, 1e-12)
    expectClose(totalVariance, f1.total_var, 1e-12)
    items.forEach((item, j) => {
      expectClose(item.variance, f1.item_var[j]!, 1e-12)
      expectClose(item.alphaIfDeleted, f1.alpha_if_deleted[j]!, 1e-12)
      expectClose(item.correctedItemTotal, f1.corrected_item_total[j]!, 1e-12)
      expect(item.correctedItemTotal).to.be.above(LOW_ITEM_TOTAL)
    })
  })

  it('leaves out respondents who skipped an item', () => {
    const skipped = [...psych.rows.slice(0, 50), [1, 1, null, 1, 1], ...psych.rows.slice(50)]
    expectClose(cronbachAlpha(skipped)!.alpha, psych.alpha_raw, 1e-9)
  })

  it('is null, not NaN, where it is undefined', () => {
    const undefinedFor = [
      [],
      [[1], [2]],
      [[1, 2]],
      [
        [3, 3],
        [3, 3],
      ],
      [
        [1, 5],
        [5, 1],
      ],
      [
        [1, null],
        [2, null],
      ],
    ]
    for (const rows of undefinedFor) expect(cronbachAlpha(rows)).to.equal(null)
  })

  it('has null parts where only they are undefined', () => {
    const { standardisedAlpha, items } = cronbachAlpha([
      [1, 3],
      [2, 3],
      [4, 3],
    ])!
    expect(standardisedAlpha).to.equal(null)
    expect(items.map(({ alphaIfDeleted, correctedItemTotal }) => [alphaIfDeleted, correctedItemTotal])).to.deep.equal([
      [null, null],
      [null, null],
    ])
    // Items x and −2x: r = −1, so 1 + (k − 1)·r̄ = 0, while the total −x does vary.
    const opposed = [
      [1, -2],
      [2, -4],
      [4, -8],
    ]
    expect(cronbachAlpha(opposed)!.standardisedAlpha).to.equal(null)
    expect(cronbachAlpha(opposed)!.alpha).to.be.below(0)
  })

  it('is 1 for items that agree but for a constant, and does not depend on the order of respondents', () => {
    const scores = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 3, maxLength: 30 })
    fc.assert(
      fc.property(scores, (values) => {
        fc.pre(new Set(values).size > 1)
        const rows = values.map((value) => [value, value + 1, value + 7])
        expectClose(cronbachAlpha(rows)!.alpha, 1, 1e-9)
        expectClose(cronbachAlpha([...rows].reverse())!.alpha, 1, 1e-9)
      }),
    )
  })

  it('refuses rows of different length', () => {
    expect(() => cronbachAlpha([[1, 2], [1]])).to.throw(RangeError)
  })
})

describe('omega', () => {
  it('gives acceptance value F2', () => {
    expectClose(omegaFromLoadings(golden.F2_omega.loadings), golden.F2_omega.omega, 1e-12)
  })

  it('is null for one item or for loadings and errors that vanish, and refuses impossible loadings', () => {
    expect(omegaFromLoadings([0.7])).to.equal(null)
    expect(omegaFromLoadings([1, -1])).to.equal(null)
    expect(() => omegaFromLoadings([0.5, 1.2])).to.throw(RangeError)
  })
})
