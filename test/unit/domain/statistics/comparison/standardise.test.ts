import { expect } from 'chai'
import fc from 'fast-check'
import { averageMix, splitGap } from '../../../../../server/domain/statistics/comparison/split-gap.js'
import { standardise } from '../../../../../server/domain/statistics/comparison/standardise.js'
import { expectClose } from '../../../../support/close.js'

const unit = (easy: [number, number], hard: [number, number]) => [
  { service: 'notarise', mixShare: easy[0], value: easy[1], standardError: 2 },
  { service: 'land', mixShare: hard[0], value: hard[1], standardError: 3 },
]
const half = new Map([
  ['notarise', 0.5],
  ['land', 0.5],
])
/** Better raw, since nine in ten cases are easy; worse at both services. */
const easyUnit = unit([0.9, 88], [0.1, 58])
const hardUnit = unit([0.2, 90], [0.8, 60])

describe('standardised result', () => {
  it('weighs each service by the common mix', () => {
    // Raw 0.9·88 + 0.1·58 = 85; standardised (88 + 58)/2 = 73; SE √(1² + 1.5²).
    const result = standardise(easyUnit, half)
    if (result.kind !== 'standardised') throw new Error(result.kind)
    expectClose(result.raw, 85, 1e-12)
    expectClose(result.value, 73, 1e-12)
    expectClose(result.standardError, Math.sqrt(3.25), 1e-12)
  })

  it("is the raw result with the unit's own mix", () => {
    const own = standardise(easyUnit, new Map(easyUnit.map(({ service, mixShare }) => [service, mixShare])))
    if (own.kind !== 'standardised') throw new Error(own.kind)
    expectClose(own.value, own.raw, 1e-12)
  })

  it('is absent, with the part covered, when a service of the mix has no result', () => {
    const [notarise] = easyUnit
    expect(standardise([{ ...notarise!, mixShare: 1 }], half)).to.deep.equal({
      kind: 'services_missing',
      services: ['land'],
      coveredShare: 0.5,
    })
  })

  it('refuses mixes that do not add up and services that occur twice', () => {
    expect(() => standardise(unit([0.9, 1], [0.2, 1]), half)).to.throw(RangeError)
    expect(() => standardise(unit([1.2, 1], [-0.2, 1]), half)).to.throw(RangeError)
    expect(() => standardise(easyUnit, new Map([['land', 0.4]]))).to.throw(RangeError)
    const twice = easyUnit.map((result) => ({ ...result, service: 'land' }))
    expect(() => standardise(twice, new Map([['land', 1]]))).to.throw(RangeError)
  })
})

describe('split of a gap', () => {
  it('shows that a unit is ahead by its mix alone', () => {
    // Raw 85 − 66 = 19; standardised 73 − 75 = −2; so the mix makes 21.
    const split = splitGap(easyUnit, hardUnit, half)
    if (split.kind !== 'split') throw new Error(split.kind)
    expectClose(split.raw, 19, 1e-12)
    expectClose(split.performance, -2, 1e-12)
    expectClose(split.mix, 21, 1e-12)
    expectClose(split.performanceStandardError, Math.sqrt(6.5), 1e-12)
  })

  it("is Kitagawa's with the average mix", () => {
    // Performance: mean shares 0.55 and 0.45 times −2 and −2; mix: 0.7·89 − 0.7·59 = 21.
    const split = splitGap(easyUnit, hardUnit, averageMix(easyUnit, hardUnit))
    if (split.kind !== 'split') throw new Error(split.kind)
    expectClose(split.performance, -2, 1e-12)
    expectClose(split.mix, (0.7 * (88 + 90)) / 2 - (0.7 * (58 + 60)) / 2, 1e-12)
  })

  it('adds up exactly, and turns its signs when the units are exchanged', () => {
    const percent = fc.double({ min: 0, max: 100, noNaN: true })
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(share, share, share, percent, percent, percent, percent, (s1, s2, common, a, b, c, d) => {
        const first = unit([s1, a], [1 - s1, b])
        const second = unit([s2, c], [1 - s2, d])
        const mix = new Map([
          ['notarise', common],
          ['land', 1 - common],
        ])
        const [forth, back] = [splitGap(first, second, mix), splitGap(second, first, mix)]
        if (forth.kind !== 'split' || back.kind !== 'split') throw new Error('no split')
        expect(forth.mix + forth.performance).to.be.closeTo(forth.raw, 1e-9)
        expect(forth.performance).to.be.closeTo(-back.performance, 1e-9)
      }),
    )
  })

  it('is absent when either unit lacks a service', () => {
    const one = [{ ...easyUnit[0]!, mixShare: 1 }]
    expect(splitGap(one, hardUnit, half).kind).to.equal('services_missing')
    expect(splitGap(hardUnit, one, half).kind).to.equal('services_missing')
  })
})
