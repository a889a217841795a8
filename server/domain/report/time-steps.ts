import { mergeTallies } from '../index/tally.js'
import { addMonths } from '../survey/day.js'
import type { IsoDay, Period } from '../survey/vocabulary.js'
import type { CountedPart } from './report-group.js'

/** Steps of the calendar that a report may be broken down by, in months; quarters are those of the calendar year. */
export const TIME_STEPS = { month: 1, quarter: 3 } as const
export type TimeStep = keyof typeof TIME_STEPS

export const isTimeStep = (name: string): name is TimeStep => Object.hasOwn(TIME_STEPS, name)

/**
 * The first day of the step that a day lies in.
 *
 * @example startOfStep('2026-08-21', 'quarter') // '2026-07-01'
 */
export function startOfStep(day: IsoDay, step: TimeStep): IsoDay {
  const monthsBefore = (Number(day.slice(5, 7)) - 1) % TIME_STEPS[step]
  return addMonths(day, -monthsBefore)
}

/** The first day of the step after the one that starts at a day. */
export const nextStep = (start: IsoDay, step: TimeStep): IsoDay => addMonths(start, TIME_STEPS[step])

/** The days of a step that lie in a period. */
export function stepWithin(start: IsoDay, step: TimeStep, { from, to }: Period): Period {
  const next = nextStep(start, step)
  return { from: from !== null && from > start ? from : start, to: to !== null && to < next ? to : next }
}

/** Counts by month, told by their first days, added up to those of a step; in order. */
export function addUpSteps(months: readonly CountedPart[], step: TimeStep): readonly CountedPart[] {
  const starts = [...new Set(months.map(({ key }) => startOfStep(key, step)))].sort()
  return starts.map((start) => {
    const own = months.filter(({ key }) => startOfStep(key, step) === start)
    return { key: start, tally: mergeTallies(own.map(({ tally }) => tally)) }
  })
}
