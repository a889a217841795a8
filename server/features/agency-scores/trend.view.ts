import type { IndexReport, ReportCell } from '../../domain/report/index-report.js'
import { addMonths, monthOf } from '../../domain/survey/day.js'
import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { Translate } from '../../platform/text.js'
import {
  type EstimateView,
  type IntervalChart,
  type ReportContext,
  toEstimateView,
  toIntervalChart,
} from '../index-reports/index.js'

interface Month {
  readonly month: IsoDay
  readonly estimate: ReportCell['estimate']
}

/** The index of each month, months without a response included, so that a gap is seen as one. */
function monthsOf(byMonth: IndexReport): readonly Month[] {
  const known = new Map(
    byMonth.blocks.flatMap(({ group, cells }) => {
      const overall = cells.find(({ line }) => line.level === 'overall')
      const from = group.period.from
      return group.scope === 'month' && from !== null && overall ? [[monthOf(from), overall.estimate] as const] : []
    }),
  )
  const days = [...known.keys()].sort()
  const last = days.at(-1)
  const months: Month[] = []
  for (let month = days[0]; month !== undefined && last !== undefined && month <= last; month = addMonths(month, 1)) {
    months.push({ month, estimate: known.get(month) ?? { kind: 'empty' } })
  }
  return months
}

/** The trend by month: the table, and the same figures for the chart. */
export interface TrendView {
  readonly rows: readonly { readonly month: string; readonly figure: EstimateView }[]
  /** `null` where fewer than two months can be drawn. */
  readonly chart: IntervalChart | null
}

const MIN_DRAWN_MONTHS = 2

function noteOf(figure: EstimateView, t: Translate): string {
  if (!figure.isShown) return figure.why
  const { percent, interval, base } = figure
  return t('agency.trend_note', { percent, interval, base })
}

/** Makes the trend from the unit's report by month. */
export function toTrendView(byMonth: IndexReport, context: ReportContext): TrendView {
  const { t, formats } = context
  const months = monthsOf(byMonth).map(({ month, estimate }) => ({
    label: formats.month(month),
    figure: toEstimateView(estimate, context),
    estimate,
  }))
  const marks = months.map(({ label, figure, estimate }) => ({ label, note: noteOf(figure, t), estimate }))
  return {
    rows: months.map(({ label, figure }) => ({ month: label, figure })),
    chart: toIntervalChart(marks, t('agency.trend_axis'), MIN_DRAWN_MONTHS),
  }
}
