import { expect } from 'chai'
import { meanOfChildren, populationMean, sipasPercent } from '../../../../server/domain/index/aggregate.js'
import { figuresOfCriterion } from '../../../../server/domain/index/criterion.js'
import { golden } from '../../../support/golden.js'

const m1 = golden.M1_crosswalk

describe('aggregation', () => {
  it('gives SIPAS of Hà Nội 2024 as the mean of policy and service (J3)', () => {
    const { policy, service, published } = golden.J3_sipas_published.hanoi2024
    expect(sipasPercent({ policyPercent: policy, servicePercent: service })).to.be.closeTo(published, 1e-9)
  })

  it('tells three ways to join units apart: pooled, simple mean, by population (M1)', () => {
    const units = Object.values(m1.units)
    const percents = units.map(([hits, answers]) => (100 * hits) / answers)
    const pooled = units.reduce<readonly [number, number]>(([t, k], [hits, answers]) => [t + hits, k + answers], [0, 0])
    const counts = [pooled[1] - pooled[0], 0, 0, pooled[0], 0] as const
    expect(figuresOfCriterion(counts)?.topTwoBoxPercent).to.be.closeTo(m1.pooled_TPThuDuc, 1e-9)
    expect(meanOfChildren(percents)).to.be.closeTo(m1.mean_of_pct, 1e-9)
    const sized = percents.map((value, i) => ({ value, size: m1.pop_weighted.pop[i]! }))
    expect(populationMean(sized)).to.be.closeTo(m1.pop_weighted.pct, 1e-9)
  })

  it('takes the mean of the parts that have a value', () => {
    expect(meanOfChildren([50, null, 60])).to.equal(55)
    expect(meanOfChildren([null])).to.equal(null)
  })

  it('refuses a population of nobody', () => {
    expect(() => populationMean([{ value: 50, size: 0 }])).to.throw(RangeError)
  })
})
