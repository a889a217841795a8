import { addMonths } from '../survey/day.js'
import type { IsoDay } from '../survey/vocabulary.js'

/**
 * Up to which day comments may be shown to the office that they are about.
 *
 * Were each shown as it comes, an officer would know it for the one of yesterday's visitor. So comments are shown in batches: of
 * whole months that are over, and of so many months that each batch holds enough of them. What comes later waits.
 *
 * @param commented how many commented, by the first day of the month
 * @param currentMonth first day of the month that is not over
 * @returns the first day that is not shown; `null` when no batch is full
 * @example batchEnd(new Map([['2026-01-01', 3], ['2026-02-01', 2], ['2026-03-01', 4]]), '2026-04-01', 5) // '2026-03-01'
 */
export function batchEnd(commented: ReadonlyMap<IsoDay, number>, currentMonth: IsoDay, minimum: number): IsoDay | null {
  let end: IsoDay | null = null
  let waiting = 0
  for (const [month, count] of [...commented].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (month >= currentMonth) break
    waiting += count
    if (waiting < minimum) continue
    end = addMonths(month, 1)
    waiting = 0
  }
  return end
}
