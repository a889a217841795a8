import { protectTable } from '../../../server/domain/disclosure/protect-table.js'
import { meanOfChildren, populationMean, sipasPercent } from '../../../server/domain/index/aggregate.js'
import {
  type CriterionFigures,
  figuresOfCriterion,
  itemResponsePercent,
} from '../../../server/domain/index/criterion.js'
import { type ScaleCounts, scoreOf } from '../../../server/domain/index/scoring.js'
import type { Standardisation } from '../../../server/domain/method/method.js'
import { standardiseBlock } from '../../../server/domain/method/standardise-block.js'
import { rankSets } from '../../../server/domain/statistics/comparison/rank-sets.js'
import { effectiveBase } from '../../../server/domain/statistics/effective-base.js'
import { withTotals } from '../linear-attack.js'
import { acceptanceCase } from './check-case.js'

type Coded = number | 'NA' | null

const scoreAt = (answer: Coded) => (typeof answer === 'number' ? scoreOf(answer, { isReversed: false }) : null)

/** Figures of answers with weights. */
function figuresOf(pairs: readonly (readonly [number, Coded])[]): CriterionFigures {
  const counts: [number, number, number, number, number] = [0, 0, 0, 0, 0]
  for (const [weight, answer] of pairs) {
    const score = scoreAt(answer)
    if (score !== null) counts[score - 1]! += weight
  }
  return figuresOfCriterion(counts)!
}

const unweighted = (answers: readonly Coded[]) => figuresOf(answers.map((answer) => [1, answer]))
const hitsOf = ({ topTwoBoxPercent, validCount }: CriterionFigures) => Math.round((topTwoBoxPercent * validCount) / 100)
const shareFigures = (hits: number, valid: number) =>
  figuresOfCriterion([valid - hits, 0, 0, hits, 0])!.topTwoBoxPercent

const a1 = acceptanceCase<{ answers: readonly Coded[] }>(['answers'], ({ answers }) => {
  const figures = unweighted(answers)
  return {
    n_received: answers.length,
    n_valid: figures.validCount,
    n_na: answers.filter((answer) => answer === 'NA').length,
    n_blank: answers.filter((answer) => answer === null).length,
    sat: hitsOf(figures),
    index_pct: figures.topTwoBoxPercent,
    dissat_pct: figures.dissatisfiedPercent,
    neutral_pct: figures.neutralPercent,
    mean: figures.mean,
    score100_gds: figures.points,
    hids_minus2_plus2: figures.hids,
    net_minus1_plus1: figures.net,
    item_response_rate: itemResponsePercent(figures.validCount, answers.length),
  }
})

// Criteria 1 to 3 are factor 1, criteria 4 and 5 factor 2.
const b1 = acceptanceCase<{ matrix: Readonly<Record<string, readonly Coded[]>> }>(['matrix'], ({ matrix }) => {
  const rows = Object.values(matrix).map((row) => [...row])
  const column = (j: number) => rows.map((row) => row[j]!)
  const figures = [0, 1, 2, 3, 4].map((j) => unweighted(column(j)))
  const percents = figures.map(({ topTwoBoxPercent }) => topTwoBoxPercent)
  const pooled = (from: number, to: number) => unweighted(rows.flatMap((row) => row.slice(from, to))).topTwoBoxPercent
  const [f1, f2] = [meanOfChildren(percents.slice(0, 3)), meanOfChildren(percents.slice(3))]
  return {
    criteria_sat_valid: figures.map((one) => [hitsOf(one), one.validCount]),
    criteria_pct: percents,
    F1_mean: f1,
    F2_mean: f2,
    F1_pooled: pooled(0, 3),
    F2_pooled: pooled(3, 5),
    overall_mean_of_factors: meanOfChildren([f1, f2]),
    overall_mean_of_criteria: meanOfChildren(percents),
    overall_pooled: pooled(0, 5),
  }
})

/** Worst 1 to best 10 within a block of units. */
const SCORES: Standardisation = { kind: 'min_max_within_block', low: 1, high: 10, noVariation: 5.5, minBase: 30 }

const i1 = acceptanceCase<Record<'pos' | 'neg' | 'sub2' | 'weights', readonly number[]> & { units: readonly string[] }>(
  ['units', 'pos', 'neg', 'sub2', 'weights'],
  ({ units, pos, neg, sub2, weights }) => {
    const scores = (values: readonly number[], isReversed: boolean) => [
      ...standardiseBlock(new Map(units.map((unit, i) => [unit, values[i]!])), SCORES, isReversed).scores.values(),
    ]
    const [fwd, rev] = [scores(pos, false), scores(neg, true)]
    const sub1 = units.map((_, i) => meanOfChildren([fwd[i]!, rev[i]!])!)
    const composite100 = units.map(
      (_, i) => 10 * populationMean([sub1[i]!, sub2[i]!].map((value, part) => ({ value, size: weights[part]! }))),
    )
    const ranked = rankSets(units.map((id, i) => ({ id, value: composite100[i]!, standardError: 1 })))
    return { fwd, rev, sub1, composite100, rank: ranked.map(({ rank }) => rank) }
  },
)

const j1 = acceptanceCase<{ X: readonly number[]; w: readonly number[] }>(['X', 'w'], ({ X, w }) => {
  // Scale of 1 to 10 to points of 100.
  const points = X.map((mean) => (100 * (mean - 1)) / 9)
  return {
    score: populationMean(points.map((value, i) => ({ value, size: w[i]! }))),
    equal_weights: meanOfChildren(points),
  }
})

const j2 = acceptanceCase<Readonly<Record<string, { counts_vd_d_n_s_vs: ScaleCounts }>>>(
  ['*>counts_vd_d_n_s_vs'],
  (surveys) =>
    Object.fromEntries(
      Object.entries(surveys).map(([name, { counts_vd_d_n_s_vs: counts }]) => {
        const { points, topTwoBoxPercent } = figuresOfCriterion(counts)!
        return [name, { gds: points, top2: topTwoBoxPercent, published_percent: Math.round(points) }]
      }),
    ),
)

/** Satisfaction of Việt Nam 2023 with access, procedures, civil servants, results, feedback (SIPAS 2023, methodology 1.3). */
const FACTORS_2023 = [83, 83.02, 83.12, 83.03, 82.27]

const j3 = acceptanceCase<{
  hanoi2024: { policy: number; service: number }
  vn2022: { policy: number; implied_service: number }
}>(['hanoi2024>policy', 'hanoi2024>service', 'vn2022>policy', 'vn2022>implied_service'], ({ hanoi2024, vn2022 }) => {
  const hanoi = sipasPercent({ policyPercent: hanoi2024.policy, servicePercent: hanoi2024.service })
  return {
    hanoi2024: { mean: hanoi, published: hanoi },
    vn2022: { overall: sipasPercent({ policyPercent: vn2022.policy, servicePercent: vn2022.implied_service }) },
    vn2023_factor_mean: meanOfChildren(FACTORS_2023),
  }
})

interface Shares2013 {
  readonly sat: number
  readonly neutral: number
  readonly dis: number
}

/** Counts per thousand; what the published index exceeds satisfied minus dissatisfied by is put down to "very satisfied". */
const figures2013 = ({ sat, neutral, dis }: Shares2013, very: number) =>
  figuresOfCriterion([0, 1000 * dis, 1000 * neutral, 1000 * (sat - very), 1000 * very])!

const j4 = acceptanceCase<{
  preschool: Shares2013 & { implied_very_sat_minus_very_dis: number }
  income_tax: Shares2013 & { implied: number }
  bus: Shares2013 & { implied: number }
}>(
  ['*>sat', '*>neutral', '*>dis', 'preschool>implied_very_sat_minus_very_dis', 'income_tax>implied', 'bus>implied'],
  ({ preschool, income_tax, bus }) => {
    const first = figures2013(preschool, preschool.implied_very_sat_minus_very_dis)
    const [tax, ride] = [income_tax, bus].map((shares) => figures2013(shares, shares.implied))
    return {
      preschool: { published: first.hids, net_if_minus1_plus1: first.net },
      income_tax: { published: tax!.hids, net: tax!.net },
      bus: { published: ride!.hids, net: ride!.net },
    }
  },
  { remarks: { land_cert: 'the share satisfied was not published, so the index cannot be computed' } },
)

const l1 = acceptanceCase<{ counts_nam_nu: Readonly<Record<string, readonly [number, number]>>; k: number }>(
  ['counts_nam_nu', 'k'],
  ({ counts_nam_nu: counts, k }) => {
    const [rows, columns] = [Object.keys(counts), ['nam', 'nu']]
    const { cells, sums } = withTotals(Object.values(counts), rows, columns)
    const { primary, complementary } = protectTable(cells, sums, k)
    const countAt = (key: string) => cells.find((cell) => cell.key === key)!.count
    const order = cells.map(({ key }) => key)
    const inOrder = [...complementary].sort((a, b) => order.indexOf(a) - order.indexOf(b))
    return {
      primary: primary.map((key) => key.split('|')),
      complementary: inOrder.map((key) => key.split('|')),
      row_totals: Object.fromEntries(rows.map((row) => [row, countAt(`${row}|*`)])),
      col_totals: columns.map((column) => countAt(`*|${column}`)),
    }
  },
  { remarks: { note: 'says why these cells' } },
)

const m1 = acceptanceCase<{
  units: Readonly<Record<string, readonly [number, number]>>
  pop_weighted: { pop: readonly number[] }
}>(['units', 'pop_weighted>pop'], ({ units, pop_weighted: { pop } }) => {
  const all = Object.values(units)
  const percents = all.map(([hits, valid]) => shareFigures(hits, valid))
  const sum = (part: 0 | 1) => all.reduce((total, unit) => total + unit[part], 0)
  return {
    pooled_TPThuDuc: shareFigures(sum(0), sum(1)),
    mean_of_pct: meanOfChildren(percents),
    pop_weighted: { pct: populationMean(percents.map((value, i) => ({ value, size: pop[i]! }))) },
  }
})

const n1 = acceptanceCase<{ data: readonly (readonly [number, Coded])[] }>(['data'], ({ data }) => {
  const figures = figuresOf(data)
  const weights = data.flatMap(([weight, answer]) => (scoreAt(answer) === null ? [] : [weight]))
  return {
    num: (figures.topTwoBoxPercent * figures.validCount) / 100,
    den: figures.validCount,
    index: figures.topTwoBoxPercent,
    n_valid: weights.length,
    n_eff: effectiveBase(weights),
    weighted_mean: figures.mean,
  }
})

export const INDEX_CASES = {
  A1_criterion: a1,
  B1_aggregation: b1,
  I1_ddci: i1,
  J1_acsi: j1,
  J2_gds_published: j2,
  J3_sipas_published: j3,
  J4_hids2013: j4,
  L1_suppression: l1,
  M1_crosswalk: m1,
  N1_weighted_index: n1,
}
