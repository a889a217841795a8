import type { ReportBlock } from '../../domain/report/index-report.js'
import type { ShownFigures } from '../../domain/report/shown-figures.js'
import { type ReportContext, toEstimateView } from './estimate.view.js'
import { cellOf } from './line-table.view.js'
import { unbroken } from './report-formats.js'

/** The index of a selection: the number, its interval on a ruler from 0 to 100, and how it was put together. */
export interface HeadlineView {
  readonly note: string
  readonly percent: string
  readonly sentence: string
  readonly flagNote: string
  /** `null` when the figure is hidden. */
  readonly ruler: {
    readonly label: string
    readonly point: string
    readonly low: string
    readonly width: string
  } | null
}

/** The headline of one block; the reason in its place when it is not shown. */
export function toHeadline(block: ReportBlock | undefined, context: ReportContext): HeadlineView | null {
  const cell = cellOf(block, { level: 'overall', code: 'overall' })
  if (block === undefined || cell === undefined) return null
  const { t } = context
  const note = t(block.rollup === 'simple_mean' ? 'reports.headline_simple_mean' : 'reports.headline_pooled')
  const view = toEstimateView(cell.estimate, context)
  if (cell.estimate.kind === 'coded') {
    const sentence = t('reports.headline_coded', { base: view.base })
    return { note, percent: view.percent, sentence, flagNote: '', ruler: null }
  }
  if (cell.estimate.kind !== 'published') {
    return { note, percent: '', sentence: view.why, flagNote: '', ruler: null }
  }
  const { figures, reliability } = cell.estimate
  return {
    note,
    percent: context.formats.percent(figures.topTwoBoxPercent),
    sentence: t('reports.headline', { interval: unbroken(view.interval), base: view.base }),
    flagNote: reliability === 'flagged' ? t('reports.flagged') : '',
    ruler: rulerOf(figures, context),
  }
}

function rulerOf({ topTwoBoxPercent, interval }: ShownFigures, { t, formats }: ReportContext) {
  const place = (percent: number) => `${Math.round(percent * 100) / 100}%`
  return {
    label: t('reports.ruler', { percent: formats.percent(topTwoBoxPercent), interval: formats.interval(interval) }),
    point: place(topTwoBoxPercent),
    low: place(interval.lowPercent),
    width: place(interval.highPercent - interval.lowPercent),
  }
}
