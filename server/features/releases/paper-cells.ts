import type { ReportFormats } from '../index-reports/index.js'

/** A number of the paper: as finished text, and as what it is. */
export interface PaperNumber {
  readonly text: string
  readonly value: number
  readonly digits: 0 | 1 | 2
  /** Follows the number in its text: a mark, or the line it comes from. */
  readonly suffix: string
}
export type PaperCell = string | PaperNumber

/** A cell as finished text. */
export const cellText = (cell: PaperCell): string => (typeof cell === 'string' ? cell : cell.text)

export const countCell = (value: number, formats: ReportFormats): PaperNumber => ({
  text: formats.count(value),
  value,
  digits: 0,
  suffix: '',
})
export const percentCell = (value: number, formats: ReportFormats): PaperNumber => ({
  text: formats.number(value),
  value,
  digits: 1,
  suffix: '',
})
export const withSuffix = (cell: PaperNumber, suffix: string): PaperNumber => ({
  ...cell,
  text: `${cell.text}${suffix}`,
  suffix: `${cell.suffix}${suffix}`,
})
