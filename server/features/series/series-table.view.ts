import type { LineSeries, SeriesPoint } from '../../domain/series/series.js'
import { isComparable } from '../../domain/series/series-breaks.js'
import { toEstimateView } from '../index-reports/index.js'
import { type ChangeView, toChangeView } from './change.view.js'
import { basisText, breakTexts, monthsText, type SeriesWords, whenText } from './series-words.js'

/** One point of the table; before it, why it is not joined to the one above. */
export interface PointRow {
  readonly breaks: readonly string[]
  /** A gap leaves the points comparable and is drawn more quietly. */
  readonly isCut: boolean
  readonly when: string
  /** The months of a wave; empty for a month. */
  readonly months: string
  readonly isShown: boolean
  readonly isHidden: boolean
  /** In place of a figure. */
  readonly why: string
  readonly percent: string
  readonly interval: string
  readonly base: string
  readonly change: ChangeView | null
  readonly yearChange: ChangeView | null
  readonly limits: string
  /** Why the month stands out; empty when it does not. */
  readonly signal: string
  readonly basis: string
  readonly isEstimated: boolean
}

/** The points of a series in order of time, every number finished text. */
export function toPointRows(series: LineSeries, words: SeriesWords): readonly PointRow[] {
  return series.points.map((point) => toPointRow(point, series, words))
}

/** A figure of a point as text, or the words in its place. */
export function pointFigure({ outcome, basis }: SeriesPoint, words: SeriesWords) {
  const nothing = { isShown: false, isHidden: false, percent: '', interval: '', base: '' }
  if (outcome.kind === 'broken' || outcome.kind === 'backward' || outcome.kind === 'not_asked') {
    return { ...nothing, why: words.t(`series.basis_${outcome.kind}`) }
  }
  const view = toEstimateView(outcome, words)
  const isSize = view.isShown && basis.kind === 'estimated'
  return isSize ? { ...view, base: words.t('series.about', { base: view.base }) } : view
}

function toPointRow(point: SeriesPoint, { charts }: LineSeries, words: SeriesWords): PointRow {
  const { t, formats } = words
  const limits = charts
    .find(({ segment }) => segment === point.segment)
    ?.points.find(({ period }) => period === point.period.from)
  const range = limits && { lowPercent: limits.lowLimitPercent, highPercent: limits.highLimitPercent }
  const figure = pointFigure(point, words)
  const basis = basisText(point, words)
  const signals = { beyond_limits: 'outside', run: 'run' } as const
  return {
    breaks: breakTexts(point.breaks, words),
    isCut: !isComparable(point.breaks),
    when: whenText(point, words),
    months: point.isMonth ? '' : monthsText(point, words),
    ...figure,
    change: toChangeView(point.change, words),
    yearChange: toChangeView(point.yearChange, words),
    limits: range ? formats.interval(range) : '',
    signal: (limits?.signals ?? []).map((signal) => t(`series.${signals[signal]}`)).join(', '),
    // What has no figure for want of a basis says so once.
    basis: basis === figure.why ? '' : basis,
    isEstimated: point.basis.kind === 'estimated',
  }
}
