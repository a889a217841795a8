import type { Method } from '../../domain/method/method.js'
import { decimalsOf } from '../../domain/method-report/decimals.js'
import type { MethodFigures } from '../../domain/method-report/method-report.js'
import type { Language } from '../../domain/survey/vocabulary.js'
import type { Translate } from '../../platform/text.js'
import { type ReportFormats, reportFormats } from '../index-reports/index.js'

const LOCALES: Readonly<Record<Language, string>> = { vi: 'vi-VN', en: 'en-GB' }
const NBSP = '\u00a0'

/** What pages and console are written with. */
export interface MethodContext {
  readonly language: Language
  readonly t: Translate
  readonly formats: MethodFormats
}

/** Writes the numbers of one method in one language; the only place where they are rounded for people. */
export interface MethodFormats extends Pick<ReportFormats, 'count' | 'day'> {
  value(value: number): string
  /** A place on a scale, without decimals that say nothing: `100`. */
  mark(value: number): string
  /** `74,6 – 81,8`; empty without an interval. */
  interval(interval: MethodFigures['interval']): string
}

/** The formats of a method's own number of decimals. */
export function methodFormats(language: Language, { range }: Pick<Method, 'range'>): MethodFormats {
  const digits = decimalsOf(range)
  const decimal = new Intl.NumberFormat(LOCALES[language], {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  // A minus of its own, not a hyphen; and never "-0,0".
  const value = (number: number) =>
    decimal
      .format(number)
      .replace(/^-(?=[0.,]*$)/, '')
      .replace(/^-/, '−')
  const short = new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: digits })
  const { count, day } = reportFormats(language)
  return {
    count,
    day,
    value,
    mark: (number) => short.format(number).replace(/^-/, '−'),
    interval: (interval) => (interval === null ? '' : `${value(interval.low)}${NBSP}–${NBSP}${value(interval.high)}`),
  }
}
