import type { ReportBlock } from '../../domain/report/index-report.js'
import type { League } from '../../domain/report/league.js'
import type { UnitRank } from '../../domain/report/rank-units.js'
import { isSignificantlyLow } from '../../domain/report/targets.js'
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
  if (estimate?.kind !== 'published') return null
  const { topTwoBoxPercent, interval } = estimate.figures
  return {
    low: place(interval.lowPercent),
    high: place(interval.highPercent),
    point: place(topTwoBoxPercent),
    isLow: isSignificantlyLow(interval),
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

/** The heading of a league's rows: how many units, how many of them are ranked. */
export function leagueTitle(league: League, members: readonly ReportBlock[], { t, formats }: ReportContext): string {
  const ranked = members.filter(({ standing }) => standing?.rank).length
  return t('reports.league_title', {
    league: t(`reports.league_${league}`),
    ranked: formats.count(ranked),
    others: formats.count(members.length - ranked),
  })
}
