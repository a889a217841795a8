import { type CriterionFigures, figuresOfCriterion } from '../../../server/domain/index/criterion.js'
import type { ScaleCounts } from '../../../server/domain/index/scoring.js'
import { compareShares } from '../../../server/domain/statistics/comparison/compare-shares.js'
import { benjaminiHochberg, holm } from '../../../server/domain/statistics/comparison/multiple-tests.js'
import { compareAllPairs, rankSets } from '../../../server/domain/statistics/comparison/rank-sets.js'
import { weightedTrend } from '../../../server/domain/statistics/comparison/weighted-trend.js'
import { pearson } from '../../../server/domain/statistics/instruments/correlation.js'
import { cronbachAlpha } from '../../../server/domain/statistics/instruments/cronbach-alpha.js'
import { deriveImportance } from '../../../server/domain/statistics/instruments/importance.js'
import { placeItems, type Quadrant } from '../../../server/domain/statistics/instruments/importance-performance.js'
import { omegaFromLoadings } from '../../../server/domain/statistics/instruments/omega.js'
import { shapleyShares } from '../../../server/domain/statistics/instruments/shapley-shares.js'
import { acceptanceCase } from './check-case.js'

type Rows = readonly (readonly number[])[]

const columnsOf = (rows: Rows) => rows[0]!.map((_, j) => rows.map((row) => row[j]!))
const named = <T>(names: readonly string[], values: readonly T[]) =>
  Object.fromEntries(names.map((name, i) => [name, values[i]!]))

const f1 = acceptanceCase<{ X: Rows }>(['X'], ({ X }) => {
  const columns = columnsOf(X)
  const scale = cronbachAlpha(X.map((row) => [...row]))!
  const pairs = columns.flatMap((a, i) => columns.slice(i + 1).map((b) => pearson(a, b).r!))
  return {
    item_var: scale.items.map(({ variance }) => variance),
    total_var: scale.totalVariance,
    alpha: scale.alpha,
    alpha_std: scale.standardisedAlpha,
    rbar: pairs.reduce((sum, r) => sum + r, 0) / pairs.length,
    alpha_if_deleted: scale.items.map(({ alphaIfDeleted }) => alphaIfDeleted),
    corrected_item_total: scale.items.map(({ correctedItemTotal }) => correctedItemTotal),
  }
})

const f2 = acceptanceCase<{ loadings: readonly number[] }>(
  ['loadings'],
  ({ loadings }) => ({ omega: omegaFromLoadings(loadings) }),
  { remarks: { note: 'says what the loadings are' } },
)

const QUADRANTS: Readonly<Record<Quadrant, string>> = {
  concentrate: 'Q1_concentrate',
  keep_up: 'Q2_keep_up',
  low_priority: 'Q3_low_priority',
  possible_overkill: 'Q4_possible_overkill',
}

function figuresOfColumn(values: readonly number[]): CriterionFigures {
  const at = (score: number) => values.filter((value) => value === score).length
  const counts: ScaleCounts = [at(1), at(2), at(3), at(4), at(5)]
  return figuresOfCriterion(counts)!
}

const g1 = acceptanceCase<{ names: readonly string[]; X: Rows; y: readonly number[] }>(
  ['names', 'X', 'y'],
  ({ names, X, y }) => {
    const items = columnsOf(X)
    const r = (method: 'pearson' | 'spearman') => deriveImportance(items, y, method).map((one) => one.r!)
    const importance = r('pearson')
    const figures = items.map(figuresOfColumn)
    const performance = figures.map(({ topTwoBoxPercent }) => topTwoBoxPercent)
    const chart = placeItems(
      names.map((id, j) => ({ id, importance: importance[j]!, performancePercent: performance[j]! })),
    )!
    return {
      importance_r: importance,
      importance_rho: r('spearman'),
      performance_pct: performance,
      performance_mean: figures.map(({ mean }) => mean),
      cut_importance: chart.importanceCut,
      cut_performance: chart.performanceCutPercent,
      quadrant: named(
        names,
        chart.items.map(({ quadrant }) => QUADRANTS[quadrant]),
      ),
      priority_gap: named(
        names,
        chart.items.map(({ gap }) => gap),
      ),
    }
  },
)

/** The rows of G1 are those of G2 as well; its predictors are the second, third and fourth item there. */
const ratings = (g1Rows: { X: Rows; y: readonly number[] }, predictors: readonly string[]) => {
  const order = ['TiepCan', 'ThuTuc', 'CongChuc', 'KetQua', 'GopY']
  const columns = columnsOf(g1Rows.X)
  return predictors.map((name) => columns[order.indexOf(name)]!)
}

/** @param g1Rows answers of case G1 */
const g2 = (g1Rows: { X: Rows; y: readonly number[] }) =>
  acceptanceCase<{ predictors: readonly string[] }>(['predictors'], ({ predictors }) => {
    const all = shapleyShares(ratings(g1Rows, predictors), g1Rows.y)!
    const subsets = [1, 2, 4, 3, 5, 6, 7].map((bits) => predictors.filter((_, i) => bits & (1 << i)))
    const lmg = all.shares.map((share) => share.lmg)
    return {
      r2_subsets: Object.fromEntries(
        subsets.map((some) => [some.join('+'), shapleyShares(ratings(g1Rows, some), g1Rows.y)!.rSquared]),
      ),
      lmg: named(predictors, lmg),
      share_pct: named(
        predictors,
        all.shares.map(({ percent }) => percent),
      ),
      r2_full: all.rSquared,
      sum_check: lmg.reduce((sum, share) => sum + share, 0),
    }
  })

const h1 = acceptanceCase<Record<'x1' | 'n1' | 'x2' | 'n2', number>>(['x1', 'n1', 'x2', 'n2'], ({ x1, n1, x2, n2 }) => {
  const change = (deff: number) =>
    compareShares({ share: x1 / n1, effectiveBase: n1 / deff }, { share: x2 / n2, effectiveBase: n2 / deff })
  const [plain, designed] = [change(1), change(1.6)]
  return {
    diff_pp: plain.points,
    z_pooled: plain.z,
    p: plain.p,
    newcombe_ci: [plain.lowPoints, plain.highPoints],
    z_deff16: designed.z,
    p_deff16: designed.p,
  }
})

const h2 = acceptanceCase<{ p: readonly number[] }>(['p'], ({ p }) => ({ holm: holm(p), bh: benjaminiHochberg(p) }))

const h3 = acceptanceCase<Record<'years' | 'pct' | 'se', readonly number[]>>(['years', 'pct', 'se'], (series) => {
  const trend = weightedTrend(
    series.years.map((at, i) => ({ at, value: series.pct[i]!, standardError: series.se[i]! })),
  )!
  return { slope_pp_per_year: trend.slope, se_slope: trend.standardError, z: trend.z, p: trend.p }
})

const k1 = acceptanceCase<{ units: readonly (readonly [string, number, number])[] }>(['units'], ({ units }) => {
  const ranked = units.map(([id, value, standardError]) => ({ id, value, standardError }))
  const pairs = compareAllPairs(ranked)
  const significant = pairs.filter(({ adjustedP }) => adjustedP < 0.05)
  const sets = rankSets(ranked)
  return {
    pair_z_p: pairs.map(({ first, second, z, p }) => [first, second, z, p]),
    // The better unit first; the file has them in the order of the alphabet.
    significant_holm: significant.map(({ first, second, z }) => (z > 0 ? [first, second] : [second, first])).sort(),
    rank_set: Object.fromEntries(sets.map(({ id, bestRank, worstRank }) => [id, [bestRank, worstRank]])),
  }
})

/** @param golden the cases; those of G2 stand on the rows of G1 */
export const comparisonCases = (golden: { readonly G1_ipa: { X: Rows; y: readonly number[] } }) => ({
  F1_cronbach: f1,
  F2_omega: f2,
  G1_ipa: g1,
  G2_shapley_lmg: g2(golden.G1_ipa),
  H1_two_wave: h1,
  H2_multiplicity: h2,
  H3_trend_wls: h3,
  K1_rank_sets: k1,
})
