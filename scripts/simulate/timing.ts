import { addDays, addMonths, cityDay, monthOf } from '../../server/domain/survey/day.js'
import type { IsoDay, Mode } from '../../server/domain/survey/vocabulary.js'
import { MONTH_VOLUME } from './assumptions.js'
import type { Random } from './random.js'

const MINUTE_MS = 60_000
/** Hours of the day, city time, at which people answer: counters keep office hours. */
const HOURS: Readonly<Record<Mode, readonly [from: number, to: number]>> = {
  web: [7, 22],
  kiosk: [8, 17],
  phone: [9, 20],
  face_to_face: [8, 18],
}
/** Median minutes and spread (log scale) of filling in: about 60 items on the web, 5 at the counter. */
const DURATION: Readonly<Record<Mode, { readonly medianMinutes: number; readonly spread: number }>> = {
  web: { medianMinutes: 6.5, spread: 0.45 },
  kiosk: { medianMinutes: 0.9, spread: 0.35 },
  phone: { medianMinutes: 12, spread: 0.25 },
  face_to_face: { medianMinutes: 18, spread: 0.25 },
}

/** Days of a half-open stretch with their weights: by season, none of a counter's at weekends. */
export function weightedDays(from: IsoDay, to: IsoDay, mode: Mode): (readonly [IsoDay, number])[] {
  const days: (readonly [IsoDay, number])[] = []
  for (let day = from; day < to; day = addDays(day, 1)) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
    const isWeekend = weekday === 0 || weekday === 6
    const weight = (MONTH_VOLUME[Number(day.slice(5, 7)) - 1] ?? 1) * (isWeekend ? 0.5 : 1)
    if (mode === 'web' || !isWeekend) days.push([day, weight])
  }
  return days
}

/** Days a month on which a unit reminds those it has served; most web answers come then. */
const REMINDERS_PER_MONTH = 2
/** How much likelier an answer is on such a day. */
const REMINDER_PULL = 60

/** The days of one unit: on the web heavier on its own reminder days, elsewhere as they are. */
export function unitDays(
  random: Random,
  days: readonly (readonly [IsoDay, number])[],
  mode: Mode,
): (readonly [IsoDay, number])[] {
  if (mode !== 'web') return [...days]
  const ofMonth = new Set(
    Array.from({ length: REMINDERS_PER_MONTH }, () => String(1 + random.below(28)).padStart(2, '0')),
  )
  return days.map(([day, weight]) => [day, ofMonth.has(day.slice(8)) ? weight * REMINDER_PULL : weight])
}

/** When one case began and was sent, both on the same city day. */
export function drawTimes(random: Random, day: IsoDay, mode: Mode): { startedAt: Date; submittedAt: Date } {
  const [from, to] = HOURS[mode]
  const { medianMinutes, spread } = DURATION[mode]
  const startedAt = new Date(
    Date.parse(`${day}T00:00:00+07:00`) + Math.round((from + (to - from) * random.uniform()) * 60 * MINUTE_MS),
  )
  const minutes = Math.min(medianMinutes * Math.exp(spread * random.normal()), 90)
  const submittedAt = new Date(startedAt.getTime() + Math.round(minutes * MINUTE_MS))
  if (cityDay(submittedAt) !== day) throw new RangeError(`A case of ${day} ends on ${cityDay(submittedAt)}`)
  return { startedAt, submittedAt }
}

/** Months back to the transaction: at a counter it is today's, on the web mostly recent. */
export function drawTransactionOn(random: Random, day: IsoDay, mode: Mode, unitFrom: IsoDay | null): IsoDay {
  const monthsBack =
    mode === 'kiosk'
      ? 0
      : random.weighted([
          [0, 50],
          [1, 25],
          [2, 12],
          [4, 8],
          [7, 5],
        ])
  const month = addMonths(monthOf(day), -monthsBack)
  return unitFrom !== null && unitFrom > month ? unitFrom : month
}
