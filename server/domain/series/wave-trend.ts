import type { ShownFigures } from '../report/shown-figures.js'
import { type Trend, weightedTrend } from '../statistics/comparison/weighted-trend.js'
import { Z_95 } from '../statistics/wilson.js'
import type { IsoDay } from '../survey/vocabulary.js'

/** A wave with a figure. */
export interface TrendWave {
  readonly period: { readonly from: IsoDay; readonly to: IsoDay }
  readonly figures: Pick<ShownFigures, 'topTwoBoxPercent' | 'effectiveBase' | 'interval'>
}

const DAY_MS = 86_400_000

/**
 * A day as a year with its fraction, so that the same day of each year lies exactly one apart.
 *
 * @example yearOf('2026-07-02') // 2026.4986…
 */
export function yearOf(day: IsoDay): number {
  const year = Number(day.slice(0, 4))
  const [start, next] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)]
  return year + (Date.parse(`${day}T00:00:00Z`) - start) / DAY_MS / ((next - start) / DAY_MS)
}

/**
 * Trend over the waves of one segment, points a year: each wave at the middle of its field dates, weighted by 1/SE².
 *
 * SE = 100·√[p(1 − p)/nₑ]; where nobody or everybody is satisfied half of Wilson's interval over z, since 0 would claim
 * certainty.
 *
 * @returns `null` with fewer than three waves
 * @see methodology 4.9 and 10.7 (H3)
 */
export function waveTrend(waves: readonly TrendWave[]): Trend | null {
  return weightedTrend(
    waves.map(({ period, figures }) => ({
      at: (yearOf(period.from) + yearOf(period.to)) / 2,
      value: figures.topTwoBoxPercent,
      standardError: standardErrorOf(figures),
    })),
  )
}

function standardErrorOf({ topTwoBoxPercent, effectiveBase, interval }: TrendWave['figures']): number {
  const spread = topTwoBoxPercent * (100 - topTwoBoxPercent)
  if (spread > 0) return Math.sqrt(spread / effectiveBase)
  return (interval.highPercent - interval.lowPercent) / (2 * Z_95)
}
