import { expect } from 'chai'
import fc from 'fast-check'
import { bootstrapMethod } from '../../../../server/domain/method/bootstrap-method.js'
import { criteriaOf, type Method } from '../../../../server/domain/method/method.js'
import { replicateBlocks, scoreReplicate } from '../../../../server/domain/method/replicate-values.js'
import { layOutTree } from '../../../../server/domain/method/score-tree.js'
import { compute, countsUnit, flatten, methodOf, projectMethod, unitOf } from '../../../support/methods.js'

const method = projectMethod('ddci-hcm')
const codes = criteriaOf(method.index).map(({ code }) => code)

/** Units of both blocks whose criteria have so many of 100 answers agreeing; `null` is not asked. */
const unitsOf = (agreeing: readonly (readonly (number | null)[])[]) =>
  agreeing.map((counts, u) =>
    countsUnit(
      Object.fromEntries(
        codes.flatMap((code, c) => {
          const count = counts[c] ?? null
          return count === null ? [] : [[code, { 5: count, 2: 100 - count }]]
        }),
      ),
      `u${u}`,
      u % 2 === 0 ? 'department' : 'locality',
    ),
  )

describe('scoring a replicate', () => {
  it('gives every figure that the engine gives, and none where it gives none', () => {
    const count = fc.option(fc.integer({ min: 0, max: 100 }), { freq: 9 })
    const counts = fc.array(count, { minLength: codes.length, maxLength: codes.length })
    fc.assert(
      fc.property(fc.array(counts, { minLength: 1, maxLength: 7 }), (agreeing) => {
        const units = unitsOf(agreeing)
        const expected = compute(method, ...units)
        const blocks = replicateBlocks(method, units)
        const trees = units.map((_, u) => blocks.find((block) => block.units.includes(u))!.tree)
        const figures = trees.map((tree, u) =>
          Float64Array.from(tree.codes, (code) => agreeing[u]![codes.indexOf(code)] ?? Number.NaN),
        )
        for (const block of blocks) scoreReplicate(block, method.standardisation!, figures)
        expected.forEach(({ index }, u) => {
          for (const { code, value } of flatten(index)) {
            const figure = figures[u]![trees[u]!.codes.indexOf(code)]!
            if (value === null) expect(figure, code).to.be.NaN
            else expect(figure, code).to.be.closeTo(value, 1e-9)
          }
        })
      }),
      { numRuns: 30 },
    )
  })

  it('takes the item of a single_item composite, and no figure from nobody', () => {
    const single: Method['index'] = {
      ...methodOf('top_two_share', [['A']]).index,
      rule: 'single_item',
      single: { code: 'S', name: { vi: 'S', en: 'S' }, isReversed: false },
    }
    const own = { ...method, index: single }
    const [block] = replicateBlocks(own, [{ block: 'all' }, { block: 'all' }])
    const { codes: places } = block!.tree
    const figures = [20, 60].map((value) => Float64Array.from(places, (code) => (code === 'S' ? value : Number.NaN)))
    scoreReplicate(block!, method.standardisation!, figures)
    expect(figures.map((values) => values[places.indexOf('INDEX')])).to.deep.equal([1, 10])
    expect(figures[0]![places.indexOf('F1')]).to.be.NaN
  })

  it('refuses what pools and what is not scored between units', () => {
    const pooled = methodOf('top_two_share', [['A']], { index: 'pooled' })
    expect(() => layOutTree(pooled, 'all')).to.throw(RangeError, 'pooled')
    const data = { questionnaire: null, units: [unitOf([{ respondent: '1', answers: { A: 5 } }])] }
    expect(() => bootstrapMethod(pooled, data, { replicates: 9, seed: 'x' })).to.throw(RangeError, 'bootstrap')
  })
})

describe('ranks among units', () => {
  const raters = (unit: string, agreeing: number, n = 60) =>
    unitOf(
      Array.from({ length: n }, (_, i) => ({
        respondent: `${unit} ${i}`,
        answers: Object.fromEntries(codes.map((code) => [code, i < agreeing ? 4 : 2])),
      })),
      unit,
      'locality',
    )

  it('give the place, its range in the replicates, and none to a unit with too few raters', () => {
    const reversed = new Set(
      criteriaOf(method.index)
        .filter(({ isReversed }) => isReversed)
        .map(({ code }) => code),
    )
    expect(reversed.size).to.equal(4)
    // Agreeing with all 25 statements, four of them negative: the more agree, the better on balance.
    const units = [raters('low', 5), raters('high', 55), raters('next', 52), raters('few', 29, 29)]
    const outcome = bootstrapMethod(method, { questionnaire: null, units }, { replicates: 200, seed: '1' })
    const ranks = outcome.kind === 'computed' ? outcome.units.map(({ rank }) => rank) : []
    expect(ranks[0]).to.deep.equal({ rank: 3, best: 3, worst: 3, among: 3 })
    expect(ranks[1]).to.deep.include({ rank: 1, among: 3, best: 1 })
    // 55 and 52 of 60 are well within chance of each other.
    expect(ranks[1]?.worst).to.equal(2)
    expect(ranks[2]).to.deep.include({ rank: 2, best: 1 })
    expect(ranks[3]).to.equal(undefined)
  })
})
