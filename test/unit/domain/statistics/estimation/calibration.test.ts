import { expect } from 'chai'
import fc from 'fast-check'
import { effectiveBase } from '../../../../../server/domain/statistics/effective-base.js'
import { estimateMean } from '../../../../../server/domain/statistics/estimation/design-estimate.js'
import { type Margin, worstGap } from '../../../../../server/domain/statistics/estimation/margin.js'
import { postStratify } from '../../../../../server/domain/statistics/estimation/post-stratify.js'
import { rake } from '../../../../../server/domain/statistics/estimation/rake.js'
import {
  DEFAULT_TRIM,
  type Raking,
  rakeWeights,
} from '../../../../../server/domain/statistics/estimation/rake-weights.js'
import { createSampleDesign } from '../../../../../server/domain/statistics/estimation/sample-design.js'
import { shareInterval } from '../../../../../server/domain/statistics/estimation/share-interval.js'
import { expectClose } from '../../../../support/close.js'
import { goldenFile } from '../../../../support/golden-file.js'
import { clusteredDesign, reference, schoolMargin } from '../../../../support/survey-reference.js'

const ok = reference.clustered.rows.map((row) => row.ok)
const api00 = reference.clustered.rows.map((row) => row.api00)
const stype = schoolMargin('stype', reference.raked.margins.stype)
const schWide = schoolMargin('sch.wide', reference.raked.margins.sch_wide)

/** The raked outcome; fails when there is another. */
function raked<T extends { readonly kind: string }>(outcome: T): Extract<T, { kind: 'raked' }> {
  expect(outcome.kind).to.equal('raked')
  return outcome as Extract<T, { kind: 'raked' }>
}

describe('post-stratification', () => {
  it('agrees with R survey::postStratify', () => {
    const outcome = postStratify(clusteredDesign(), schoolMargin('stype', reference.post_stratified.margin))
    if (outcome.kind !== 'post_stratified') throw new Error(outcome.kind)
    for (const [values, expected] of [
      [ok, reference.post_stratified.mean_ok],
      [api00, reference.post_stratified.mean_api00],
    ] as const) {
      const estimate = estimateMean(outcome.design, values)!
      expectClose(estimate.value, expected.estimate, 1e-9)
      expectClose(estimate.standardError, expected.se, 1e-9)
    }
  })

  it('gives acceptance value E1 for strata of known size', () => {
    const { E1_poststrat: e1 } = goldenFile<{
      E1_poststrat: Record<'weighted' | 'n_eff_kish' | 'se_pct', number> & {
        strata: Record<string, { N: number; n: number; sat: number }>
        weights: Record<string, number>
        wilson_neff: [number, number]
      }
    }>('statistics-acceptance.json')
    const cases = Object.entries(e1.strata).flatMap(([stratum, { n, sat }]) =>
      Array.from({ length: n }, (_, i) => ({ stratum, weight: 1, answer: i < sat ? 1 : 0 })),
    )
    const outcome = postStratify(createSampleDesign(cases), {
      name: 'area',
      groupOf: cases.map(({ stratum }) => stratum),
      totals: new Map(Object.entries(e1.strata).map(([name, { N }]) => [name, N])),
    })
    if (outcome.kind !== 'post_stratified') throw new Error(outcome.kind)
    cases.forEach(({ stratum }, i) => {
      expectClose(outcome.design.weights[i]!, e1.weights[stratum]!, 1e-12)
    })
    const estimate = estimateMean(
      outcome.design,
      cases.map(({ answer }) => answer),
    )!
    expectClose(100 * estimate.value, e1.weighted, 1e-12)
    expectClose(100 * estimate.standardError, e1.se_pct, 1e-9)
    // The example's interval stands on Kish's effective base, not on the design's.
    const kish = effectiveBase(outcome.design.weights)
    const wilson = shareInterval({ ...estimate, effectiveBase: kish }, 'wilson')!
    expectClose(kish, e1.n_eff_kish, 1e-12)
    expectClose(wilson.lowPercent, e1.wilson_neff[0], 1e-9)
    expectClose(wilson.highPercent, e1.wilson_neff[1], 1e-9)
  })

  it('names a population group that nobody in the sample stands for', () => {
    const totals = new Map([...stype.totals, ['X', 12]])
    expect(postStratify(clusteredDesign(), { ...stype, totals })).to.deep.equal({
      kind: 'empty_cells',
      cells: [{ margin: 'stype', group: 'X' }],
    })
  })

  it('refuses a design that is calibrated already', () => {
    const outcome = postStratify(clusteredDesign(), stype)
    if (outcome.kind !== 'post_stratified') throw new Error(outcome.kind)
    expect(() => postStratify(outcome.design, stype)).to.throw(RangeError)
  })
})

describe('raking', () => {
  // R's rake() stops once no cell of the cross-table changes by 1 or more: here after four cycles, where the margins are
  // still up to 2.7e-5 off. A tolerance of 1e-4 stops at the same cycle and must then agree to the last digits given.
  it('agrees with R survey::rake when it stops where R stops', () => {
    const { design, cycles } = raked(rake(clusteredDesign(), [stype, schWide], { tolerance: 1e-4 }))
    expect(cycles).to.equal(4)
    design.weights.forEach((weight, i) => {
      expectClose(weight, reference.raked.weights[i]!.weight, 1e-9, `weight ${i}`)
    })
    for (const [values, expected] of [
      [ok, reference.raked.mean_ok],
      [api00, reference.raked.mean_api00],
    ] as const) {
      const estimate = estimateMean(design, values)!
      expectClose(estimate.value, expected.estimate, 1e-9)
      expectClose(estimate.standardError, expected.se, 1e-9)
    }
  })

  it('goes on until the margins are met, and then still gives the means of R to 1e-6', () => {
    const { design } = raked(rake(clusteredDesign(), [stype, schWide]))
    expect(worstGap(design.weights, [stype, schWide])).to.be.at.most(1e-9)
    expectClose(estimateMean(design, ok)!.value, reference.raked.mean_ok.estimate, 1e-6)
    expectClose(estimateMean(design, api00)!.value, reference.raked.mean_api00.estimate, 1e-6)
    // The weights of R themselves are 3e-5 from convergence; its standard errors differ by as much.
    expectClose(estimateMean(design, ok)!.standardError, reference.raked.mean_ok.se, 1e-5)
  })

  it('gives acceptance value E2', () => {
    const { E2_raking: e2 } = goldenFile<{
      E2_raking: Record<'raked' | 'deff_kish', number> &
        Record<'counts' | 'fitted' | 'sat', [number, number][]> &
        Record<'row_targets' | 'col_targets', [number, number]>
    }>('statistics-acceptance.json')
    const [counts, fitted, sat] = [e2.counts.flat(), e2.fitted.flat(), e2.sat.flat()]
    const totals = (targets: readonly number[]) => new Map(targets.map((target, i) => [String(i), target]))
    const { weights } = raked(
      rakeWeights(counts, [
        { name: 'row', groupOf: ['0', '0', '1', '1'], totals: totals(e2.row_targets) },
        { name: 'column', groupOf: ['0', '1', '0', '1'], totals: totals(e2.col_targets) },
      ]),
    )
    weights.forEach((weight, i) => {
      expectClose(weight, fitted[i]!, 1e-8)
    })
    const satisfied = weights.reduce((sum, weight, i) => sum + (weight * sat[i]!) / counts[i]!, 0)
    expectClose(satisfied / 10, e2.raked, 1e-8)
    const caseWeights = weights.flatMap((weight, i) => Array<number>(counts[i]!).fill(weight / counts[i]!))
    expectClose(caseWeights.length / effectiveBase(caseWeights), e2.deff_kish, 1e-8)
  })

  const groups = (...names: string[]) => names
  const margin = (name: string, groupOf: string[], totals: [string, number][]): Margin => ({
    name,
    groupOf,
    totals: new Map(totals),
  })

  it('fails on a sampled group without a total and on margins of different size', () => {
    const sex = margin('sex', groups('f', 'm', 'm'), [['f', 50]])
    expect(rakeWeights([1, 1, 1], [sex]).kind).to.equal('unknown_groups')
    const both = margin('sex', groups('f', 'm', 'm'), [
      ['f', 50],
      ['m', 50],
    ])
    const age = margin('age', groups('old', 'old', 'young'), [
      ['old', 60],
      ['young', 41],
    ])
    expect(rakeWeights([1, 1, 1], [both, age])).to.deep.include({ kind: 'margins_disagree' })
  })

  it('hands every failure through for a design, and refuses one that is calibrated already', () => {
    const totals = new Map([...stype.totals, ['X', 12]])
    expect(rake(clusteredDesign(), [{ ...stype, totals }, schWide]).kind).to.equal('empty_cells')
    const { design } = raked(rake(clusteredDesign(), [stype, schWide]))
    expect(() => rake(design, [stype])).to.throw(RangeError)
  })

  it('refuses no margin, totals that are not positive, and margins of another length', () => {
    const one = (total: number) => margin('all', groups('a', 'a'), [['a', total]])
    expect(() => rakeWeights([1, 1], [])).to.throw(RangeError)
    for (const total of [0, -1, Number.NaN, Infinity])
      expect(() => rakeWeights([1, 1], [one(total)])).to.throw(RangeError)
    expect(() => rakeWeights([1, 1, 1], [one(5)])).to.throw(RangeError)
  })

  it('fails on a group whose cases all have weight 0, as a bootstrap replicate can have', () => {
    const sex = margin('sex', groups('f', 'm'), [
      ['f', 50],
      ['m', 50],
    ])
    expect(rakeWeights([1, 0], [sex])).to.deep.equal({ kind: 'empty_cells', cells: [{ margin: 'sex', group: 'm' }] })
  })

  it('fails when the margins contradict one another in the sample', () => {
    // Everybody female is old and everybody male is young, yet the population says 50 women and 60 old.
    const sex = margin('sex', groups('f', 'm'), [
      ['f', 50],
      ['m', 50],
    ])
    const age = margin('age', groups('old', 'young'), [
      ['old', 60],
      ['young', 40],
    ])
    const outcome = rakeWeights([1, 1], [sex, age])
    expect(outcome.kind).to.equal('not_converged')
  })

  /** 100 cases, 96 of `a`; the population has 20 % `b`, so a weight of 5 times the mean for the four of `b`. */
  const lopsided = margin(
    'part',
    [...Array<string>(96).fill('a'), ...Array<string>(4).fill('b')],
    [
      ['a', 80],
      ['b', 20],
    ],
  )

  it('fails when no weight inside the bounds meets the margin', () => {
    expect(rakeWeights(Array<number>(100).fill(1), [lopsided], { trim: DEFAULT_TRIM }).kind).to.equal(
      'bounds_unreachable',
    )
  })

  it('trims outlying weights and still meets the margins', () => {
    const start = Array.from({ length: 100 }, (_, i) => (i === 0 ? 30 : i === 1 ? 0.01 : 1))
    const even = margin(
      'half',
      start.map((_, i) => String(i % 2)),
      [
        ['0', 500],
        ['1', 500],
      ],
    )
    const outcome = raked(rakeWeights(start, [even], { trim: DEFAULT_TRIM }))
    expect(outcome.trimmed).to.equal(2)
    expect(worstGap(outcome.weights, [even])).to.be.at.most(1e-9)
    expect(Math.max(...outcome.weights)).to.be.at.most(30 * (1 + 1e-5))
    expect(Math.min(...outcome.weights)).to.be.at.least(3 * (1 - 1e-5))
  })

  it('leaves every total on target, whatever the start weights', () => {
    const weight = fc.double({ min: 0.1, max: 10, noNaN: true })
    fc.assert(
      fc.property(
        fc.array(weight, { minLength: 12, maxLength: 40 }),
        fc.integer({ min: 20, max: 80 }),
        (start, share) => {
          const margins = [
            margin(
              'two',
              start.map((_, i) => String(i % 2)),
              [
                ['0', share],
                ['1', 100 - share],
              ],
            ),
            margin(
              'three',
              start.map((_, i) => String(i % 3)),
              [
                ['0', 30],
                ['1', 45],
                ['2', 25],
              ],
            ),
          ]
          const outcome: Raking = rakeWeights(start, margins, { maxCycles: 1000 })
          expect(worstGap(raked(outcome).weights, margins)).to.be.at.most(1e-9)
        },
      ),
    )
  })
})
