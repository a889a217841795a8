import { expect } from 'chai'
import fc from 'fast-check'
import { pearson, spearman } from '../../../../../server/domain/statistics/instruments/correlation.js'
import { correlationInterval } from '../../../../../server/domain/statistics/instruments/correlation-interval.js'
import { deriveImportance, stateImportance } from '../../../../../server/domain/statistics/instruments/importance.js'
import { placeItems } from '../../../../../server/domain/statistics/instruments/importance-performance.js'
import { shapleyShares } from '../../../../../server/domain/statistics/instruments/shapley-shares.js'
import { expectClose } from '../../../../support/close.js'
import { goldenFile } from '../../../../support/golden-file.js'

const { G1_ipa: g1, G2_shapley_lmg: g2 } = goldenFile<{
  G1_ipa: Record<'importance_r' | 'importance_rho' | 'performance_pct' | 'y', number[]> &
    Record<'cut_importance' | 'cut_performance', number> & {
      names: string[]
      X: number[][]
      quadrant: Record<string, string>
      priority_gap: Record<string, number>
    }
  G2_shapley_lmg: {
    predictors: string[]
    lmg: Record<string, number>
    share_pct: Record<string, number>
    r2_full: number
  }
}>('statistics-acceptance.json')
const items = g1.names.map((_, j) => g1.X.map((row) => row[j]!))

describe('the interval of a correlation', () => {
  it('is that of R: cor.test(mtcars$mpg, mtcars$wt), as printed to seven digits', () => {
    const { low, high } = correlationInterval(-0.8676594, 32)
    expect(low).to.be.closeTo(-0.9338264, 5e-8)
    expect(high).to.be.closeTo(-0.7440872, 5e-8)
  })

  it('closes at the ends and is the other way round for the other sign', () => {
    expect(correlationInterval(1, 10)).to.deep.equal({ low: 1, high: 1 })
    const [above, below] = [correlationInterval(0.4, 60), correlationInterval(-0.4, 60)]
    expect(below).to.deep.equal({ low: -above.high, high: -above.low })
  })

  it('refuses what is no correlation and too few pairs', () => {
    for (const r of [1.01, -1.01, NaN]) expect(() => correlationInterval(r, 60)).to.throw(RangeError, '-1 to 1')
    for (const pairs of [3, 0, NaN]) expect(() => correlationInterval(0.4, pairs)).to.throw(RangeError, 'more than 3')
  })
})

describe('derived importance', () => {
  it('gives acceptance value G1 by Pearson and by Spearman, flagged as too thin', () => {
    for (const [method, expected] of [
      ['pearson', g1.importance_r],
      ['spearman', g1.importance_rho],
    ] as const) {
      deriveImportance(items, g1.y, method).forEach(({ r, pairs, isReliable }, j) => {
        expectClose(r, expected[j]!, 1e-12)
        expect([pairs, isReliable]).to.deep.equal([10, false])
      })
    }
  })

  it('counts a case of weight 3 as three cases', () => {
    const weights = g1.y.map((_, i) => (i === 2 ? 3 : 1))
    const repeated = [...g1.y.keys(), 2, 2]
    const column = (values: readonly number[]) => repeated.map((i) => values[i]!)
    const [weighted] = deriveImportance(items.slice(0, 1), g1.y, 'pearson', weights)
    expectClose(weighted!.r, pearson(column(items[0]!), column(g1.y)).r!, 1e-12)
    expectClose(spearman(items[0]!, g1.y, weights).r, spearman(column(items[0]!), column(g1.y)).r!, 1e-12)
  })

  it('uses the cases that have both values and is null without variation', () => {
    expect(pearson([1, 2, null, 4], [2, 4, 9, null])).to.deep.equal({ r: 1, pairs: 2 })
    expect(pearson([1, 1, 1], [1, 2, 3]).r).to.equal(null)
    expect(pearson([null], [1])).to.deep.equal({ r: null, pairs: 0 })
  })

  it('does not depend on the scale of a column, stays in −1 to 1, and Spearman on order alone', () => {
    const column = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })), { minLength: 2 })
    fc.assert(
      fc.property(column, (pairs) => {
        const [x, y] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)]
        const { r } = pearson(x, y)
        if (r === null) return
        expect(r).to.be.within(-1, 1)
        expect(
          pearson(
            x.map((value) => 7 - 3 * value),
            y,
          ).r,
        ).to.be.closeTo(-r, 1e-9)
        expect(spearman(x.map(Math.exp), y).r).to.be.closeTo(spearman(x, y).r!, 1e-12)
      }),
    )
  })

  it('refuses columns that do not match and bad weights', () => {
    expect(() => pearson([1, 2], [1])).to.throw(RangeError)
    expect(() => spearman([1, 2], [1, 2], [1, 0])).to.throw(RangeError)
  })
})

describe('stated importance', () => {
  it('is the weighted share of respondents who picked an item', () => {
    const picks = [['land', 'fees'], ['land'], []]
    expect(stateImportance(picks, ['land', 'fees', 'hours'])).to.deep.equal([2 / 3, 1 / 3, 0])
    expect(stateImportance(picks, ['fees'], [3, 1, 1])).to.deep.equal([0.6])
  })

  it('is null when nobody was asked, and refuses weights that do not match', () => {
    expect(stateImportance([], ['land'])).to.deep.equal([null])
    expect(() => stateImportance([['land']], ['land'], [])).to.throw(RangeError)
  })
})

describe('importance-performance chart', () => {
  const chart = placeItems(
    g1.names.map((id, j) => ({ id, importance: g1.importance_r[j]!, performancePercent: g1.performance_pct[j]! })),
  )!

  it('gives cuts, fields and gaps of acceptance value G1', () => {
    expectClose(chart.importanceCut, g1.cut_importance, 1e-12)
    expectClose(chart.performanceCutPercent, g1.cut_performance, 1e-12)
    for (const { id, quadrant, gap } of chart.items) {
      // The golden names carry a number: Q1_concentrate.
      expect(quadrant, id).to.equal(g1.quadrant[id]!.slice(3))
      expectClose(gap, g1.priority_gap[id]!, 1e-12)
    }
  })

  it('lists the largest gap first although its field says low priority', () => {
    expect(chart.gapOrder[0]).to.equal('GopY')
    expect(chart.items.find(({ id }) => id === 'GopY')!.quadrant).to.equal('low_priority')
  })

  it('is null without items and refuses values off its axes', () => {
    expect(placeItems([])).to.equal(null)
    expect(() => placeItems([{ id: 'a', importance: 1.2, performancePercent: 50 }])).to.throw(RangeError)
    expect(() => placeItems([{ id: 'a', importance: 0.2, performancePercent: 101 }])).to.throw(RangeError)
  })
})

describe('Shapley shares of R²', () => {
  const predictors = g2.predictors.map((name) => items[g1.names.indexOf(name)]!)

  it('give acceptance value G2', () => {
    const { rSquared, shares, base } = shapleyShares(predictors, g1.y)!
    expectClose(rSquared, g2.r2_full, 1e-12)
    shares.forEach(({ lmg, percent }, j) => {
      const name = g2.predictors[j]!
      expectClose(lmg, g2.lmg[name]!, 1e-11)
      expectClose(percent, g2.share_pct[name]!, 1e-11)
    })
    expect(base).to.equal(10)
  })

  it('are the same for a predictor given twice, which adds nothing to R²', () => {
    const single = shapleyShares(predictors.slice(0, 1), g1.y)!
    const { rSquared, shares } = shapleyShares([predictors[0]!, predictors[0]!], g1.y)!
    expectClose(rSquared, single.rSquared, 1e-9)
    expectClose(shares[0]!.lmg, single.rSquared / 2, 1e-9)
    expectClose(shares[1]!.lmg, single.rSquared / 2, 1e-9)
  })

  it('give nothing to a predictor that does not vary and leave out incomplete respondents', () => {
    const constant = g1.y.map(() => 3)
    const [first, second] = [predictors[0]!, [...constant.slice(1), null]]
    const { shares, base } = shapleyShares([first, second], g1.y)!
    expect(shares[1]).to.deep.equal({ lmg: 0, percent: 0 })
    expect(base).to.equal(9)
    expect(shapleyShares([constant], g1.y)).to.equal(null)
    expect(shapleyShares([first], constant)).to.equal(null)
  })

  it('have no percent when the predictors explain nothing', () => {
    // x and y are uncorrelated by construction.
    expect(shapleyShares([[1, 1, 2, 2]], [1, 2, 1, 2])!.shares).to.deep.equal([{ lmg: 0, percent: null }])
  })

  it('add up to R² and are never negative', () => {
    const rating = fc.integer({ min: 1, max: 5 })
    const rows = fc.array(fc.tuple(rating, rating, rating, rating), { minLength: 4, maxLength: 30 })
    fc.assert(
      fc.property(rows, (answers) => {
        const column = (j: number) => answers.map((row) => row[j]!)
        const result = shapleyShares([column(0), column(1), column(2)], column(3))
        if (result === null) return
        expect(result.shares.reduce((sum, { lmg }) => sum + lmg, 0)).to.be.closeTo(result.rSquared, 1e-9)
        for (const { lmg } of result.shares) expect(lmg).to.be.at.least(-1e-9)
      }),
    )
  })

  it('refuse no predictors, too many, and columns that do not match', () => {
    expect(() => shapleyShares([], g1.y)).to.throw(RangeError)
    expect(() =>
      shapleyShares(
        Array.from({ length: 11 }, () => g1.y),
        g1.y,
      ),
    ).to.throw(RangeError)
    expect(() => shapleyShares([[1, 2]], g1.y)).to.throw(RangeError)
  })
})
