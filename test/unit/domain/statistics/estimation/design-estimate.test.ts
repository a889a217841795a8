import { expect } from 'chai'
import {
  type DesignEstimate,
  estimateMean,
} from '../../../../../server/domain/statistics/estimation/design-estimate.js'
import { meanInterval } from '../../../../../server/domain/statistics/estimation/mean-interval.js'
import { createSampleDesign, lonelyStrata } from '../../../../../server/domain/statistics/estimation/sample-design.js'
import { shareInterval } from '../../../../../server/domain/statistics/estimation/share-interval.js'
import { expectClose } from '../../../../support/close.js'
import { goldenFile } from '../../../../support/golden-file.js'
import { clusteredDesign, reference, stratifiedDesign } from '../../../../support/survey-reference.js'

const EXACT = 1e-9

function expectReference(estimate: DesignEstimate | null, expected: { estimate: number; se: number }): void {
  expectClose(estimate!.value, expected.estimate, EXACT, 'estimate')
  expectClose(estimate!.standardError, expected.se, EXACT, 'standard error')
}

describe('estimates of a stratified sample', () => {
  const { rows, ...expected } = reference.stratified
  const ok = rows.map((row) => row.ok)

  it('agree with R survey, with and without finite population correction', () => {
    expectReference(estimateMean(stratifiedDesign(true), ok), expected.mean_ok_fpc)
    expectReference(estimateMean(stratifiedDesign(false), ok), expected.mean_ok)
  })

  it('agree with R survey for the mean of a measurement', () => {
    const api00 = rows.map((row) => row.api00)
    expectReference(estimateMean(stratifiedDesign(false), api00), expected.mean_api00)
  })

  for (const [key, domains] of [
    ['stype', expected.by_stype],
    ['sch.wide', expected.by_schwide],
  ] as const) {
    for (const domain of domains) {
      it(`agree with R survey in the domain ${key} = ${domain.domain}`, () => {
        const inDomain = (i: number) => rows[i]![key] === domain.domain
        const estimate = estimateMean(stratifiedDesign(false), ok, inDomain)
        expectReference(estimate, domain)
        expect(estimate!.base).to.equal(rows.filter((_, i) => inDomain(i)).length)
      })
    }
  }

  it('take a missing answer as a case outside the domain', () => {
    const blanked = rows.map((row) => (row['sch.wide'] === 'Yes' ? row.ok : null))
    expectReference(estimateMean(stratifiedDesign(false), blanked), expected.by_schwide[1]!)
  })

  for (const [method, interval] of [
    ['logit', expected.ci_logit],
    ['beta', expected.ci_beta],
  ] as const) {
    it(`have the ${method} interval of R survey`, () => {
      const estimate = estimateMean(stratifiedDesign(false), ok)!
      const { lowPercent, highPercent } = shareInterval(estimate, method)!
      expect(estimate.degreesOfFreedom).to.equal(interval.df)
      expectClose(lowPercent, 100 * interval.lower, EXACT, 'lower')
      expectClose(highPercent, 100 * interval.upper, EXACT, 'upper')
    })
  }
})

describe('estimates of a cluster sample', () => {
  const { rows, ...expected } = reference.clustered
  const ok = rows.map((row) => row.ok)

  it('agree with R survey for a share and a mean', () => {
    expectReference(estimateMean(clusteredDesign(), ok), expected.mean_ok)
    const api00 = rows.map((row) => row.api00)
    expectReference(estimateMean(clusteredDesign(), api00), expected.mean_api00)
  })

  for (const domain of expected.by_stype) {
    it(`agree with R survey in the domain stype = ${domain.domain}`, () => {
      expectReference(
        estimateMean(clusteredDesign(), ok, (i) => rows[i]!.stype === domain.domain),
        domain,
      )
    })
  }

  it('have the logit interval of R survey', () => {
    const estimate = estimateMean(clusteredDesign(), ok)!
    const { lowPercent, highPercent } = shareInterval(estimate, 'logit')!
    expect(estimate.degreesOfFreedom).to.equal(expected.ci_logit.df)
    expectClose(lowPercent, 100 * expected.ci_logit.lower, EXACT, 'lower')
    expectClose(highPercent, 100 * expected.ci_logit.upper, EXACT, 'upper')
  })
})

describe('acceptance value E3, two strata of three clusters', () => {
  const { E3_taylor: e3 } = goldenFile<{
    E3_taylor: Record<'p' | 'se' | 'deff' | 'n_eff' | 'df', number> & {
      data: [string, string, number, number[]][]
      wald_t_ci: [number, number]
      wilson_neff: [number, number]
    }
  }>('statistics-acceptance.json')
  const cases = e3.data.flatMap(([stratum, cluster, weight, answers]) =>
    answers.map((answer) => ({ stratum, cluster, weight, answer })),
  )
  const estimate = estimateMean(
    createSampleDesign(cases),
    cases.map(({ answer }) => answer),
  )!

  it('has share, standard error, design effect and effective base', () => {
    expectClose(100 * estimate.value, e3.p, 1e-12)
    expectClose(100 * estimate.standardError, e3.se, 1e-12)
    expectClose(estimate.designEffect, e3.deff, 1e-12)
    expectClose(estimate.effectiveBase, e3.n_eff, 1e-12)
    expect([estimate.base, estimate.degreesOfFreedom]).to.deep.equal([24, e3.df])
  })

  it('has the t interval and Wilson on the effective base', () => {
    const wald = meanInterval(100 * estimate.value, 100 * estimate.standardError, estimate.degreesOfFreedom)!
    expectClose(wald.low, e3.wald_t_ci[0], 1e-12)
    expectClose(wald.high, e3.wald_t_ci[1], 1e-12)
    const wilson = shareInterval(estimate, 'wilson')!
    expectClose(wilson.lowPercent, e3.wilson_neff[0], 1e-12)
    expectClose(wilson.highPercent, e3.wilson_neff[1], 1e-12)
  })
})

describe('strata with one cluster', () => {
  // Weights 1. Stratum h: clusters a {1, 1} and b {0}; stratum g: cluster c {1} alone. R = 3/4, Σw = 4.
  // Scores: a (¼ + ¼)/4 = 0.125, b −0.75/4 = −0.1875, c 0.25/4 = 0.0625; grand mean 0.
  // V = 2/1 · Σ(e − ē)² over a, b with ē = −0.03125: 2 · 2 · 0.15625² = 0.09765625; plus 0.0625² = 0.00390625.
  const lonely = [
    { weight: 1, stratum: 'h', cluster: 'a' },
    { weight: 1, stratum: 'h', cluster: 'a' },
    { weight: 1, stratum: 'h', cluster: 'b' },
    { weight: 1, stratum: 'g', cluster: 'c' },
  ]

  it('are centred at the grand mean and named', () => {
    const estimate = estimateMean(createSampleDesign(lonely), [1, 1, 0, 1])!
    expectClose(estimate.standardError ** 2, 0.1015625, 1e-12)
    expect(estimate.lonelyStrata).to.deep.equal(['g'])
  })

  it('add nothing and are not named when they were drawn completely', () => {
    const complete = lonely.map((sampled) => ({
      ...sampled,
      populationClusters: sampled.stratum === 'g' ? 1 : undefined,
    }))
    const design = createSampleDesign(complete)
    expectClose(estimateMean(design, [1, 1, 0, 1])!.standardError ** 2, 0.09765625, 1e-12)
    expect(lonelyStrata(design)).to.deep.equal([])
  })
})
