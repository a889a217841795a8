import type { ReportCell } from '../../domain/report/index-report.js'
import { nextStep, startOfStep } from '../../domain/report/time-steps.js'
import { changesTogether } from '../../domain/series/series-changes.js'
import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { Translate } from '../../platform/text.js'
import {
  type EstimateView,
  type IntervalChart,
  type ReportContext,
  toEstimateView,
  toIntervalChart,
} from '../index-reports/index.js'
import { type ChangeView, toChangeView } from '../series/index.js'
import type { ScoresOverTime } from './agency-scores.js'

interface Step {
  readonly start: IsoDay
  readonly estimate: ReportCell['estimate']
}

/** The index of each step, steps without a response included, so that a gap is seen as one. */
function stepsOf({ step, report }: ScoresOverTime): readonly Step[] {
  const known = new Map(
    report.blocks.flatMap(({ group, cells }) => {
      const overall = cells.find(({ line }) => line.level === 'overall')
      const from = group.period.from
      return group.scope === step && from !== null && overall
        ? [[startOfStep(from, step), overall.estimate] as const]
        : []
    }),
  )
  const days = [...known.keys()].sort()
  const last = days.at(-1)
  const steps: Step[] = []
  for (let start = days[0]; start !== undefined && last !== undefined && start <= last; start = nextStep(start, step)) {
    steps.push({ start, estimate: known.get(start) ?? { kind: 'empty' } })
  }
  return steps
}

/** Each step against the last one before it that has a figure, all tested at once. */
function changesOf(steps: readonly Step[]) {
  return changesTogether(
    steps.map(({ estimate: after }, i) => {
      const earlier = steps.slice(0, i).findLast(({ estimate }) => estimate.kind === 'published')
      if (after.kind !== 'published' || earlier?.estimate.kind !== 'published') return null
      return { before: earlier.estimate.figures, after: after.figures, sinceOn: earlier.start }
    }),
  )
}

/** The trend: the table, and the same figures for the chart. */
export interface TrendView {
  readonly heading: string
  readonly lead: string
  readonly stepHead: string
  readonly rows: readonly { readonly when: string; readonly figure: EstimateView; readonly change: ChangeView | null }[]
  /** `null` where fewer than two steps can be drawn. */
  readonly chart: IntervalChart | null
}

const MIN_DRAWN_STEPS = 2

function noteOf(figure: EstimateView, t: Translate): string {
  if (!figure.isShown) return figure.why
  const { percent, interval, base } = figure
  return t('agency.trend_note', { percent, interval, base })
}

/** Makes the trend from the unit's report by steps of time. */
export function toTrendView(overTime: ScoresOverTime, context: ReportContext): TrendView {
  const { t, formats } = context
  const { step } = overTime
  const steps = stepsOf(overTime)
  const changes = changesOf(steps)
  const rows = steps.map(({ start, estimate }, i) => ({
    when: formats[step](start),
    figure: toEstimateView(estimate, context),
    change: toChangeView(changes[i] ?? null, context),
    estimate,
  }))
  const marks = rows.map(({ when, figure, estimate }) => ({ label: when, note: noteOf(figure, t), estimate }))
  return {
    heading: t(`reports.groups_${step}`),
    lead: t(`agency.trend_lead_${step}`),
    stepHead: t(`reports.group_${step}`),
    rows: rows.map(({ when, figure, change }) => ({ when, figure, change })),
    chart: toIntervalChart(marks, t('agency.trend_axis'), MIN_DRAWN_STEPS),
  }
}
