import type { MonthlyChart } from '../../domain/series/month-chart.js'
import type { SegmentTrend, Series, SeriesPoint } from '../../domain/series/series.js'
import { isComparable } from '../../domain/series/series-breaks.js'
import { itemLabel, unbroken } from '../index-reports/index.js'
import { signedInterval, toChangeView } from './change.view.js'
import { pointFigure } from './series-table.view.js'
import { listText, type SeriesWords, whenText } from './series-words.js'

/** The answer in sentences: the latest figure, its change and whether it is more than noise, trend or limits, breaks. */
export function toAnswer(series: Series, words: SeriesWords): readonly string[] {
  const { t } = words
  const line = itemLabel(series.line, words)
  const last = series.points.findLast(({ outcome }) => outcome.kind === 'published')
  if (last === undefined) return [t('series.latest_none', { line }), breaksSentence(series, words)]
  const { interval, base, isFlagged, percent } = latestOf(last, words)
  const when = whenText(last, words)
  return [
    t('series.latest', { line, when, percent, interval: unbroken(interval), base }),
    ...(isFlagged ? [t('reports.flagged')] : []),
    ...changeSentence(last, series, words),
    ...(series.grain === 'wave'
      ? trendSentences(series, words)
      : series.charts.map((chart) => limitsSentence(chart, words))),
    breaksSentence(series, words),
  ]
}

function latestOf(point: SeriesPoint, words: SeriesWords) {
  const { interval, base } = pointFigure(point, words)
  if (point.outcome.kind !== 'published') throw new RangeError(`A point without a figure: ${point.outcome.kind}`)
  const { figures, reliability } = point.outcome
  return {
    interval,
    base,
    percent: words.formats.percent(figures.topTwoBoxPercent),
    isFlagged: reliability === 'flagged',
  }
}

function changeSentence(point: SeriesPoint, { points }: Series, words: SeriesWords): readonly string[] {
  const change = toChangeView(point.change, words)
  const before = points.find(
    ({ period, segment }) => period.from === point.change?.sinceOn && segment === point.segment,
  )
  if (change === null || before === undefined) return []
  const told = { when: whenText(before, words), points: change.points, interval: change.interval }
  return [`${words.t('series.change', told)} ${change.verdict}.`]
}

function trendSentences({ trends, points }: Series, words: SeriesWords): readonly string[] {
  if (trends.length === 0) return [words.t('series.trend_none')]
  return trends.map((trend) => trendSentence(trend, points, words))
}

function trendSentence(trend: SegmentTrend, points: readonly SeriesPoint[], { t, formats }: SeriesWords): string {
  const first = points.find(({ segment }) => segment === trend.segment)
  return t('series.trend', {
    waves: trend.waveCount,
    from: formats.month(first?.period.from ?? ''),
    slope: formats.signed(trend.slope),
    interval: signedInterval(trend.low, trend.high, formats),
    p: probability(trend.p, formats),
  })
}

/** Three decimals; what is smaller is said to be. */
function probability(p: number, { decimal }: Pick<SeriesWords['formats'], 'decimal'>): string {
  return p < 0.001 ? `p < ${decimal(0.001, 3)}` : `p = ${decimal(p, 3)}`
}

function limitsSentence(chart: MonthlyChart, { t, formats }: SeriesWords): string {
  const months = chart.points.flatMap(({ period, signals }) =>
    signals.slice(0, 1).map((signal) => t(`series.signal_${signal}`, { month: formats.month(period) })),
  )
  const verdict =
    months.length === 0 ? t('series.limits_inside') : t('series.limits_outside', { months: listText(months, t) })
  const from = formats.month(chart.points[0]?.period ?? '')
  return t('series.limits', { from, centre: formats.percent(chart.centrePercent), verdict })
}

function breaksSentence({ points }: Series, { t }: SeriesWords): string {
  const count = points.filter(({ breaks }) => !isComparable(breaks)).length
  return count === 0 ? t('series.breaks_none') : t('series.breaks_some', { count })
}
