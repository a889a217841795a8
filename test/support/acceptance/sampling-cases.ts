import { effectiveBase } from '../../../server/domain/statistics/effective-base.js'
import { estimateMean } from '../../../server/domain/statistics/estimation/design-estimate.js'
import { kornGraubardBase, kornGraubardInterval } from '../../../server/domain/statistics/estimation/korn-graubard.js'
import { lineariseRatio } from '../../../server/domain/statistics/estimation/linearised-ratio.js'
import { meanInterval } from '../../../server/domain/statistics/estimation/mean-interval.js'
import { postStratify } from '../../../server/domain/statistics/estimation/post-stratify.js'
import { rakeWeights } from '../../../server/domain/statistics/estimation/rake-weights.js'
import { createSampleDesign } from '../../../server/domain/statistics/estimation/sample-design.js'
import { shareInterval } from '../../../server/domain/statistics/estimation/share-interval.js'
import { type AllocationRule, allocateSample } from '../../../server/domain/statistics/sampling/allocate-sample.js'
import { baseWeight } from '../../../server/domain/statistics/sampling/base-weight.js'
import {
  cochranSize,
  inflateSize,
  marginOfSize,
  sizeForPopulation,
  slovinSize,
  wholeCases,
} from '../../../server/domain/statistics/sampling/sample-size.js'
import { drawSystematicPps } from '../../../server/domain/statistics/sampling/systematic-pps.js'
import { studentQuantile } from '../../../server/domain/statistics/special/student-t.js'
import { type PercentInterval, wilsonInterval } from '../../../server/domain/statistics/wilson.js'
import { acceptanceCase } from './check-case.js'

const pair = ({ lowPercent, highPercent }: PercentInterval) => [lowPercent, highPercent]
const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

/** The keys are the inputs here: 5/8 and its like. */
const FRACTIONS = ['5/8', '0/10', '10/10', '1/30', '81/100', '324/400', '973/1200']
const c1 = acceptanceCase([], () => ({
  cases: Object.fromEntries(
    FRACTIONS.map((fraction) => {
      const [x, n] = fraction.split('/').map(Number)
      return [fraction, pair(wilsonInterval(x! / n!, n!))]
    }),
  ),
}))

const c2 = acceptanceCase<Record<'p' | 'n' | 'deff', number>>(['p', 'n', 'deff'], ({ p, n, deff }) => ({
  n_eff: n / deff,
  ci: pair(wilsonInterval(p, n / deff)),
  naive_ci: pair(wilsonInterval(p, n)),
}))

const c3 = acceptanceCase<Record<'p' | 'n' | 'deff' | 'df', number>>(['p', 'n', 'deff', 'df'], ({ p, n, deff, df }) => {
  const input = { value: p, base: n, effectiveBase: n / deff, degreesOfFreedom: df }
  return { n_eff_df: kornGraubardBase(input), ci: pair(kornGraubardInterval(input)!) }
})

const d1 = acceptanceCase([], () => ({
  values: Object.fromEntries(
    [200, 500, 1500, 10_000, 100_000].map((population) => {
      const size = slovinSize(population, 0.05)
      return [population, [size, wholeCases(size)]]
    }),
  ),
}))

const d2 = acceptanceCase([], () => {
  const n0 = cochranSize(0.05)
  const fpc = sizeForPopulation(n0, 1500)
  const inflated = inflateSize(fpc, 1.5, 0.8)
  return {
    n0,
    n0_ceil: wholeCases(n0),
    fpc_1500: fpc,
    fpc_1500_ceil: wholeCases(fpc),
    deff15_resp80: inflated,
    deff15_resp80_ceil: wholeCases(inflated),
    e_for_n100: marginOfSize(100),
    e_for_n200: marginOfSize(200),
    e_for_n385: marginOfSize(385),
  }
})

const d3 = acceptanceCase<{ N: readonly number[]; n: number }>(['N', 'n'], ({ N, n }) => {
  const strata = N.map((size, i) => ({ name: String(i), size }))
  const allocate = (rule: AllocationRule, minimum = 0) => {
    const allocation = allocateSample(n, strata, rule, minimum)
    if (allocation.kind !== 'allocated') throw new Error(allocation.kind)
    return allocation.cases.map(({ cases }) => cases)
  }
  return {
    proportional: allocate({ kind: 'proportional' }),
    sqrt: allocate({ kind: 'power', exponent: 0.5 }),
    equal: allocate({ kind: 'equal' }),
    proportional_min60: allocate({ kind: 'proportional' }, 60),
  }
})

const d4 = acceptanceCase<{ sizes: readonly number[]; k: number; start: number }>(
  ['sizes', 'k', 'start'],
  ({ sizes, k, start }) => {
    const frame = sizes.map((size, i) => ({ id: `W${i + 1}`, size }))
    const total = sumOf(frame.map(({ size }) => size))
    const draw = drawSystematicPps(frame, k, start / (total / k))
    const index = draw.units.map(({ id }) => frame.findIndex((unit) => unit.id === id))
    return {
      total,
      interval: draw.interval,
      points: index.map((_, i) => draw.start! + i * draw.interval!),
      selected_index0: index,
      selected_names: draw.units.map(({ id }) => id),
      pi_selected: draw.units.map(({ probability }) => probability),
      base_weight_if_20_of_size: draw.units.map(({ probability }, i) =>
        baseWeight([probability, 20 / frame[index[i]!]!.size]),
      ),
    }
  },
)

const e1 = acceptanceCase<{ strata: Readonly<Record<string, Record<'N' | 'n' | 'sat', number>>> }>(
  ['strata'],
  ({ strata }) => {
    const cases = Object.entries(strata).flatMap(([stratum, { n, sat }]) =>
      Array.from({ length: n }, (_, i) => ({ stratum, weight: 1, answer: i < sat ? 1 : 0 })),
    )
    const answers = cases.map(({ answer }) => answer)
    const outcome = postStratify(createSampleDesign(cases), {
      name: 'area',
      groupOf: cases.map(({ stratum }) => stratum),
      totals: new Map(Object.entries(strata).map(([name, { N }]) => [name, N])),
    })
    if (outcome.kind !== 'post_stratified') throw new Error(outcome.kind)
    const { weights } = outcome.design
    const weightOf = (name: string) => weights[cases.findIndex(({ stratum }) => stratum === name)]!
    const mean = sumOf(weights) / weights.length
    const estimate = estimateMean(outcome.design, answers)!
    const kish = effectiveBase(weights)
    const names = Object.keys(strata)
    return {
      weights: Object.fromEntries(names.map((name) => [name, weightOf(name)])),
      mean1_weights: Object.fromEntries(names.map((name) => [name, weightOf(name) / mean])),
      unweighted: 100 * estimateMean(createSampleDesign(cases), answers)!.value,
      weighted: 100 * estimate.value,
      n_eff_kish: kish,
      deff_kish: cases.length / kish,
      se_pct: 100 * estimate.standardError,
      wilson_neff: pair(wilsonInterval(estimate.value, kish)),
    }
  },
)

type Square = readonly (readonly [number, number])[]

const e2 = acceptanceCase<Record<'counts' | 'sat', Square> & Record<'row_targets' | 'col_targets', readonly number[]>>(
  ['counts', 'sat', 'row_targets', 'col_targets'],
  ({ counts, sat, row_targets: rows, col_targets: columns }) => {
    const [cells, satisfied] = [counts.flat(), sat.flat()]
    const totals = (targets: readonly number[]) => new Map(targets.map((target, i) => [String(i), target]))
    const outcome = rakeWeights(cells, [
      { name: 'row', groupOf: ['0', '0', '1', '1'], totals: totals(rows) },
      { name: 'column', groupOf: ['0', '1', '0', '1'], totals: totals(columns) },
    ])
    if (outcome.kind !== 'raked') throw new Error(outcome.kind)
    const fitted = outcome.weights
    const weights = fitted.map((total, i) => total / cells[i]!)
    const design = createSampleDesign(
      weights.flatMap((weight, i) => Array.from({ length: cells[i]! }, () => ({ weight }))),
    )
    const answers = cells.flatMap((count, i) => Array.from({ length: count }, (_, j) => (j < satisfied[i]! ? 1 : 0)))
    const square = (values: readonly number[]) => [values.slice(0, 2), values.slice(2)]
    return {
      fitted: square(fitted),
      weights: square(weights),
      unweighted: (100 * sumOf(satisfied)) / sumOf(cells),
      raked: 100 * estimateMean(design, answers)!.value,
      deff_kish: answers.length / effectiveBase(design.weights),
    }
  },
  // The example stops at 1e-8, this code at 1e-9 of the margins.
  {
    tolerance: 1e-8,
    remarks: { iterations: 'cycles until no cell moved; this code stops by the margins, one cycle earlier' },
  },
)

const e3 = acceptanceCase<{ data: readonly (readonly [string, string, number, readonly number[]])[] }>(
  ['data'],
  ({ data }) => {
    const cases = data.flatMap(([stratum, cluster, weight, answers]) =>
      answers.map((answer) => ({ stratum, cluster, weight, answer })),
    )
    const design = createSampleDesign(cases)
    const answers = cases.map(({ answer }) => answer)
    const estimate = estimateMean(design, answers)!
    const { value, standardError, designEffect, degreesOfFreedom: df } = estimate
    const { scores } = lineariseRatio(
      design,
      answers,
      answers.map(() => 1),
    )
    const ofCluster = (stratum: string, cluster: string) =>
      sumOf(scores.filter((_, i) => cases[i]!.stratum === stratum && cases[i]!.cluster === cluster))
    const clusters = (wanted: string) => data.flatMap(([h, c]) => (h === wanted ? [ofCluster(h, c)] : []))
    const wald = meanInterval(100 * value, 100 * standardError, df)!
    return {
      p: 100 * value,
      se: 100 * standardError,
      var: standardError ** 2,
      srs_var: standardError ** 2 / designEffect!,
      deff: designEffect,
      n: estimate.base,
      n_eff: estimate.effectiveBase,
      df,
      t: studentQuantile(0.975, df),
      wald_t_ci: [wald.low, wald.high],
      wilson_neff: pair(shareInterval(estimate, 'wilson')!),
      lin_psu: { h1: clusters('h1'), h2: clusters('h2') },
    }
  },
)

export const SAMPLING_CASES = {
  C1_wilson: c1,
  C2_wilson_deff: c2,
  C3_korn_graubard: c3,
  D1_slovin: d1,
  D2_cochran: d2,
  D3_allocation: d3,
  D4_pps_systematic: d4,
  E1_poststrat: e1,
  E2_raking: e2,
  E3_taylor: e3,
}
