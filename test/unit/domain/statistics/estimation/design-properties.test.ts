import { expect } from 'chai'
import fc from 'fast-check'
import { type CaseValues, estimateMean } from '../../../../../server/domain/statistics/estimation/design-estimate.js'
import { estimateDomainDifference } from '../../../../../server/domain/statistics/estimation/difference-of-domains.js'
import { estimateRatio } from '../../../../../server/domain/statistics/estimation/ratio-estimate.js'
import { createSampleDesign } from '../../../../../server/domain/statistics/estimation/sample-design.js'
import { taylorVariance } from '../../../../../server/domain/statistics/estimation/taylor-variance.js'
import { expectClose } from '../../../../support/close.js'
import { clusteredDesign, reference } from '../../../../support/survey-reference.js'

const simple = (base: number, weight = 1) => createSampleDesign(Array.from({ length: base }, () => ({ weight })))
const answers = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 3, maxLength: 40 })

describe('design-based estimates', () => {
  it('are those of a simple random sample when all weights are 1: s²/n, design effect n(n−1)/n(n−1) = 1', () => {
    fc.assert(
      fc.property(answers, (values) => {
        const n = values.length
        const mean = values.reduce((sum, y) => sum + y, 0) / n
        const variance = values.reduce((sum, y) => sum + (y - mean) ** 2, 0) / (n - 1) / n
        const estimate = estimateMean(simple(n), values)!
        expectClose(estimate.value, mean, 1e-12)
        expect(estimate.standardError ** 2).to.be.closeTo(variance, 1e-12)
        if (variance > 0) expectClose(estimate.designEffect, 1, 1e-9)
      }),
    )
  })

  it('do not change with the scale of the weights or the order of the cases', () => {
    const cases = fc.array(
      fc.record({
        weight: fc.double({ min: 0.5, max: 9, noNaN: true }),
        stratum: fc.constantFrom('h', 'g'),
        cluster: fc.constantFrom('a', 'b', 'c'),
        answer: fc.integer({ min: 0, max: 1 }),
      }),
      { minLength: 4, maxLength: 40 },
    )
    fc.assert(
      fc.property(cases, (sample) => {
        const estimate = (rows: typeof sample) =>
          estimateMean(
            createSampleDesign(rows),
            rows.map(({ answer }) => answer),
          )!
        const plain = estimate(sample)
        const moved = estimate([...sample].reverse().map((row) => ({ ...row, weight: row.weight * 1000 })))
        expect(moved.value).to.be.closeTo(plain.value, 1e-12)
        expect(moved.standardError).to.be.closeTo(plain.standardError, 1e-9)
        expect(moved.degreesOfFreedom).to.equal(plain.degreesOfFreedom)
      }),
    )
  })

  it('change only in nothing when cases without an answer are added to known clusters', () => {
    const rows = reference.clustered.rows
    const values: CaseValues = rows.map(({ ok }) => ok)
    const longer = createSampleDesign([...rows, ...rows].map(({ pw, dnum }) => ({ weight: pw, cluster: `${dnum}` })))
    const plain = estimateMean(clusteredDesign(), values)!
    const padded = estimateMean(longer, [...values, ...rows.map(() => null)])!
    expectClose(padded.value, plain.value, 1e-12)
    expectClose(padded.standardError, plain.standardError, 1e-12)
    expect(padded.base).to.equal(plain.base)
  })

  it('fall back to the number of clusters when everybody gives one answer', () => {
    const design = createSampleDesign(['a', 'a', 'a', 'b'].map((cluster) => ({ weight: 1, cluster })))
    const estimate = estimateMean(design, [1, 1, 1, 1])!
    expect([estimate.standardError, estimate.designEffect, estimate.effectiveBase]).to.deep.equal([0, null, 2])
  })

  it('are absent where no case has a value', () => {
    expect(estimateMean(simple(2), [null, null])).to.equal(null)
    expect(estimateMean(simple(2), [1, 0], () => false)).to.equal(null)
    expect(
      estimateDomainDifference(
        simple(2),
        [1, 0],
        () => true,
        () => false,
      ),
    ).to.equal(null)
    expect(estimateMean(simple(1), [1])!.effectiveBase).to.equal(1)
  })
})

describe('ratio estimate', () => {
  it('has the variance worked out by hand', () => {
    // Three respondents (k, t) = (2,2), (2,1), (1,0): R = 0.6; t − Rk = 0.8, −0.2, −0.6; V = 3/2 · 1.04 / 25 = 0.0624.
    const { value, standardError, degreesOfFreedom } = estimateRatio(simple(3), [2, 1, 0], [2, 2, 1])
    expectClose(value, 0.6, 1e-12)
    expectClose(standardError ** 2, 0.0624, 1e-12)
    expect(degreesOfFreedom).to.equal(2)
  })

  it('refuses an empty denominator and lengths that differ', () => {
    expect(() => estimateRatio(simple(2), [0, 0], [0, 0])).to.throw(RangeError)
    expect(() => estimateRatio(simple(2), [0], [1, 1])).to.throw(RangeError)
  })
})

describe('difference of two domains', () => {
  const isE = (i: number) => reference.clustered.rows[i]!.stype === 'E'
  const values = reference.clustered.rows.map(({ ok }) => ok)

  it('is 0 with no error between a domain and itself: the covariance is taken into account', () => {
    const self = estimateDomainDifference(clusteredDesign(), values, isE, isE)!
    expect([self.difference, self.standardError]).to.deep.equal([0, 0])
  })

  it('is absent where nobody in a domain has a value', () => {
    const design = createSampleDesign([{ weight: 1 }, { weight: 1 }, { weight: 1 }])
    const difference = (values: readonly (number | null)[]) =>
      estimateDomainDifference(
        design,
        values,
        (i) => i === 0,
        (i) => i > 0,
      )
    expect(difference([null, 1, 0])).to.equal(null)
    expect(difference([1, null, null])).to.equal(null)
    expect(difference([1, null, 0])!.difference).to.equal(1)
  })

  it('has the variance of independent means when the domains are separate strata', () => {
    const design = createSampleDesign(['h', 'h', 'h', 'g', 'g', 'g'].map((stratum) => ({ weight: 1, stratum })))
    const scores = [1, 2, 3, 1, 1, 4]
    const difference = estimateDomainDifference(
      design,
      scores,
      (i) => i < 3,
      (i) => i >= 3,
    )!
    // Means 2 and 2; variances 1/3 and 3/3.
    expect(difference.difference).to.be.closeTo(0, 1e-12)
    expectClose(difference.standardError ** 2, 4 / 3, 1e-12)
    expect(difference.degreesOfFreedom).to.equal(4)
  })
})

describe('sample design', () => {
  it('keeps equally named clusters of two strata apart', () => {
    const design = createSampleDesign(['h', 'g'].map((stratum) => ({ weight: 1, stratum, cluster: '1' })))
    expect(design.stratumOfCluster).to.deep.equal([0, 1])
  })

  it('refuses no cases, bad weights and impossible populations', () => {
    const refused = [
      [],
      [{ weight: 0 }],
      [{ weight: Number.NaN }],
      [{ weight: Infinity }],
      [
        { weight: 1, populationClusters: 5 },
        { weight: 1, populationClusters: 6 },
      ],
      [
        { weight: 1, populationClusters: 1 },
        { weight: 1, populationClusters: 1 },
      ],
    ]
    for (const cases of refused) expect(() => createSampleDesign(cases)).to.throw(RangeError)
  })

  it('refuses scores of another length', () => {
    expect(() => taylorVariance(simple(3), [1, 2])).to.throw(RangeError)
    expect(() => estimateMean(simple(3), [1, 2])).to.throw(RangeError)
  })
})
