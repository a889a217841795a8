import { expect } from 'chai'
import fc from 'fast-check'
import { cronbachAlpha } from '../../../../../server/domain/statistics/instruments/cronbach-alpha.js'
import {
  correlationsOf,
  covariancesOf,
  createCrossSums,
  mergeCrossSums,
} from '../../../../../server/domain/statistics/instruments/cross-sums.js'
import { omegaFromLoadings } from '../../../../../server/domain/statistics/instruments/omega.js'
import { oneFactorLoadings } from '../../../../../server/domain/statistics/instruments/one-factor.js'
import { reliabilityOfSums } from '../../../../../server/domain/statistics/instruments/reliability-of-sums.js'
import { shapleyOfCorrelations } from '../../../../../server/domain/statistics/instruments/shapley-shares.js'
import { expectClose } from '../../../../support/close.js'
import { goldenFile } from '../../../../support/golden-file.js'

const golden = goldenFile<{
  F1_cronbach: Record<'total_var' | 'alpha' | 'alpha_std', number> &
    Record<'item_var' | 'alpha_if_deleted' | 'corrected_item_total', number[]> & { X: number[][] }
  F2_omega: { loadings: number[]; omega: number }
}>('statistics-acceptance.json')
const psych = goldenFile<{ rows: number[][]; alpha_raw: number; alpha_std: number }>('cronbach-psych.json')

function sumsOf(rows: readonly (readonly number[])[]) {
  const builder = createCrossSums(rows[0]!.length)
  for (const row of rows) builder.add(row)
  return builder.result()
}

const ratings = fc.integer({ min: 2, max: 6 }).chain((width) =>
  fc.array(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: width, maxLength: width }), {
    minLength: 2,
    maxLength: 30,
  }),
)

describe('reliability from sums', () => {
  it('gives acceptance value F1 with all its parts', () => {
    const f1 = golden.F1_cronbach
    const { alpha, standardisedAlpha, totalVariance, items, base } = reliabilityOfSums(sumsOf(f1.X))!
    expect(base).to.equal(6)
    expectClose(alpha, f1.alpha, 1e-12)
    expectClose(standardisedAlpha, f1.alpha_std, 1e-12)
    expectClose(totalVariance, f1.total_var, 1e-12)
    items.forEach((item, j) => {
      expectClose(item.variance, f1.item_var[j]!, 1e-12)
      expectClose(item.alphaIfDeleted, f1.alpha_if_deleted[j]!, 1e-12)
      expectClose(item.correctedItemTotal, f1.corrected_item_total[j]!, 1e-12)
    })
  })

  it('agrees with R psych::alpha, raw and standardised', () => {
    const { alpha, standardisedAlpha } = reliabilityOfSums(sumsOf(psych.rows))!
    expectClose(alpha, psych.alpha_raw, 1e-9)
    expectClose(standardisedAlpha, psych.alpha_std, 1e-9)
  })

  it('is that of the single respondents, whatever they answered', () => {
    fc.assert(
      fc.property(ratings, (rows) => {
        const [there, here] = [cronbachAlpha(rows), reliabilityOfSums(sumsOf(rows))]
        expect(here === null).to.equal(there === null)
        if (here === null || there === null) return
        expect(here.alpha).to.be.closeTo(there.alpha, 1e-9 * (1 + Math.abs(there.alpha)))
        here.items.forEach(({ correctedItemTotal }, j) => {
          const expected = there.items[j]!.correctedItemTotal
          expect(correctedItemTotal === null).to.equal(expected === null)
          if (expected !== null) expect(correctedItemTotal).to.be.closeTo(expected, 1e-9)
        })
      }),
    )
  })

  it('is null where it is undefined', () => {
    for (const rows of [
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
    ]) {
      expect(reliabilityOfSums(sumsOf(rows))).to.equal(null)
    }
    expect(() => covariancesOf(sumsOf([[1, 2]]))).to.throw(RangeError)
  })

  it('has no standardised alpha where an item does not vary', () => {
    const rows = [
      [1, 2, 3],
      [2, 4, 3],
      [5, 3, 3],
    ]
    expect(reliabilityOfSums(sumsOf(rows))?.standardisedAlpha).to.equal(null)
    expect(correlationsOf(covariancesOf(sumsOf(rows)))[0]![2]).to.equal(null)
  })

  it('has no standardised alpha where standardised items cancel, though the raw ones do not', () => {
    // The second item falls by half of what the first rises: correlation -1, variances 4 and 1, of the total 1.
    const rows = [
      [1, 4],
      [3, 3],
      [5, 2],
    ]
    const { totalVariance, standardisedAlpha } = reliabilityOfSums(sumsOf(rows))!
    expect(totalVariance).to.be.closeTo(1, 1e-12)
    expect(standardisedAlpha).to.equal(null)
  })

  it('adds up over any split of the respondents', () => {
    fc.assert(
      fc.property(ratings, fc.nat(), (rows, at) => {
        const middle = 1 + (at % (rows.length - 1 || 1))
        const parts = [rows.slice(0, middle), rows.slice(middle)].filter(({ length }) => length > 0).map(sumsOf)
        expect(mergeCrossSums(parts, rows[0]!.length)).to.deep.equal(sumsOf(rows))
      }),
    )
  })
})

describe('loadings on one factor', () => {
  it('finds those that the correlations were made from, and with them acceptance value F2', () => {
    const { loadings, omega } = golden.F2_omega
    const correlations = loadings.map((a, j) => loadings.map((b, m) => (j === m ? 1 : a * b)))
    const found = oneFactorLoadings(correlations)!
    found.forEach((loading, j) => {
      expectClose(loading, loadings[j]!, 1e-9)
    })
    expectClose(omegaFromLoadings(found), omega, 1e-9)
  })

  it('minimises the residuals where no factor fits exactly (scipy.optimize.minimize, BFGS)', () => {
    const correlations = [
      [1, 0.62, 0.55, 0.41],
      [0.62, 1, 0.58, 0.47],
      [0.55, 0.58, 1, 0.36],
      [0.41, 0.47, 0.36, 1],
    ]
    const expected = [0.7611652028787744, 0.8304408497300847, 0.7008494003429913, 0.5423780061417823]
    const found = oneFactorLoadings(correlations)!
    found.forEach((loading, j) => {
      expect(loading).to.be.closeTo(expected[j]!, 1e-7)
    })
    expect(omegaFromLoadings(found)).to.be.closeTo(0.8050842713572206, 1e-7)
  })

  it('for three items is √(r₁₂r₁₃/r₂₃), also with an item the other way round', () => {
    // √(0.3·0.24/0.4), √(0.3·0.4/0.24), √(0.24·0.4/0.3)
    const expected = [0.18, 0.5, 0.32].map(Math.sqrt)
    const of = (sign: number) => [
      [1, 0.3, sign * 0.24],
      [0.3, 1, sign * 0.4],
      [sign * 0.24, sign * 0.4, 1],
    ]
    oneFactorLoadings(of(1))!.forEach((loading, j) => {
      expectClose(loading, expected[j]!, 1e-9)
    })
    oneFactorLoadings(of(-1))!.forEach((loading, j) => {
      expectClose(loading, (j === 2 ? -1 : 1) * expected[j]!, 1e-9)
    })
  })

  it('is null for two items, for unrelated items and for a Heywood case', () => {
    expect(
      oneFactorLoadings([
        [1, 0.5],
        [0.5, 1],
      ]),
    ).to.equal(null)
    expect(
      oneFactorLoadings([
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ]),
    ).to.equal(null)
    // √(0.8·0.7/0.3) = 1.37
    expect(
      oneFactorLoadings([
        [1, 0.8, 0.7],
        [0.8, 1, 0.3],
        [0.7, 0.3, 1],
      ]),
    ).to.equal(null)
  })

  it('is null where the loadings never settle: one item goes with two that do not go together', () => {
    expect(
      oneFactorLoadings([
        [1, 0.5, 0],
        [0.5, 1, 0.5],
        [0, 0.5, 1],
      ]),
    ).to.equal(null)
  })
})

describe('Shapley shares from correlations', () => {
  it('of unrelated predictors are their squared correlations', () => {
    const { rSquared, shares } = shapleyOfCorrelations(
      [
        [1, 0],
        [0, 1],
      ],
      [0.6, 0.3],
    )
    expectClose(rSquared, 0.45, 1e-12)
    expectClose(shares[0]!.lmg, 0.36, 1e-12)
    expectClose(shares[1]!.percent, 20, 1e-12)
  })

  it('refuses no predictor', () => {
    expect(() => shapleyOfCorrelations([], [])).to.throw(RangeError)
  })
})
