import type { Estimate } from '../disclosure/estimate.js'
import { type CorrelationInterval, correlationInterval } from '../statistics/instruments/correlation-interval.js'
import { MIN_IMPORTANCE_PAIRS } from '../statistics/instruments/importance.js'
import {
  type ImportancePerformance,
  type PlacedItem,
  placeItems,
} from '../statistics/instruments/importance-performance.js'
import { shapleyOfCorrelations } from '../statistics/instruments/shapley-shares.js'
import type { AnalysisPlan, PlannedCriterion, PlannedFactor } from './analysis-plan.js'
import type { AnalysisSums } from './analysis-sums.js'
import { factorCorrelations } from './factor-scores.js'
import { correlationsOfJoint } from './joint-counts.js'
import type { OwnBlock } from './own-block.js'
import type { ShareFigures } from './share-figures.js'
import type { WishRow } from './wish-table.js'

/** Importance and performance of one criterion. */
export interface ImportanceFigures extends PlacedItem {
  /** Respondents with both ratings. */
  readonly pairs: number
  readonly pearson: number
  /** Of `pearson`, 95 %. */
  readonly interval: CorrelationInterval
  readonly spearman: number
  /** Of the respondents asked, those who want it improved; `null` where the question does not name it. */
  readonly stated: Estimate<ShareFigures> | null
  /** 1 for the largest gap. */
  readonly gapRank: number
  /**
   * Whether the interval of the correlation or of the percent holds the cut, so that chance may have chosen the field. Cautious:
   * the cuts are taken as fixed, and criteria of the same respondents differ by less than their intervals suggest.
   */
  readonly isNearCut: boolean
}

/** One criterion; without figures where fewer than 50 gave both ratings, one does not vary, or its percent is hidden. */
export interface ImportanceRow {
  readonly criterion: PlannedCriterion
  readonly figures: ImportanceFigures | null
}

/** A factor's part in what all factors explain of the overall rating. */
export interface FactorShareRow {
  readonly factor: PlannedFactor
  /** `null` where fewer than half of those with an overall rating rated the factor, or the factor's score does not vary. */
  readonly share: { readonly r: number; readonly lmg: number; readonly percent: number | null } | null
}

/** Table T10. */
export interface ImportanceTable {
  readonly rows: readonly ImportanceRow[]
  readonly cuts: Pick<ImportancePerformance, 'importanceCut' | 'performanceCutPercent'> | null
  readonly factors: {
    readonly rows: readonly FactorShareRow[]
    readonly rSquared: number
    /** Respondents who rated all the factors compared and the overall item. */
    readonly base: number
    /** Smallest and largest correlation of two factors: how much of each is in the others. */
    readonly between: { readonly low: number; readonly high: number } | null
  } | null
}

/**
 * What matters and how well it is done: derived importance (Pearson with the overall item, Spearman beside), stated importance,
 * quadrants with cuts at the means of the criteria shown, gaps, and Shapley shares of the factors.
 *
 * Criteria are shown with the percents that the index report shows for the same selection, less those it hides. Unweighted.
 *
 * @returns `null` where the questionnaire has no overall item
 * @see methodology 4.6, 10.6 (G1, G2)
 */
export function importanceTable(
  plan: AnalysisPlan,
  sums: AnalysisSums,
  block: OwnBlock,
  wishes: readonly WishRow[] | null,
): ImportanceTable | null {
  if (plan.overall === null) return null
  const correlated = plan.criteria.map((criterion) => ({ criterion, ...correlationOf(criterion, sums, block) }))
  const shown = correlated.flatMap(({ criterion, measured }) => (measured === null ? [] : [{ criterion, measured }]))
  const placed = placeItems(
    shown.map(({ criterion, measured }) => ({
      id: criterion.item.code,
      importance: measured.pearson,
      performancePercent: measured.performancePercent,
    })),
  )
  const placeOf = new Map((placed?.items ?? []).map((item) => [item.id, item]))
  const rows = correlated.map(({ criterion, measured }): ImportanceRow => {
    const place = placeOf.get(criterion.item.code)
    if (measured === null || place === undefined || placed === null) return { criterion, figures: null }
    const gapRank = 1 + placed.gapOrder.indexOf(place.id)
    const { performance, ...figures } = measured
    const isNearCut =
      isWithin(placed.importanceCut, figures.interval.low, figures.interval.high) ||
      isWithin(placed.performanceCutPercent, performance.lowPercent, performance.highPercent)
    return { criterion, figures: { ...figures, ...place, stated: statedOf(criterion, wishes), gapRank, isNearCut } }
  })
  return { rows, cuts: placed, factors: factorShares(plan, sums) }
}

function correlationOf({ item }: PlannedCriterion, { joint }: AnalysisSums, block: OwnBlock) {
  const { pearson, spearman } = correlationsOfJoint(joint.get(item.code)!)
  const performance = block.published('criterion', item.code)
  const isThin = pearson.pairs < MIN_IMPORTANCE_PAIRS
  if (isThin || pearson.r === null || spearman.r === null || performance === null) return { measured: null }
  const { pairs, r } = pearson
  return {
    measured: {
      ...{ pairs, pearson: r, interval: correlationInterval(r, pairs), spearman: spearman.r },
      performancePercent: performance.topTwoBoxPercent,
      performance: performance.interval,
    },
  }
}

const isWithin = (value: number, low: number, high: number) => low <= value && value <= high

const statedOf = ({ item }: PlannedCriterion, wishes: readonly WishRow[] | null) =>
  wishes?.find(({ option }) => option.about === item.code)?.share ?? null

function factorShares(plan: AnalysisPlan, { factorPatterns }: AnalysisSums): ImportanceTable['factors'] {
  const correlations = factorCorrelations(factorPatterns, plan.factors.length)
  if (correlations === null || correlations.base < MIN_IMPORTANCE_PAIRS) return null
  const { factors, base, between, withOutcome } = correlations
  // A score that does not vary correlates with nothing and explains nothing.
  const full = between.map((row, i) => row.map((r, j) => r ?? (i === j ? 1 : 0)))
  const { rSquared, shares } = shapleyOfCorrelations(
    full,
    withOutcome.map((r) => r ?? 0),
  )
  const pairs = between.flatMap((row, i) => row.slice(i + 1).filter((r) => r !== null))
  const rows = plan.factors.map((factor, position): FactorShareRow => {
    const i = factors.indexOf(position)
    const r = withOutcome[i] ?? null
    return { factor, share: r === null ? null : { r, ...shares[i]! } }
  })
  const range = pairs.length === 0 ? null : { low: Math.min(...pairs), high: Math.max(...pairs) }
  return { rows, rSquared, base, between: range }
}
