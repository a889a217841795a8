import { expect } from 'chai'
import fc from 'fast-check'
import { createFactorScores, factorCorrelations } from '../../../../server/domain/analysis/factor-scores.js'
import { correlationsOfJoint, countJointly, emptyJointCounts } from '../../../../server/domain/analysis/joint-counts.js'
import { pearson, spearman } from '../../../../server/domain/statistics/instruments/correlation.js'
import {
  shapleyOfCorrelations,
  shapleyShares,
} from '../../../../server/domain/statistics/instruments/shapley-shares.js'
import { expectClose } from '../../../support/close.js'
import { goldenFile } from '../../../support/golden-file.js'
import { rating } from '../../../support/tiny-questionnaire.js'

const { G1_ipa: g1, G2_shapley_lmg: g2 } = goldenFile<{
  G1_ipa: { names: string[]; X: number[][]; y: number[]; importance_r: number[]; importance_rho: number[] }
  G2_shapley_lmg: {
    predictors: string[]
    lmg: Record<string, number>
    share_pct: Record<string, number>
    r2_full: number
  }
}>('statistics-acceptance.json')

const both = (text: string) => ({ vi: text, en: text })
const factor = (code: string, items: readonly string[]) => ({
  code,
  name: both(code),
  items: items.map((item) => rating(item)),
})

describe('joint counts of two items', () => {
  it('give acceptance value G1 by Pearson and by Spearman', () => {
    g1.names.forEach((_, j) => {
      const counts = emptyJointCounts()
      g1.X.forEach((row, i) => {
        countJointly(counts, row[j]!, g1.y[i]!)
      })
      const both = correlationsOfJoint(counts)
      expectClose(both.pearson.r, g1.importance_r[j]!, 1e-12)
      expectClose(both.spearman.r, g1.importance_rho[j]!, 1e-12)
      expect([both.pearson.pairs, both.spearman.pairs]).to.deep.equal([10, 10])
    })
  })

  it('give the correlations of the single respondents', () => {
    const score = fc.integer({ min: 1, max: 5 })
    fc.assert(
      fc.property(fc.array(fc.tuple(score, score), { minLength: 1 }), (pairs) => {
        const counts = emptyJointCounts()
        for (const [x, y] of pairs) countJointly(counts, x, y)
        const [xs, ys] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)]
        const found = correlationsOfJoint(counts)
        for (const [name, one] of [
          ['pearson', pearson(xs, ys)],
          ['spearman', spearman(xs, ys)],
        ] as const) {
          expect(found[name].r === null).to.equal(one.r === null)
          if (one.r !== null) expect(found[name].r).to.be.closeTo(one.r, 1e-9)
          expect(found[name].pairs).to.equal(pairs.length)
        }
      }),
    )
  })

  it('of nobody have no correlation', () => {
    expect(correlationsOfJoint(emptyJointCounts()).pearson).to.deep.equal({ r: null, pairs: 0 })
  })
})

describe('factor scores', () => {
  const shares = (scores: ReturnType<typeof createFactorScores>, factorCount: number) => {
    const correlations = factorCorrelations(scores.result(), factorCount)!
    return {
      ...correlations,
      ...shapleyOfCorrelations(correlations.between as number[][], correlations.withOutcome as number[]),
    }
  }

  it('give acceptance value G2', () => {
    const [first, second, third] = [1, 2, 3]
    const factors = [factor('TT', ['B1']), factor('CC', ['C1']), factor('KQ', ['D1'])]
    const scores = createFactorScores({ factors, overall: rating('G1') })
    g1.X.forEach((row, i) => {
      scores.add({ B1: row[first]!, C1: row[second]!, D1: row[third]!, G1: g1.y[i]! })
    })
    const found = shares(scores, 3)
    expectClose(found.rSquared, g2.r2_full, 1e-11)
    g2.predictors.forEach((name, j) => {
      expectClose(found.shares[j]!.lmg, g2.lmg[name]!, 1e-11)
      expectClose(found.shares[j]!.percent, g2.share_pct[name]!, 1e-11)
    })
  })

  it('are means of the valid answers, as a regression over the respondents themselves has it', () => {
    const code = fc.constantFrom(1, 2, 3, 4, 5, 96, 97)
    const answers = fc.record({ A1: code, A2: code, A3: code, B1: code, B2: code, G1: code })
    const factors = [factor('A', ['A1', 'A2', 'A3']), factor('B', ['B1', 'B2'])]
    const meanOf = (codes: readonly number[]) => {
      const valid = codes.filter((one) => one <= 5)
      return valid.length === 0 ? null : valid.reduce((sum, one) => sum + one, 0) / valid.length
    }
    fc.assert(
      fc.property(fc.array(answers, { minLength: 10, maxLength: 40 }), (cases) => {
        const scores = createFactorScores({ factors, overall: rating('G1') })
        for (const one of cases) scores.add(one)
        const found = factorCorrelations(scores.result(), 2)
        if (found === null || found.factors.length < 2 || found.withOutcome.includes(null)) return
        if (found.between.some((row) => row.includes(null))) return
        const columns = [
          cases.map(({ A1, A2, A3 }) => meanOf([A1, A2, A3])),
          cases.map(({ B1, B2 }) => meanOf([B1, B2])),
        ]
        const there = shapleyShares(
          columns,
          cases.map(({ G1 }) => (G1 <= 5 ? G1 : null)),
        )!
        const here = shares(scores, 2)
        expect(here.base).to.equal(there.base)
        expect(here.rSquared).to.be.closeTo(there.rSquared, 1e-9)
        here.shares.forEach(({ lmg }, j) => {
          expect(lmg).to.be.closeTo(there.shares[j]!.lmg, 1e-9)
        })
      }),
    )
  })

  it('leave a factor out that fewer than half rated, instead of most respondents', () => {
    const factors = [factor('A', ['A1']), factor('B', ['B1'])]
    const scores = createFactorScores({ factors, overall: rating('G1') })
    for (let i = 0; i < 10; i++) scores.add({ A1: 1 + (i % 5), G1: 1 + ((i * 2) % 5), ...(i < 4 ? { B1: 1 + i } : {}) })
    const found = factorCorrelations(scores.result(), 2)!
    expect(found.factors).to.deep.equal([0])
    expect(found.base).to.equal(10)
    // Without an overall rating nobody counts.
    scores.add({ A1: 5 })
    expect(factorCorrelations(scores.result(), 2)!.base).to.equal(10)
  })

  it('are nothing without an overall item, or with one respondent', () => {
    const factors = [factor('A', ['A1'])]
    const silent = createFactorScores({ factors, overall: null })
    silent.add({ A1: 5, G1: 5 })
    expect(factorCorrelations(silent.result(), 1)).to.equal(null)
    const single = createFactorScores({ factors, overall: rating('G1') })
    single.add({ A1: 5, G1: 5 })
    expect(factorCorrelations(single.result(), 1)).to.equal(null)
  })
})
