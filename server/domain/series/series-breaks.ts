import type { AggregationRule } from '../index/aggregate.js'
import type { Line } from '../index/lines.js'
import type { PublishedQuestionnaire } from '../questionnaire/definition.js'
import { addMonths } from '../survey/day.js'
import type { IsoDay } from '../survey/vocabulary.js'
import type { UnitRegistry } from '../units/unit.js'
import { unitLevel } from '../units/unit-level.js'
import { boundaryEvents } from './boundary-events.js'
import { type LineChange, lineChanges } from './line-changes.js'
import type { PointBasis } from './series.js'

/** Why two neighbours of a series are not joined. A gap alone leaves them comparable; everything else does not. */
export type SeriesBreak =
  /** Ground or tasks came or went: these events. */
  | {
      readonly kind: 'boundary'
      readonly cause: 'events'
      readonly events: readonly { readonly on: IsoDay; readonly legalBasis: string }[]
    }
  /** One of the two holds a part of unknown size. */
  | { readonly kind: 'boundary'; readonly cause: 'unknown_share' }
  /** One of the two lacks predecessors that the other has. */
  | { readonly kind: 'boundary'; readonly cause: 'coverage' }
  /** The line is measured by other items, words or scales. */
  | {
      readonly kind: 'instrument'
      readonly items: readonly { readonly code: string; readonly changes: readonly LineChange[] }[]
    }
  /** The line is not asked in one of the two. */
  | { readonly kind: 'instrument'; readonly items: readonly [] }
  /** Units of other levels, or other services, were asked about. */
  | { readonly kind: 'scope'; readonly cause: 'levels' | 'services' }
  /** Months without a response between them. */
  | { readonly kind: 'gap'; readonly months: number }

/** What of a point decides whether it is joined to its neighbour. */
export interface JoinedPlace {
  readonly questionnaire: PublishedQuestionnaire
  readonly isAsked: boolean
  readonly referenceOn: IsoDay
  readonly period: { readonly from: IsoDay; readonly to: IsoDay }
  readonly isMonth: boolean
  readonly basis: Pick<PointBasis, 'kind' | 'missing'>
  /** Units of the wave counted in it. */
  readonly measured: readonly string[]
  readonly serviceCodes: readonly string[]
}

/** What two places have in common. */
export interface JoinFrame {
  readonly registry: UnitRegistry
  readonly unitUid: string
  readonly line: Pick<Line, 'level' | 'code'>
  readonly rule: AggregationRule
}

/**
 * Why a point is not joined to the one before it.
 *
 * @param before the earlier neighbour, of the same respondent type and mode
 * @returns empty when it is joined
 * @see methodology 1.9 (T9), 7.4 rule 5
 */
export function breaksBetween(before: JoinedPlace, after: JoinedPlace, frame: JoinFrame): readonly SeriesBreak[] {
  return [
    ...boundaryBreaks(before, after, frame),
    ...instrumentBreaks(before, after, frame),
    ...scopeBreaks(before, after, frame),
    ...gapBreaks(before, after),
  ]
}

/** Whether breaks leave two neighbours comparable. */
export const isComparable = (breaks: readonly SeriesBreak[]): boolean => breaks.every(({ kind }) => kind === 'gap')

function boundaryBreaks(before: JoinedPlace, after: JoinedPlace, { registry, unitUid }: JoinFrame): SeriesBreak[] {
  if (before.basis.kind === 'broken' || after.basis.kind === 'broken') {
    return [{ kind: 'boundary', cause: 'unknown_share' }]
  }
  if (before.basis.kind !== 'as_was') {
    const isSame = before.basis.missing.toSorted().join() === after.basis.missing.toSorted().join()
    return isSame ? [] : [{ kind: 'boundary', cause: 'coverage' }]
  }
  const events = boundaryEvents(registry, unitUid, mapDayOf(before), mapDayOf(after))
  return events.length === 0
    ? []
    : [{ kind: 'boundary', cause: 'events', events: events.map(({ on, legalBasis }) => ({ on, legalBasis })) }]
}

/** A month that begins after the reference day is of the map of its own time. */
function mapDayOf({ referenceOn, period, isMonth }: JoinedPlace): IsoDay {
  return isMonth && period.from > referenceOn ? period.from : referenceOn
}

function instrumentBreaks(before: JoinedPlace, after: JoinedPlace, { line, rule }: JoinFrame): SeriesBreak[] {
  if (!before.isAsked || !after.isAsked)
    return before.isAsked === after.isAsked ? [] : [{ kind: 'instrument', items: [] }]
  if (before.questionnaire.hash === after.questionnaire.hash) return []
  const items = lineChanges(line, rule, before.questionnaire.questionnaire, after.questionnaire.questionnaire)
  return items.length === 0 ? [] : [{ kind: 'instrument', items }]
}

/** Districts measured once and departments another time are not one series of the city. */
function scopeBreaks(before: JoinedPlace, after: JoinedPlace, { registry }: JoinFrame): SeriesBreak[] {
  const levelsOf = ({ measured }: JoinedPlace) => listOf(measured.map((uid) => unitLevel(registry, uid) ?? ''))
  const servicesOf = ({ serviceCodes }: JoinedPlace) => listOf(serviceCodes)
  const breaks: SeriesBreak[] = []
  if (levelsOf(before) !== levelsOf(after)) breaks.push({ kind: 'scope', cause: 'levels' })
  if (servicesOf(before) !== servicesOf(after)) breaks.push({ kind: 'scope', cause: 'services' })
  return breaks
}

const listOf = (values: readonly string[]) => [...new Set(values)].sort().join()

function gapBreaks(before: JoinedPlace, after: JoinedPlace): SeriesBreak[] {
  if (!before.isMonth || !after.isMonth) return []
  let months = 0
  for (let month = addMonths(before.period.from, 1); month < after.period.from; month = addMonths(month, 1)) months += 1
  return months === 0 ? [] : [{ kind: 'gap', months }]
}
