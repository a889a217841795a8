import type { DisclosurePolicy } from '../disclosure/policy.js'
import type { AggregationRule } from '../index/aggregate.js'
import { instrumentOf } from '../index/instrument.js'
import { type Line, linesOf } from '../index/lines.js'
import { METHOD } from '../report/index-report.js'
import type { ShownFigures } from '../report/shown-figures.js'
import { addMonths } from '../survey/day.js'
import type { Period } from '../survey/vocabulary.js'
import type { UnitRegistry } from '../units/unit.js'
import { findLine } from './line-changes.js'
import { type MonthlyChart, monthChart } from './month-chart.js'
import type { LineSeries, PanelLine, SegmentTrend, Series, SeriesGrain, SeriesMap, SeriesPoint } from './series.js'
import { breaksBetween, isComparable, type SeriesBreak } from './series-breaks.js'
import { type ChangePair, changesTogether } from './series-changes.js'
import { type CountedWave, countWave, placesOfWave, type SeriesPlace, type SeriesWave } from './series-places.js'
import { waveTrend } from './wave-trend.js'

export interface SeriesInput {
  readonly registry: UnitRegistry
  readonly unitUid: string
  readonly line: Pick<Line, 'level' | 'code'>
  readonly rule: AggregationRule
  readonly grain: SeriesGrain
  readonly map: SeriesMap
  /** Whole months, half-open. A wave is in it when its field dates touch it, and is always shown whole. */
  readonly period: Period
  readonly policy: DisclosurePolicy
  /** Of one respondent type and mode; any order. */
  readonly waves: readonly SeriesWave[]
}

type LineFrame = Omit<SeriesInput, 'waves' | 'policy' | 'line'>

/**
 * One line of a unit over time: its points, why neighbours are not joined, changes, trend and control limits, none of them
 * across a break; and beside it the index and its factors.
 *
 * @returns `null` when no wave asks about the line
 * @throws {RangeError} when waves differ in respondent type or mode: these are other lines and never joined
 * @see methodology 1.9 (T9), 4.9, 7.4
 */
export function buildSeries(input: SeriesInput): Series | null {
  const kinds = new Set(input.waves.map(({ wave }) => `${wave.respondentType} ${wave.mode}`))
  if (kinds.size > 1) throw new RangeError(`One series has one respondent type and mode, got ${[...kinds].join(', ')}`)
  const ordered = input.waves.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
  const latestFirst = ordered.toReversed()
  const line = latestFirst
    .map(({ questionnaire }) => findLine(questionnaire.questionnaire, input.rule, input.line))
    .find((found) => found !== undefined)
  if (line === undefined) return null
  const waves = ordered.map((wave) => countWave(wave, input.unitUid, input))
  const { rule, grain, map } = input
  return {
    method: METHOD,
    rule,
    grain,
    map,
    ...lineSeries(line, waves, input),
    panel: panelOf(panelLines(latestFirst[0]!, rule), waves, input),
  }
}

const orderOf = ({ wave }: SeriesWave) => `${wave.opensOn} ${wave.id}`

function lineSeries(line: Line, waves: readonly CountedWave[], frame: LineFrame): LineSeries {
  const places = waves.flatMap((wave) => placesOfWave(wave, line, frame))
  const points = compared(joined(places, line, frame))
  const figures = points.filter(hasFigure)
  const segments = [...new Set(figures.map(({ segment }) => segment))].map(
    (segment) => [segment, figures.filter((point) => point.segment === segment)] as const,
  )
  const isMonthly = frame.grain === 'month'
  return {
    line,
    points,
    trends: isMonthly ? [] : segments.flatMap(([segment, own]) => trendOf(segment, own) ?? []),
    charts: isMonthly ? segments.flatMap(([segment, own]) => chartOf(segment, own) ?? []) : [],
  }
}

function chartOf(segment: number, points: readonly FigurePoint[]): MonthlyChart | null {
  const months = points.map(({ period, outcome }) => ({ month: period.from, figures: outcome.figures }))
  return monthChart(segment, months)
}

function trendOf(segment: number, points: readonly FigurePoint[]): SegmentTrend | null {
  const trend = waveTrend(points.map(({ period, outcome }) => ({ period, figures: outcome.figures })))
  return trend && { ...trend, segment, waveCount: points.length }
}

type Joined = Omit<SeriesPoint, 'change' | 'yearChange'>
type FigurePoint<Point extends Joined = SeriesPoint> = Point & { readonly outcome: { readonly figures: ShownFigures } }

const hasFigure = <Point extends Joined>(point: Point): point is FigurePoint<Point> =>
  point.outcome.kind === 'published'

/** Numbers the segments: one ends wherever the next point is not comparable. */
function joined(places: readonly SeriesPlace[], line: Line, frame: LineFrame): readonly Joined[] {
  let segment = 0
  let before: SeriesPlace | null = null
  return places.map((place) => {
    // What lies on a newer map has no place among the others.
    const isBackward = place.basis.kind === 'backward'
    const breaks: readonly SeriesBreak[] =
      before === null || isBackward ? [] : breaksBetween(before, place, { ...frame, line })
    if (before !== null && (isBackward || !isComparable(breaks))) segment += 1
    before = place
    const { wave, period, isMonth, unitCount, basis, outcome, isCoarse } = place
    return { wave, period, isMonth, unitCount, basis, outcome, isCoarse, breaks, segment }
  })
}

/** Changes to the nearest earlier figure, and to that of the same month a year before; each column tested at once. */
function compared(points: readonly Joined[]): readonly SeriesPoint[] {
  const figures = points.filter(hasFigure)
  const changes = changesTogether(
    points.map((point, i) =>
      pairOf(
        point,
        points.slice(0, i).findLast((one) => hasFigure(one) && isSame(one, point)),
      ),
    ),
  )
  const yearChanges = changesTogether(
    points.map((point) => {
      const yearAgo = addMonths(point.period.from, -12)
      const before = figures.find(
        (one) => one.isMonth && point.isMonth && one.period.from === yearAgo && isSame(one, point),
      )
      return pairOf(point, before)
    }),
  )
  return points.map((point, i) => ({ ...point, change: changes[i]!, yearChange: yearChanges[i]! }))
}

const isSame = (one: Joined, other: Joined) => one.segment === other.segment

function pairOf(point: Joined, before: Joined | undefined): ChangePair | null {
  if (before === undefined || !hasFigure(before) || !hasFigure(point)) return null
  return { before: before.outcome.figures, after: point.outcome.figures, sinceOn: before.period.from }
}

/** The index and the factors of the latest questionnaire. */
function panelLines({ questionnaire: { questionnaire } }: SeriesWave, rule: AggregationRule): readonly Line[] {
  return linesOf(instrumentOf(questionnaire), rule, questionnaire.overallItem).filter(
    ({ level, isInIndex }) => level !== 'criterion' && isInIndex,
  )
}

/** The last change of every line, tested at once. */
function panelOf(lines: readonly Line[], waves: readonly CountedWave[], frame: LineFrame): readonly PanelLine[] {
  const all = lines.map((line) => lineSeries(line, waves, frame))
  const changes = changesTogether(
    all.map(({ points }) => {
      const last = points.findLast(hasFigure)
      const before = points.findLast((one) => hasFigure(one) && one !== last && last !== undefined && isSame(one, last))
      return last === undefined ? null : pairOf(last, before)
    }),
  )
  return all.map((series, i) => ({ series, change: changes[i]! }))
}
