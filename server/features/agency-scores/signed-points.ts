import type { ReportFormats } from '../index-reports/index.js'

const MINUS = '\u2212'

/**
 * A difference in percentage points with its sign; none when it rounds to nothing.
 *
 * @example signedPoints(-5, formats) // '−5,0'
 */
export function signedPoints(value: number, formats: Pick<ReportFormats, 'number'>): string {
  const tenths = Math.round(value * 10)
  const amount = formats.number(Math.abs(tenths) / 10)
  if (tenths === 0) return amount
  return `${tenths > 0 ? '+' : MINUS}${amount}`
}
