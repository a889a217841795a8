import type { ReportBlock } from '../../domain/report/index-report.js'
import { type ReportContext, toEstimateView } from './estimate.view.js'
import { type IntervalChart, toIntervalChart } from './interval-chart.js'
import { labelOf } from './line-table.view.js'

/** The chart of a block's factors, with the figures of the table beside it; `null` when none is shown. */
export function toFactorChart({ cells }: ReportBlock, context: ReportContext): IntervalChart | null {
  const factors = cells.filter(({ line }) => line.level === 'factor')
  const marks = factors.map(({ line, estimate }) => {
    const view = toEstimateView(estimate, context)
    const note = view.isShown ? context.t('reports.bar_note', view as unknown as Record<string, string>) : view.why
    return { label: labelOf(line, context), note, estimate }
  })
  return toIntervalChart(marks, context.t('reports.axis'), 1)
}
