import type { PercentInterval } from '../../domain/statistics/wilson.js'
import { addDays } from '../../domain/survey/day.js'
import type { IsoDay, Language, Period } from '../../domain/survey/vocabulary.js'
import type { Translate } from '../../platform/text.js'

const NBSP = '\u00a0'

/** Writes numbers and days of a report in one language; the only place where they are rounded. */
export interface ReportFormats {
  /** One decimal: `78,4` in Vietnamese, `78.4` in English. */
  number(value: number): string
  /** As many decimals as wanted: correlations take two, p values three. */
  decimal(value: number, digits: number): string
  /** `78,4 %` in Vietnamese, `78.4%` in English. */
  percent(value: number): string
  /** A difference in points with its sign, one decimal: `+3,4`, `−5,0`. */
  signed(value: number): string
  /** `74,6 – 81,8` */
  interval(interval: PercentInterval): string
  /** `1.234` in Vietnamese, `1,234` in English. */
  count(value: number): string
  /** `03/2026` */
  month(day: IsoDay): string
  /** `quý III/2026` in Vietnamese, `Q3 2026` in English. */
  quarter(day: IsoDay): string
  /** `22/11/2026` in Vietnamese, `22 Nov 2026` in English, where the order of day and month is not told by the numbers. */
  day(day: IsoDay): string
}

const LOCALES: Readonly<Record<Language, string>> = { vi: 'vi-VN', en: 'en-GB' }

const DAY_SHAPES = {
  vi: { day: '2-digit', month: '2-digit' },
  en: { day: 'numeric', month: 'short' },
} as const

/** Keeps an interval on one line: browsers break after its dash even before a no-break space. */
export const unbroken = (interval: string): string => interval.replace('–', '–\u2060')

const QUARTERS = ['I', 'II', 'III', 'IV']

function quarterText(day: IsoDay, language: Language): string {
  const index = Math.floor((Number(day.slice(5, 7)) - 1) / 3)
  const year = day.slice(0, 4)
  return language === 'vi' ? `quý${NBSP}${QUARTERS[index]}/${year}` : `Q${index + 1}${NBSP}${year}`
}

/** The formats of a language. */
export function reportFormats(language: Language): ReportFormats {
  const decimal = new Intl.NumberFormat(LOCALES[language], { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const whole = new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 0 })
  const dayFormat = new Intl.DateTimeFormat(LOCALES[language], {
    ...DAY_SHAPES[language],
    year: 'numeric',
    timeZone: 'UTC',
  })
  const difference = new Intl.NumberFormat(LOCALES[language], {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  })
  const number = (value: number) => decimal.format(value)
  return {
    number,
    // A true minus sign; what rounds to nothing has no sign.
    signed: (value) => difference.format(value).replace('-', '\u2212'),
    decimal: (value, digits) =>
      new Intl.NumberFormat(LOCALES[language], { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
        value,
      ),
    percent: (value) => `${number(value)}${language === 'vi' ? NBSP : ''}%`,
    interval: ({ lowPercent, highPercent }) => `${number(lowPercent)}${NBSP}–${NBSP}${number(highPercent)}`,
    count: (value) => whole.format(value),
    month: (day) => `${day.slice(5, 7)}/${day.slice(0, 4)}`,
    quarter: (day) => quarterText(day, language),
    day: (day) => dayFormat.format(new Date(`${day}T00:00:00Z`)),
  }
}

/** A half-open period in words, last day included; `null` when it is unbounded. */
export function periodText({ from, to }: Period, t: Translate, formats: ReportFormats): string | null {
  if (from !== null && to !== null) {
    return t('reports.period_between', { from: formats.day(from), to: formats.day(addDays(to, -1)) })
  }
  if (from !== null) return t('reports.period_from', { from: formats.day(from) })
  return to === null ? null : t('reports.period_until', { to: formats.day(addDays(to, -1)) })
}
