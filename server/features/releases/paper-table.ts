import type { FigureTexts } from '../../domain/release/compare-figures.js'
import type { Language } from '../../domain/survey/vocabulary.js'
import type { Translate } from '../../platform/text.js'
import type { ReportFormats } from '../index-reports/index.js'
import { countCell, type PaperCell, type PaperNumber, percentCell, withSuffix } from './paper-cells.js'

/** A column; `width` in percent of the page. */
export interface PaperColumn {
  readonly label: string
  readonly width: number
  readonly isNumber: boolean
}

/** A table of the paper. */
export interface PaperTable {
  readonly title: string
  readonly columns: readonly PaperColumn[]
  readonly rows: readonly { readonly cells: readonly PaperCell[]; readonly isStrong: boolean }[]
}

/** A table of the report, with the name of its sheet (at most 31 characters). */
export interface SheetTable extends PaperTable {
  readonly sheet: string
}

export const textColumn = (label: string, width: number): PaperColumn => ({ label, width, isNumber: false })
export const numberColumn = (label: string, width: number): PaperColumn => ({ label, width, isNumber: true })

/** A row of `tables.csv`, with its line there. */
export interface FrozenRow {
  readonly line: number
  readonly texts: FigureTexts
}

/** What cells are written with. */
export interface CellContext {
  readonly t: Translate
  readonly formats: ReportFormats
  readonly language: Language
}

/** The line of a file that a row stands on. */
export const lineCell = (line: number): PaperNumber => ({ text: String(line), value: line, digits: 0, suffix: '' })

export const labelOf = ({ texts }: FrozenRow, { language }: CellContext) => texts[`label_${language}`] ?? ''

/** Why a row has no figure, as its mark on paper; `null` where it has one. */
export function markOf({ status, reason }: FigureTexts, { t }: CellContext): string | null {
  if (status === 'published' || status === 'recorded' || status === 'counted') return null
  if (status === 'suppressed') return t('paper.hidden_mark', { reason: t(`paper.reason_${reason || 'too_few'}`) })
  if (status === 'withheld') return t('paper.hidden_mark', { reason: t(`paper.reason_${reason}`) })
  if (status === 'not_shown') return t('paper.hidden_mark', { reason: t('paper.reason_not_shown') })
  return '–'
}

const numberIn = ({ texts }: FrozenRow, column: string): number | null => {
  const text = texts[column] ?? ''
  return text === '' ? null : Number(text)
}

/** A count as it stands there, or nothing. */
export const countIn = (row: FrozenRow, column: string, { formats }: CellContext): PaperCell => {
  const value = numberIn(row, column)
  return value === null ? '' : countCell(value, formats)
}

/** A percent as it stands there, with its flag, or nothing. */
export const percentIn = (row: FrozenRow, column: string, { formats }: CellContext): PaperCell => {
  const value = numberIn(row, column)
  return value === null ? '' : withSuffix(percentCell(value, formats), row.texts.flag ?? '')
}

/** A number of two decimals as it stands there, or nothing. */
export const decimalIn = (row: FrozenRow, column: string, { formats }: CellContext): PaperCell => {
  const value = numberIn(row, column)
  return value === null ? '' : { text: formats.decimal(value, 2), value, digits: 2, suffix: '' }
}

/** An interval of percents as it stands there, or nothing. */
export const intervalIn = (row: FrozenRow, { formats }: CellContext, low = 'low_percent', high = 'high_percent') => {
  const [lowPercent, highPercent] = [numberIn(row, low), numberIn(row, high)]
  return lowPercent === null || highPercent === null ? '' : formats.interval({ lowPercent, highPercent })
}

/** Cells of a row: its figures, or in the first of them the mark and nothing in the others. */
export function figuresOr(
  row: FrozenRow,
  context: CellContext,
  cells: (row: FrozenRow) => readonly PaperCell[],
): readonly PaperCell[] {
  const mark = markOf(row.texts, context)
  const own = cells(row)
  return mark === null ? own : [mark, ...Array<string>(own.length - 1).fill('')]
}

/** Title and sheet of a table by its name in the texts. */
export const sheetOf = (table: string, { t }: CellContext) => ({
  title: t(`paper.table_${table}`),
  sheet: t(`paper.sheet_${table}`),
})

/** Rows that each end with their line. */
export const plainRows = (
  rows: readonly FrozenRow[],
  cellsOf: (row: FrozenRow) => readonly PaperCell[],
): PaperTable['rows'] => rows.map((row) => ({ cells: [...cellsOf(row), lineCell(row.line)], isStrong: false }))
