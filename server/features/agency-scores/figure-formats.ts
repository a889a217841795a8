import type { PercentInterval } from '../../domain/statistics/wilson.js'
import { addDays } from '../../domain/survey/day.js'
import type { IsoDay, Language } from '../../domain/survey/vocabulary.js'

const LOCALES: Readonly<Record<Language, string>> = { vi: 'vi-VN', en: 'en-GB' }
const NBSP = '\u00a0'
const MINUS = '\u2212'

/** Writes the figures of a page in one language; the only place where they are rounded. */
export interface FigureFormats {
  /** One decimal, no sign: `78,4`. */
  number(value: number): string
  /** `78,4 %` in Vietnamese, `78.4%` in English. */
  percent(value: number): string
  /** `74,6 – 81,8` */
  interval(interval: PercentInterval): string
  /** A difference in percentage points with its sign: `+3,4`, `−5,0`, `0,0`. */
  signed(value: number): string
  /** `1.234` */
  count(value: number): string
  /** `7/2026` in Vietnamese, `Jul 2026` in English. */
  month(day: IsoDay): string
  /** `22/11/2026` in Vietnamese, `22 Nov 2026` in English. */
  day(day: IsoDay): string
  /** First and last day of a half-open stretch. */
  days(from: IsoDay, to: IsoDay): string
}

const utc = (day: IsoDay) => new Date(`${day}T00:00:00Z`)

/** The formats of a language. */
export function figureFormats(language: Language): FigureFormats {
  const locale = LOCALES[language]
  const decimal = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const dayFormat = new Intl.DateTimeFormat(locale, {
    day: '2-digit',
    month: language === 'vi' ? '2-digit' : 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
  const monthFormat = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' })
  const number = (value: number) => decimal.format(value)
  const day = (on: IsoDay) => dayFormat.format(utc(on))
  return {
    number,
    percent: (value) => `${number(value)}${language === 'vi' ? NBSP : ''}%`,
    interval: ({ lowPercent, highPercent }) => `${number(lowPercent)}${NBSP}–${NBSP}${number(highPercent)}`,
    signed: (value) => {
      const tenths = Math.round(value * 10)
      const sign = tenths > 0 ? '+' : MINUS
      return tenths === 0 ? number(0) : `${sign}${number(Math.abs(tenths) / 10)}`
    },
    count: (value) => whole.format(value),
    month: (on) => (language === 'vi' ? `${Number(on.slice(5, 7))}/${on.slice(0, 4)}` : monthFormat.format(utc(on))),
    day,
    days: (from, to) => `${day(from)} – ${day(addDays(to, -1))}`,
  }
}
