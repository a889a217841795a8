import { addDays } from '../survey/day.js'
import type { IsoDay } from '../survey/vocabulary.js'

/** Public holidays with a fixed date, month and day: New Year, Reunification, Labour, National Day. Bộ luật Lao động 2019, điều 112. */
const FIXED_HOLIDAYS: ReadonlySet<string> = new Set(['01-01', '04-30', '05-01', '09-02'])

/**
 * Whether offices work on a day, as far as that is certain years ahead: no weekend, no holiday with a fixed date.
 *
 * The days of Tết, Hùng Kings' and days moved by yearly decision count as working days here: a deadline may be shown too early, never
 * too late.
 */
export function isWorkingDay(day: IsoDay): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !FIXED_HOLIDAYS.has(day.slice(5))
}

/** The last of so many working days that begin on the day after another. */
export function addWorkingDays(day: IsoDay, count: number): IsoDay {
  let last = day
  for (let left = count; left > 0; ) {
    last = addDays(last, 1)
    if (isWorkingDay(last)) left -= 1
  }
  return last
}
