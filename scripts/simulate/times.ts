import { addMonths, cityDay, monthOf } from '../../server/domain/survey/day.js'
import type { IsoDay, Mode } from '../../server/domain/survey/vocabulary.js'
import { dossierWeight, weekdayOf } from './calendar.js'
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

/** Days a month on which a unit reminds those it has served; most web answers come then. */
const REMINDERS_PER_MONTH = 2
/** How much likelier an answer is on such a day. */
const REMINDER_PULL = 60
const WEEKEND_PULL = 0.5

/** Days of the month on which a unit sends its reminders. */
export const drawReminders = (random: Random): ReadonlySet<number> =>
  new Set(Array.from({ length: REMINDERS_PER_MONTH }, () => 1 + random.below(28)))

/**
 * Days of a month with how many answer on each: at a counter as many as dossiers are handled, elsewhere on any day, on the
 * web most after a reminder.
 */
export function answeringDays(
  days: readonly IsoDay[],
  mode: Mode,
  reminders: ReadonlySet<number>,
): readonly (readonly [IsoDay, weight: number])[] {
  return days.map((day) => {
    if (mode === 'kiosk') return [day, dossierWeight(day)]
    const weekday = weekdayOf(day)
    const usual = weekday === 0 || weekday === 6 ? WEEKEND_PULL : 1
    return [day, mode === 'web' && reminders.has(Number(day.slice(8))) ? usual * REMINDER_PULL : usual]
  })
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
