import type { ShownFigures } from '../report/shown-figures.js'
import { type ControlChart, controlChart } from '../statistics/comparison/control-chart.js'
import type { IsoDay } from '../survey/vocabulary.js'
import { sampledShare } from './series-changes.js'

/** Control limits of the months of one segment. */
export interface MonthlyChart extends ControlChart {
  readonly segment: number
}

/** Fewer months say nothing of what is usual. */
const MIN_MONTHS = 3

/**
 * Control limits of months with a figure, on their effective bases; a month inside them is no news.
 *
 * @param months in order of time, of one segment
 * @returns `null` with fewer than three months
 * @see methodology 4.9; `controlChart`
 */
export function monthChart(
  segment: number,
  months: readonly { readonly month: IsoDay; readonly figures: ShownFigures }[],
): MonthlyChart | null {
  if (months.length < MIN_MONTHS) return null
  const periods = months.map(({ month, figures }) => ({ period: month, ...sampledShare(figures) }))
  return { segment, ...controlChart(periods) }
}
