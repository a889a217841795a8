import type { LineSeries } from '../../domain/series/series.js'
import type { SeriesBreak } from '../../domain/series/series-breaks.js'
import { drawnRuns } from './drawn-runs.js'
import { pointFigure } from './series-table.view.js'
import { monthsText, type SeriesWords } from './series-words.js'

/** What the chart of a series draws: numbers in the order of the labels, `null` for a gap. */
export interface SeriesChart {
  readonly labels: readonly string[]
  /** One line per stretch: nothing is drawn across a break or a gap. */
  readonly runs: readonly (readonly (number | null)[])[]
  readonly lows: readonly (readonly (number | null)[])[]
  readonly highs: readonly (readonly (number | null)[])[]
  readonly lowLimits: readonly (number | null)[]
  readonly highLimits: readonly (number | null)[]
  /** Upright lines before a point, with their word. */
  readonly breaks: readonly { readonly before: number; readonly label: string }[]
  /** What a point says when pointed at. */
  readonly notes: readonly string[]
  readonly axis: string
}

/** The chart of a series; `null` where fewer than two points can be drawn. */
export function toSeriesChart({ points, charts }: LineSeries, words: SeriesWords): SeriesChart | null {
  const { t } = words
  const figures = points.map(({ outcome }) => (outcome.kind === 'published' ? outcome.figures : null))
  if (figures.filter((one) => one !== null).length < 2) return null
  const runOf = drawnRuns(points)
  const runs = [...new Set(runOf)]
  const drawn = (value: (figure: NonNullable<(typeof figures)[number]>) => number) =>
    runs.map((run) => figures.map((figure, i) => (runOf[i] === run && figure !== null ? value(figure) : null)))
  const limitsOf = points.map(({ segment, period }) =>
    charts.find((chart) => chart.segment === segment)?.points.find((one) => one.period === period.from),
  )
  return {
    labels: points.map((point) => monthsText(point, words)),
    runs: drawn(({ topTwoBoxPercent }) => topTwoBoxPercent),
    lows: drawn(({ interval }) => interval.lowPercent),
    highs: drawn(({ interval }) => interval.highPercent),
    lowLimits: limitsOf.map((limits) => limits?.lowLimitPercent ?? null),
    highLimits: limitsOf.map((limits) => limits?.highLimitPercent ?? null),
    breaks: points.flatMap(({ breaks }, before) => {
      const kinds = [...new Set(breaks.map(({ kind }) => kind))].filter(isCut)
      return kinds.length === 0 ? [] : [{ before, label: kinds.map((kind) => t(`series.label_${kind}`)).join(', ') }]
    }),
    notes: points.map((point) => {
      const view = pointFigure(point, words)
      return view.isShown
        ? t('reports.bar_note', { percent: view.percent, interval: view.interval, base: view.base })
        : view.why
    }),
    axis: t('series.axis'),
  }
}

const isCut = (kind: SeriesBreak['kind']): kind is Exclude<SeriesBreak['kind'], 'gap'> => kind !== 'gap'
