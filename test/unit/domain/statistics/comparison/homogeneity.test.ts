import { expect } from 'chai'
import fc from 'fast-check'
import { chiSquareOfGroups, waldOfGroups } from '../../../../../server/domain/statistics/comparison/homogeneity.js'
import { expectClose } from '../../../../support/close.js'

describe('chi-square test of groups', () => {
  it('gives the values of scipy (chi2_contingency, correction=False)', () => {
    const groups = [
      [48, 60],
      [55, 90],
      [31, 50],
      [120, 200],
    ].map(([hits, base]) => ({ hits: hits!, base: base! }))
    const test = chiSquareOfGroups(groups)!
    expectClose(test.statistic, 8.374980524694685, 1e-12)
    expect(test.degreesOfFreedom).to.equal(3)
    expectClose(test.p, 0.03886551922357533, 1e-13)
  })

  it('for two groups is the square of the pooled z, worked by hand', () => {
    // 30/60 and 20/60: p = 50/120; z² = (1/6)² / (p(1 − p)·(1/60 + 1/60)) = 0.0277778 / 0.00810185 = 3.428571
    const test = chiSquareOfGroups([
      { hits: 30, base: 60 },
      { hits: 20, base: 60 },
    ])!
    expectClose(test.statistic, 24 / 7, 1e-12)
  })

  it('is not made with one group, or where fewer than 5 are expected in a place', () => {
    expect(chiSquareOfGroups([{ hits: 30, base: 60 }])).to.equal(null)
    // Expected dissatisfied of the second group: 40 · 7/100 = 2.8
    const groups = [
      { hits: 55, base: 60 },
      { hits: 38, base: 40 },
    ]
    expect(chiSquareOfGroups(groups)).to.equal(null)
    expect(chiSquareOfGroups([groups[0]!, groups[0]!].map((group) => ({ ...group, hits: group.base })))).to.equal(null)
  })

  it('refuses groups that cannot be', () => {
    expect(() => chiSquareOfGroups([{ hits: 1, base: 0 }])).to.throw(RangeError)
    expect(() => chiSquareOfGroups([{ hits: 3, base: 2 }])).to.throw(RangeError)
  })
})

describe('Wald test of groups', () => {
  it('gives values worked in numpy, and for two groups the squared difference over the summed variances', () => {
    const three = [
      { value: 0.8, variance: 0.0004 },
      { value: 0.7, variance: 0.0005 },
      { value: 0.74, variance: 0.0009 },
    ]
    const test = waldOfGroups(three)!
    expectClose(test.statistic, 11.326732673267346, 1e-11)
    expectClose(test.p, 0.0034708132842044457, 1e-13)
    expectClose(waldOfGroups(three.slice(0, 2))!.statistic, 0.01 / 0.0009, 1e-10)
  })

  it('does not depend on the order of the groups and is 0 for equal values', () => {
    const group = fc.record({
      value: fc.double({ min: 0, max: 1, noNaN: true }),
      variance: fc.double({ min: 1e-4, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(group, { minLength: 2, maxLength: 8 }), (groups) => {
        const there = waldOfGroups(groups)!.statistic
        expect(waldOfGroups(groups.toReversed())!.statistic).to.be.closeTo(there, 1e-9 * (1 + there))
        expect(waldOfGroups(groups.map((one) => ({ ...one, value: 0.5 })))!.statistic).to.be.closeTo(0, 1e-12)
      }),
    )
  })

  it('is not made where a spread is unknown, and refuses variances that cannot be', () => {
    const group = { value: 1, variance: 0 }
    expect(waldOfGroups([group, { value: 0.5, variance: 0.1 }])).to.equal(null)
    expect(waldOfGroups([{ value: 0.5, variance: 0.1 }])).to.equal(null)
    expect(() => waldOfGroups([{ value: 1, variance: -1 }])).to.throw(RangeError)
    expect(() => waldOfGroups([{ value: 1, variance: Infinity }])).to.throw(RangeError)
  })
})
