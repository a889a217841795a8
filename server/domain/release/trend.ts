import type { AnalysisRow } from '../analysis/analysis-rows.js'
import { AGGREGATION_RULES, type AggregationRule } from '../index/aggregate.js'
import type { IndexReport } from '../report/index-report.js'
import type { SeriesBreak } from '../series/series-breaks.js'
import { compareShares } from '../statistics/comparison/compare-shares.js'
import { holm } from '../statistics/comparison/multiple-tests.js'
import type { IsoDay, Localized } from '../survey/vocabulary.js'
import type { Wave } from '../survey/wave.js'

/** The city's index of a wave, as published. */
export interface TrendFigures {
  /** Respondents. */
  readonly base: number
  readonly percent: number
  readonly lowPercent: number
  readonly highPercent: number
  readonly effectiveBase: number
}

/** An earlier wave of the same respondents and mode, by its release as it stood when this one was drafted; `earlier.json`. */
export interface EarlierWave {
  readonly wave: string
  readonly title: Localized
  readonly release: string
  readonly manifestSha256: string
  readonly opensOn: IsoDay
  readonly closesOn: IsoDay
  /** Why the wave after it is no repetition of it; empty when the two may be compared. */
  readonly breaks: readonly SeriesBreak['kind'][]
  /** Under each rule under which the index was published with all its digits. */
  readonly figures: Partial<Readonly<Record<AggregationRule, TrendFigures>>>
}

/** Columns of table T9, in order. */
export const TREND_COLUMNS = [
  ...['rule', 'wave', 'label_vi', 'label_en', 'release', 'manifest_sha256', 'opens_on', 'closes_on', 'status'],
  ...['base', 'percent', 'low_percent', 'high_percent', 'effective_base'],
  ...['breaks', 'points', 'low_points', 'high_points', 'p', 'p_holm'],
] as const

export type TrendRow = { readonly table: 'trend' } & AnalysisRow

/**
 * The city's index over the waves under each rule (table T9): the earlier ones as they were published, then this one.
 *
 * Each is compared with the one before it, where that is the same measurement: pooled z and Newcombe's interval on
 * effective bases, Holm's correction over the comparisons of a rule.
 *
 * @param earlier the oldest first; without any there is this wave alone
 * @see methodology 1.9 (T9: same mode and same item version), 4.9, 10.7 (H1, H2)
 */
export function trendRows(
  earlier: readonly EarlierWave[],
  wave: Wave,
  reports: readonly IndexReport[],
): readonly TrendRow[] {
  return AGGREGATION_RULES.flatMap((rule) => {
    const report = reports.find((one) => one.rule === rule && one.breakdown === 'unit')
    const own = { ...placeOf(wave), figures: report === undefined ? null : cityFigures(report) }
    const before = earlier.map((one) => ({ ...one, figures: one.figures[rule] ?? null }))
    return rowsOf(rule, [...before, own])
  })
}

interface TrendPoint extends Omit<EarlierWave, 'figures' | 'release' | 'manifestSha256'> {
  readonly release?: string
  readonly manifestSha256?: string
  readonly figures: TrendFigures | null
}

const placeOf = ({ id, title, opensOn, closesOn }: Wave) => ({ wave: id, title, opensOn, closesOn, breaks: [] })

function rowsOf(rule: AggregationRule, points: readonly TrendPoint[]): readonly TrendRow[] {
  const changes = points.map((point, i) => {
    const before = points[i - 1]
    if (!before || before.breaks.length > 0 || before.figures === null || point.figures === null) return null
    return compareShares(shareOf(before.figures), shareOf(point.figures))
  })
  const adjusted = holm(changes.flatMap((change) => (change === null ? [] : [change.p])))
  let next = 0
  return points.map(({ figures, title, ...point }, i) => {
    const change = changes[i]
    return {
      table: 'trend',
      rule,
      wave: point.wave,
      label_vi: title.vi,
      label_en: title.en,
      release: point.release ?? null,
      manifest_sha256: point.manifestSha256 ?? null,
      opens_on: point.opensOn,
      closes_on: point.closesOn,
      status: figures === null ? 'not_shown' : 'published',
      ...(figures === null ? {} : figureColumns(figures)),
      breaks: points[i - 1]?.breaks.join(' ') ?? null,
      ...(change
        ? {
            points: change.points,
            low_points: change.lowPoints,
            high_points: change.highPoints,
            p: change.p,
            p_holm: adjusted[next++]!,
          }
        : {}),
    }
  })
}

const figureColumns = ({ base, percent, lowPercent, highPercent, effectiveBase }: TrendFigures) => ({
  base,
  percent,
  low_percent: lowPercent,
  high_percent: highPercent,
  effective_base: effectiveBase,
})

// The mean of percents may exceed 100 by a rounding error.
const shareOf = ({ percent, effectiveBase }: TrendFigures) => ({ share: Math.min(1, percent / 100), effectiveBase })

/** The index of the whole wave; `null` where it is not shown with all its digits. */
export function cityFigures({ blocks }: IndexReport): TrendFigures | null {
  const cell = blocks[0]?.cells.find(({ line }) => line.level === 'overall')
  if (cell === undefined || cell.estimate.kind !== 'published' || cell.isCoarse === true) return null
  const { base, topTwoBoxPercent, interval, effectiveBase } = cell.estimate.figures
  return { base, percent: topTwoBoxPercent, ...interval, effectiveBase }
}

/** What the file of tables of an earlier release says of its own wave. */
export function ownFigures(rows: Iterable<Readonly<Record<string, string>>>): EarlierWave['figures'] {
  const figures: Partial<Record<AggregationRule, TrendFigures>> = {}
  for (const row of rows) {
    if (row.table !== 'trend' || row.release !== '' || row.status !== 'published') continue
    const number = (column: string) => Number(row[column])
    figures[row.rule as AggregationRule] = {
      base: number('base'),
      percent: number('percent'),
      lowPercent: number('low_percent'),
      highPercent: number('high_percent'),
      effectiveBase: number('effective_base'),
    }
  }
  return figures
}
