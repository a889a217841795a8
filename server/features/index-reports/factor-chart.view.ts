import type { ReportBlock } from '../../domain/report/index-report.js'
import { type ReportContext, toEstimateView } from './estimate.view.js'
import { labelOf } from './line-table.view.js'

/** Numbers of the chart of factors; the table beside it has the same. Hidden figures are gaps. */
export interface FactorChartView {
  readonly labels: readonly string[]
  readonly percents: readonly (number | null)[]
  readonly lows: readonly (number | null)[]
  readonly highs: readonly (number | null)[]
  /** What a bar says when pointed at. */
  readonly notes: readonly string[]
  readonly axis: string
}

/** The chart of a block's factors; `null` when none is shown. */
export function toFactorChart({ cells }: ReportBlock, context: ReportContext): FactorChartView | null {
  const factors = cells.filter(({ line }) => line.level === 'factor')
  const shown = factors.map(({ estimate }) => (estimate.kind === 'published' ? estimate.figures : null))
  if (shown.every((figures) => figures === null)) return null
  return {
    labels: factors.map(({ line }) => labelOf(line, context)),
    percents: shown.map((figures) => figures?.topTwoBoxPercent ?? null),
    lows: shown.map((figures) => figures?.interval.lowPercent ?? null),
    highs: shown.map((figures) => figures?.interval.highPercent ?? null),
    notes: factors.map(({ estimate }) => {
      const view = toEstimateView(estimate, context)
      return view.isShown ? context.t('reports.bar_note', view as unknown as Record<string, string>) : view.why
    }),
    axis: context.t('reports.axis'),
  }
}
