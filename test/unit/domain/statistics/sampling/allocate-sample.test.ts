import { expect } from 'chai'
import fc from 'fast-check'
import {
  type Allocation,
  type AllocationRule,
  allocateSample,
} from '../../../../../server/domain/statistics/sampling/allocate-sample.js'
import { largestRemainder } from '../../../../../server/domain/statistics/sampling/largest-remainder.js'
import { goldenFile } from '../../../../support/golden-file.js'

const { D3_allocation: d3 } = goldenFile<{
  D3_allocation: Record<'N' | 'proportional' | 'sqrt' | 'equal' | 'proportional_min60', number[]> & { n: number }
}>('statistics-acceptance.json')
const strata = d3.N.map((size, i) => ({ name: `h${i + 1}`, size }))

/** Cases per stratum; fails when nothing was allocated. */
function casesOf(allocation: Allocation): number[] {
  if (allocation.kind !== 'allocated') throw new Error(allocation.kind)
  return allocation.cases.map(({ cases }) => cases)
}

describe('allocation of a sample', () => {
  const rules: [string, AllocationRule, number, number[]][] = [
    ['proportional', { kind: 'proportional' }, 0, d3.proportional],
    ['square-root', { kind: 'power', exponent: 0.5 }, 0, d3.sqrt],
    ['equal', { kind: 'equal' }, 0, d3.equal],
    ['proportional with a minimum of 60', { kind: 'proportional' }, 60, d3.proportional_min60],
  ]
  for (const [name, rule, minimum, expected] of rules) {
    it(`${name} gives acceptance value D3`, () => {
      expect(casesOf(allocateSample(d3.n, strata, rule, minimum))).to.deep.equal(expected)
    })
  }

  it('by Neyman follows size times deviation', () => {
    // 100 · 3 : 100 · 1 : 200 · 1 = 3 : 1 : 2 of 60.
    const spread = [
      { name: 'a', size: 100, deviation: 3 },
      { name: 'b', size: 100, deviation: 1 },
      { name: 'c', size: 200, deviation: 1 },
    ]
    expect(casesOf(allocateSample(60, spread, { kind: 'neyman' }))).to.deep.equal([30, 10, 20])
    expect(() => allocateSample(60, strata, { kind: 'neyman' })).to.throw(RangeError)
  })

  it('takes a stratum smaller than its share completely and shares the rest', () => {
    const small = [
      { name: 'tiny', size: 8 },
      { name: 'large', size: 500 },
      { name: 'larger', size: 900 },
    ]
    expect(casesOf(allocateSample(108, small, { kind: 'equal' }))).to.deep.equal([8, 50, 50])
    expect(casesOf(allocateSample(108, small, { kind: 'proportional' }, 20))).to.deep.equal([8, 36, 64])
  })

  it('says so when the minimum or the population does not allow the total', () => {
    expect(allocateSample(100, strata, { kind: 'equal' }, 60)).to.deep.equal({
      kind: 'minimum_exceeds_total',
      needed: 240,
    })
    expect(allocateSample(90_000, strata, { kind: 'equal' })).to.deep.equal({
      kind: 'total_exceeds_population',
      available: 85_000,
    })
  })

  it('adds up to the total inside every bound, whatever the strata', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(
        sizes,
        fc.integer({ min: 0, max: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (all, least, share) => {
          const population = all.reduce((sum, size) => sum + size, 0)
          const needed = all.reduce((sum, size) => sum + Math.min(size, least), 0)
          const total = Math.max(1, needed + Math.floor(share * (population - needed)))
          const units = all.map((size, i) => ({ name: String(i), size }))
          const cases = casesOf(allocateSample(total, units, { kind: 'power', exponent: 0.5 }, least))
          expect(cases.reduce((sum, n) => sum + n, 0)).to.equal(total)
          cases.forEach((n, i) => {
            expect(n).to.be.within(Math.min(all[i]!, least), all[i]!)
          })
        },
      ),
    )
  })

  it('refuses no strata and numbers that are not whole', () => {
    expect(() => allocateSample(10, [], { kind: 'equal' })).to.throw(RangeError)
    expect(() => allocateSample(10.5, strata, { kind: 'equal' })).to.throw(RangeError)
    expect(() => allocateSample(10, strata, { kind: 'equal' }, -1)).to.throw(RangeError)
    expect(() => allocateSample(10, [{ name: 'a', size: 0 }], { kind: 'equal' })).to.throw(RangeError)
  })
})

describe('largest remainders', () => {
  it('serve equal remainders in the order given', () => {
    expect(largestRemainder([0.5, 0.5, 1], 2)).to.deep.equal([1, 0, 1])
  })

  it('refuse a total that is not whole or not the sum', () => {
    expect(() => largestRemainder([0.5], 0.5)).to.throw(RangeError)
    expect(() => largestRemainder([1, 1], 3)).to.throw(RangeError)
  })
})
