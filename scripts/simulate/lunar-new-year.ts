import type { IsoDay } from '../../server/domain/survey/vocabulary.js'

/**
 * First day of Tết, the lunar new year as kept in Viet Nam (new moon at UTC+7), by calendar year.
 *
 * @see Hồ Ngọc Đức, "Computing the Vietnamese lunar calendar", https://www.informatik.uni-leipzig.de/~duc/amlich/ ; the
 * test compares the table with new moons by Meeus and with the Chinese calendar of ICU
 */
const FIRST_DAYS: readonly IsoDay[] = [
  '2011-02-03',
  '2012-01-23',
  '2013-02-10',
  '2014-01-31',
  '2015-02-19',
  '2016-02-08',
  '2017-01-28',
  '2018-02-16',
  '2019-02-05',
  '2020-01-25',
  '2021-02-12',
  '2022-02-01',
  '2023-01-22',
  '2024-02-10',
  '2025-01-29',
  '2026-02-17',
  '2027-02-06',
  '2028-01-26',
  '2029-02-13',
]

/** First days of Tết that are known, oldest first. */
export const LUNAR_NEW_YEARS: readonly IsoDay[] = FIRST_DAYS

const byYear = new Map(FIRST_DAYS.map((day) => [day.slice(0, 4), Date.parse(`${day}T00:00:00Z`)]))
const DAY_MS = 86_400_000

/**
 * Days from Tết of the same calendar year: 0 on its first day, negative before it.
 *
 * @throws {RangeError} for a year that the table does not have
 */
export function daysFromTet(day: IsoDay): number {
  const first = byYear.get(day.slice(0, 4))
  if (first === undefined) throw new RangeError(`The first day of Tết ${day.slice(0, 4)} is not in the table`)
  return Math.round((Date.parse(`${day}T00:00:00Z`) - first) / DAY_MS)
}
