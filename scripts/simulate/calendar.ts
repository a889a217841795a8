import { addDays } from '../../server/domain/survey/day.js'
import type { IsoDay } from '../../server/domain/survey/vocabulary.js'
import { daysFromTet } from './lunar-new-year.js'

/** A stretch of days `[from, to)`. */
export interface Stretch {
  readonly from: IsoDay
  readonly to: IsoDay
}

/** Dossiers on a weekday against a usual day, Sunday first: counters are closed at weekends. */
const WEEKDAY = [0, 1.14, 1.05, 1, 0.95, 0.86, 0] as const
/** Against a usual month, January first, apart from Tết: more before school starts and at the end of the year. */
const SEASON = [0.95, 0.97, 1, 1.02, 1, 1, 1.04, 1.12, 1.05, 1, 1.02, 1.06] as const
/** Public holidays of fixed date. The Hùng Kings' day moves with the moon and is left out. */
const HOLIDAYS = ['01-01', '04-30', '05-01', '09-02']
/** Days around Tết, counted from its first day: closed, the rush before, the quiet weeks after. */
const TET = { closedFrom: -2, closedTo: 5, rushFrom: -16, quietTo: 20, rush: 1.35, quiet: 0.7 } as const

function tetFactor(day: IsoDay): number {
  const distance = daysFromTet(day)
  if (distance >= TET.closedFrom && distance < TET.closedTo) return 0
  if (distance >= TET.rushFrom && distance < TET.closedFrom) return TET.rush
  return distance >= TET.closedTo && distance < TET.quietTo ? TET.quiet : 1
}

/** Day of the week, 0 for Sunday. */
export const weekdayOf = (day: IsoDay): number => new Date(`${day}T00:00:00Z`).getUTCDay()

const weights = new Map<IsoDay, number>()

/**
 * Dossiers of a day against a usual working day: weekday, season, holidays and Tết.
 *
 * @returns 0 or more; about 1 on a Wednesday in March
 */
export function dossierWeight(day: IsoDay): number {
  const known = weights.get(day)
  if (known !== undefined) return known
  const usual = (WEEKDAY[weekdayOf(day)] ?? 0) * (SEASON[Number(day.slice(5, 7)) - 1] ?? 1)
  const weight = HOLIDAYS.includes(day.slice(5)) ? 0 : usual * tetFactor(day)
  weights.set(day, weight)
  return weight
}

/** Every day of a stretch. */
export function daysIn({ from, to }: Stretch): readonly IsoDay[] {
  const days: IsoDay[] = []
  for (let day = from; day < to; day = addDays(day, 1)) days.push(day)
  return days
}

const monthsOf = new Map<string, ReadonlyMap<IsoDay, readonly IsoDay[]>>()

/** The days of a stretch by month (its first day), in order. */
export function byMonth(stretch: Stretch): ReadonlyMap<IsoDay, readonly IsoDay[]> {
  const key = `${stretch.from} ${stretch.to}`
  const known = monthsOf.get(key)
  if (known) return known
  const months = new Map<IsoDay, IsoDay[]>()
  for (const day of daysIn(stretch)) {
    const month = `${day.slice(0, 7)}-01`
    months.set(month, [...(months.get(month) ?? []), day])
  }
  monthsOf.set(key, months)
  return months
}
