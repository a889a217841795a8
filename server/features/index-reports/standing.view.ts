import type { ReportBlock } from '../../domain/report/index-report.js'
import type { League } from '../../domain/report/league.js'
import type { UnitRank } from '../../domain/report/rank-units.js'
import type { ShownFigures } from '../../domain/report/shown-figures.js'
import type { StandardisedIndex } from '../../domain/report/standardise-units.js'
import { isSignificantlyLow, SATISFACTION_TARGETS } from '../../domain/report/targets.js'
import type { ReportContext } from './estimate.view.js'
import { cellOf } from './line-table.view.js'

/** An index as a dot with its interval as a line, on a drawing 100 wide. */
export interface WhiskerView {
  readonly low: string
  readonly high: string
  readonly point: string
  readonly isLow: boolean
}

/** The drawing of a block's index; `null` when it is not shown. */
export function toWhisker(block: ReportBlock): WhiskerView | null {
  const estimate = cellOf(block, { level: 'overall', code: 'overall' })?.estimate
  return estimate?.kind === 'published' ? whiskerOf(estimate.figures) : null
}

/** The drawing of shown figures. */
export function whiskerOf({ topTwoBoxPercent, interval }: ShownFigures): WhiskerView {
  return {
    low: place(interval.lowPercent),
    high: place(interval.highPercent),
    point: place(topTwoBoxPercent),
    isLow: isSignificantlyLow(interval, SATISFACTION_TARGETS[0].percent),
  }
}

const place = (percent: number) => String(Math.round(percent * 10) / 10)

/** A rank range in words: thirds first where there are many units. */
export interface RankView {
  readonly main: string
  readonly detail: string
}

/** The rank range of a unit, or that it has none. */
export function toRank(rank: UnitRank | null, { t, formats }: ReportContext): RankView {
  if (rank === null) return { main: '', detail: t('reports.rank_none') }
  const { low, high, of, third } = rank
  const range = low === high ? formats.count(low) : `${formats.count(low)}–${formats.count(high)}`
  const params = { range, of: formats.count(of) }
  return third === null
    ? { main: range, detail: t('reports.rank_of', params) }
    : { main: t(`reports.third_${third}`), detail: t('reports.rank_range', params) }
}

/** An index at the common service mix, and its gap to the reference taken apart. */
export interface StandardisedView {
  readonly percent: string
  readonly detail: string
  readonly gap: string
  readonly mix: string
  readonly performance: string
}

/** A standardised index in words; `null` for rows that have none. */
export function toStandardised(
  result: StandardisedIndex | undefined,
  { t, formats }: ReportContext,
): StandardisedView | null {
  if (result === undefined) return null
  const covered = { percent: formats.count(result.coveredPercent) }
  if (result.kind !== 'shown') {
    return { percent: '', detail: t(`reports.mix_${result.kind}`, covered), gap: '', mix: '', performance: '' }
  }
  const interval = `${formats.signed(result.performanceLowPoints)} … ${formats.signed(result.performanceHighPoints)}`
  return {
    percent: `${formats.number(result.percent)}${result.isFlagged ? '\u00a0†' : ''}`,
    detail: t('reports.mix_detail', {
      ...covered,
      interval: formats.interval(result.interval),
      services: formats.count(result.serviceCount),
    }),
    gap: formats.signed(result.gapPoints),
    mix: t('reports.gap_mix', { points: formats.signed(result.mixPoints) }),
    performance: t('reports.gap_performance', { points: formats.signed(result.performancePoints), interval }),
  }
}

/** The heading of a league's rows: how many units, how many of them are ranked. */
export function leagueTitle(league: League, members: readonly ReportBlock[], { t, formats }: ReportContext): string {
  const ranked = members.filter(({ standing }) => standing?.rank).length
  return t('reports.league_title', {
    league: t(`reports.league_${league}`),
    ranked: formats.count(ranked),
    others: formats.count(members.length - ranked),
  })
}
