import type { ReportCell } from '../../domain/report/index-report.js'
import type { KindMedian } from '../../domain/report/kind-median.js'
import type { ShownFigures } from '../../domain/report/shown-figures.js'
import { isSignificantlyLow } from '../../domain/report/targets.js'
import { type ReportContext, toEstimateView, unbroken } from '../index-reports/index.js'
import { toRulerView } from './ruler.view.js'

/** The figure that stands first, with its ruler and one sentence of comparison; or why it is hidden. */
export function toHeadlineView({ estimate }: ReportCell, median: KindMedian | undefined, context: ReportContext) {
  const { t, formats } = context
  const figure = toEstimateView(estimate, context)
  if (estimate.kind !== 'published' || !figure.isShown) return { figure, shown: null }
  const { topTwoBoxPercent, interval } = estimate.figures
  return {
    figure,
    shown: {
      percent: formats.percent(topTwoBoxPercent),
      explanation: t('agency.headline', { interval: unbroken(figure.interval), base: figure.base }),
      isFlagged: estimate.reliability === 'flagged',
      ruler: toRulerView(topTwoBoxPercent, interval, median?.percent ?? null),
      rulerText: t(median ? 'agency.ruler_with_median' : 'agency.ruler', {
        percent: formats.percent(topTwoBoxPercent),
        interval: figure.interval,
        median: median ? formats.number(median.percent) : '',
      }),
      medianLabel: median ? t('agency.median_short', { percent: formats.number(median.percent) }) : '',
      comparison: comparisonOf(estimate.figures, median, context),
    },
  }
}

function comparisonOf(
  figures: Pick<ShownFigures, 'interval' | 'topTwoBoxPercent'>,
  median: KindMedian | undefined,
  { t, formats }: ReportContext,
): string {
  if (!median) return t('agency.no_median')
  const params = {
    difference: formats.number(Math.abs(figures.topTwoBoxPercent - median.percent)),
    median: formats.percent(median.percent),
    count: median.unitCount,
  }
  if (isSignificantlyLow(figures.interval, median.percent)) return t('agency.below_median', params)
  if (figures.interval.lowPercent > median.percent) return t('agency.above_median', params)
  return t('agency.near_median', params)
}
