import type { IsoDay } from './vocabulary.js'

/** Ho Chi Minh City keeps UTC+7 all year; no daylight saving since 1979. */
const CITY_OFFSET_MS = 7 * 60 * 60 * 1000
const DAY_MS = 24 * 60 * 60 * 1000
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/

/**
 * The calendar day in Ho Chi Minh City at an instant.
 *
 * @example cityDay(new Date('2026-04-01T18:00:00Z')) // '2026-04-02'
 */
export function cityDay(instant: Date): IsoDay {
  return new Date(instant.getTime() + CITY_OFFSET_MS).toISOString().slice(0, 10)
}

/** The first day of a day's month. */
export function monthOf(day: IsoDay): IsoDay {
  return `${day.slice(0, 7)}-01`
}

/** Whether a text is a day that exists in the calendar. */
export function isIsoDay(text: string): text is IsoDay {
  if (!ISO_DAY.test(text)) return false
  const instant = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text)
}

/**
 * The day that lies a number of days later (earlier when negative).
 *
 * @throws {RangeError} when `day` is not a calendar day
 */
export function addDays(day: IsoDay, days: number): IsoDay {
  if (!isIsoDay(day)) throw new RangeError(`Not a calendar day: ${day}`)
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** The first day of the month that lies a number of months later (earlier when negative). */
export function addMonths(day: IsoDay, months: number): IsoDay {
  const first = new Date(`${monthOf(day)}T00:00:00Z`)
  first.setUTCMonth(first.getUTCMonth() + months)
  return first.toISOString().slice(0, 10)
}

/** Whether a day lies in the half-open stretch `[from, to)`; `null` is open on that side. */
export function isWithin(day: IsoDay, from: IsoDay | null, to: IsoDay | null): boolean {
  return (from === null || from <= day) && (to === null || day < to)
}
