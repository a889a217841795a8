import { expect } from 'chai'
import fc from 'fast-check'
import { compareAllPairs, rankSets } from '../../../../../server/domain/statistics/comparison/rank-sets.js'
import { rankThirds } from '../../../../../server/domain/statistics/comparison/rank-thirds.js'
import { expectClose } from '../../../../support/close.js'
import { goldenFile } from '../../../../support/golden-file.js'

const { K1_rank_sets: k1 } = goldenFile<{
  K1_rank_sets: {
    units: [string, number, number][]
    pair_z_p: [string, string, number, number][]
    significant_holm: [string, string][]
    rank_set: Record<string, [number, number]>
  }
}>('statistics-acceptance.json')
const units = k1.units.map(([id, value, standardError]) => ({ id, value, standardError }))

describe('rank sets', () => {
  it('give acceptance value K1: pairs, significance after Holm, sets', () => {
    const pairs = compareAllPairs(units)
    pairs.forEach((pair, i) => {
      const [first, second, z, p] = k1.pair_z_p[i]!
      expect([pair.first, pair.second]).to.deep.equal([first, second])
      expectClose(pair.z, z, 1e-11)
      expectClose(pair.p, p, 1e-10)
    })
    const significant = pairs.filter(({ adjustedP }) => adjustedP < 0.05).map(({ first, second }) => [first, second])
    expect(significant).to.have.deep.members(k1.significant_holm)
    for (const { id, bestRank, worstRank } of rankSets(units)) {
      expect([bestRank, worstRank], id).to.deep.equal(k1.rank_set[id])
    }
  })

  it('are the ranks themselves without errors, with ties sharing', () => {
    const exact = ['a', 'b', 'c'].map((id, i) => ({ id, value: [3, 1, 3][i]!, standardError: 0 }))
    expect(rankSets(exact)).to.deep.equal([
      { id: 'a', rank: 1, bestRank: 1, worstRank: 2 },
      { id: 'b', rank: 3, bestRank: 3, worstRank: 3 },
      { id: 'c', rank: 1, bestRank: 1, worstRank: 2 },
    ])
  })

  it('always hold the point rank, and do not depend on the order of the units', () => {
    const unit = fc.record({
      value: fc.double({ min: 0, max: 1, noNaN: true }),
      standardError: fc.double({ min: 0.001, max: 0.2, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 12 }), (values) => {
        const named = values.map((value, i) => ({ id: String(i), ...value }))
        const sets = rankSets(named)
        for (const { rank, bestRank, worstRank } of sets) expect(rank).to.be.within(bestRank, worstRank)
        expect(rankSets([...named].reverse()).reverse()).to.deep.equal(sets)
      }),
    )
  })

  it('refuse ids that occur twice and values that are no numbers', () => {
    expect(() => rankSets([units[0]!, units[0]!])).to.throw(RangeError)
    expect(() => rankSets([{ id: 'a', value: Number.NaN, standardError: 1 }])).to.throw(RangeError)
    expect(() => rankSets([{ id: 'a', value: 1, standardError: -1 }])).to.throw(RangeError)
  })
})

describe('thirds of a league', () => {
  it('hold a unit only when its whole rank set lies inside', () => {
    const set = (bestRank: number, worstRank: number) => ({ id: '', rank: bestRank, bestRank, worstRank })
    const sets = [set(1, 2), set(1, 3), set(3, 4), set(4, 6), set(5, 6), set(6, 6)]
    expect(rankThirds(sets)).to.deep.equal(['upper', 'open', 'middle', 'open', 'lower', 'lower'])
  })
})
