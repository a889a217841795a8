import type { ReportFormats } from '../index-reports/index.js'

const MINUS = '\u2212'

/**
 * A difference in percentage points with its sign; none when it rounds to nothing.
 *
 * @example signedPoints(-5, formats) // '−5,0'
 */
export function signedPoints(value: number, formats: Pick<ReportFormats, 'number'>): string {
  // Rounded without its sign, or half a tenth would go up on one side and down on the other.
  const tenths = Math.round(Math.abs(value) * 10)
  const amount = formats.number(tenths / 10)
  if (tenths === 0) return amount
  return `${value > 0 ? '+' : MINUS}${amount}`
}
