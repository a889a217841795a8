import type { AggregationRule } from '../index/aggregate.js'
import type { Line } from '../index/lines.js'
import type { LineEstimate } from '../report/shown-figures.js'
import type { Trend } from '../statistics/comparison/weighted-trend.js'
import type { IsoDay } from '../survey/vocabulary.js'
import type { Wave } from '../survey/wave.js'
import type { MonthlyChart } from './month-chart.js'
import type { SeriesBreak } from './series-breaks.js'
import type { SeriesChange } from './series-changes.js'

/** What one point of a series stands for. */
export const SERIES_GRAINS = ['wave', 'month'] as const
export type SeriesGrain = (typeof SERIES_GRAINS)[number]

/** `as_was`: units as they were on the day. `mapped`: counts told forward on the map of a day, along the lineage. */
export type SeriesMap = { readonly kind: 'as_was' } | { readonly kind: 'mapped'; readonly on: IsoDay }

/** One old unit behind a point. */
export interface BasisPart {
  readonly uid: string
  /** Of the old unit: 1 whole, between 0 and 1 a known part, `null` a part of unknown size. */
  readonly share: number | null
  /** Respondents of the whole old unit; `null` where its own figure is hidden or there is none. */
  readonly base: number | null
}

/** Of what a point is made. */
export interface PointBasis {
  readonly kind: 'as_was' | 'exact' | 'estimated' | 'broken' | 'backward'
  readonly parts: readonly BasisPart[]
  /** Predecessors that the wave did not ask about: the figure covers less than the unit. */
  readonly missing: readonly string[]
}

/** Why a point has no figure at all: a part of unknown size, a newer map than the one wanted, a line that was not asked. */
export type NoFigure = { readonly kind: 'broken' } | { readonly kind: 'backward' } | { readonly kind: 'not_asked' }

/** One point of a series. */
export interface SeriesPoint {
  readonly wave: Wave
  /** The month, or the field dates of the wave; half-open. */
  readonly period: { readonly from: IsoDay; readonly to: IsoDay }
  /** Whether it is one month; a wave otherwise, also by month where there is nothing to divide. */
  readonly isMonth: boolean
  /** Units of the wave that are counted in it. */
  readonly unitCount: number
  readonly basis: PointBasis
  readonly outcome: LineEstimate | NoFigure
  readonly isCoarse: boolean
  /** Why it is not joined to the point before; empty when it is, and of the first. */
  readonly breaks: readonly SeriesBreak[]
  /** Points of one segment may be compared; counted from 0. */
  readonly segment: number
  /** Against the nearest earlier figure of the segment; `null` without one. */
  readonly change: SeriesChange | null
  /** Against the same month of the year before in the segment; `null` without one. */
  readonly yearChange: SeriesChange | null
}

/** A straight line through the waves of one segment. */
export interface SegmentTrend extends Trend {
  readonly segment: number
  readonly waveCount: number
}

/** One line over time. */
export interface LineSeries {
  readonly line: Line
  readonly points: readonly SeriesPoint[]
  /** Of segments with three waves or more; grain `wave` only. */
  readonly trends: readonly SegmentTrend[]
  /** Control limits of segments with three months or more; grain `month` only. */
  readonly charts: readonly MonthlyChart[]
}

/** The latest change of a line beside others tested at once. */
export interface PanelLine {
  readonly series: LineSeries
  /** Of the last figure; p adjusted over the lines of the panel. */
  readonly change: SeriesChange | null
}

/** A series with its neighbours: the wanted line, and the index with its factors. */
export interface Series extends LineSeries {
  readonly method: string
  readonly rule: AggregationRule
  readonly grain: SeriesGrain
  readonly map: SeriesMap
  readonly panel: readonly PanelLine[]
}
