import type { ReportCell } from '../../domain/report/index-report.js'

/** What a chart of shares with their intervals draws: numbers in the order of the labels, `null` for a gap. */
export interface IntervalChart {
  readonly labels: readonly string[]
  readonly percents: readonly (number | null)[]
  readonly lows: readonly (number | null)[]
  readonly highs: readonly (number | null)[]
  /** What a mark says when pointed at. */
  readonly notes: readonly string[]
  readonly axis: string
}

/** One mark of the chart; hidden and empty estimates are gaps. */
export interface IntervalMark {
  readonly label: string
  readonly note: string
  readonly estimate: ReportCell['estimate']
}

/**
 * Makes the chart of some marks.
 *
 * @returns `null` when fewer than `minDrawn` of them can be drawn
 */
export function toIntervalChart(marks: readonly IntervalMark[], axis: string, minDrawn: number): IntervalChart | null {
  const figures = marks.map(({ estimate }) => (estimate.kind === 'published' ? estimate.figures : null))
  if (figures.filter((one) => one !== null).length < minDrawn) return null
  return {
    labels: marks.map(({ label }) => label),
    percents: figures.map((one) => one?.topTwoBoxPercent ?? null),
    lows: figures.map((one) => one?.interval.lowPercent ?? null),
    highs: figures.map((one) => one?.interval.highPercent ?? null),
    notes: marks.map(({ note }) => note),
    axis,
  }
}
