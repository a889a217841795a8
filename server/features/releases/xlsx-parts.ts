/** Parts of a workbook in the layout of administrative documents. Numbers are numbers with all their digits, shown as on paper. */
import type { CellObject, Row } from 'write-excel-file/node'
import type { Translate } from '../../platform/text.js'
import type { Issuer } from './issuers.js'
import { cellText, type PaperCell } from './paper-cells.js'
import type { PaperTable } from './paper-table.js'

export const FONT = 'Times New Roman'
export const BODY = 12
export const BOLD = { fontWeight: 'bold' } as const
const BORDER = { borderStyle: 'thin', borderColor: '#000000' } as const
/** Characters that fit on the width of an A4 page, upright and on its side. */
export const UPRIGHT = 76
export const ON_ITS_SIDE = 112
const LINE_POINTS = 17
const NUMBER_FORMATS = ['#,##0', '0.0', '0.00'] as const
const HEAD_COLOUR = '#E9E7E2'

type Style = Omit<CellObject, 'value' | 'type' | 'format'>

/** Text is text, whatever it begins with: nothing in a cell is ever run. */
const words = (value: string, style: Style = {}): CellObject => ({
  value: value === '' ? ' ' : value,
  type: String,
  wrap: true,
  alignVertical: 'top',
  ...style,
})

/** One text over all columns of a sheet. */
export const across = (count: number, value: string, style: Style = {}, perLine = UPRIGHT): Row => [
  words(value, { columnSpan: count, height: heightOf(value, perLine), ...style }),
  ...Array<null>(count - 1).fill(null),
]

/** Points: lines that a text takes across the page, since Excel fits no height to joined cells. */
function heightOf(value: string, perLine: number): number {
  const lines = value.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / perLine)), 0)
  return LINE_POINTS * lines
}

/** As it is written in a number's format: quotes end the text of a suffix. */
const quoted = (text: string) => (text === '' ? '' : `"${text.replaceAll('"', '')}"`)

function tableCell(cell: PaperCell, isNumber: boolean, isStrong: boolean): CellObject {
  const style: Style = { ...BORDER, ...(isStrong ? BOLD : {}), align: isNumber ? 'right' : 'left' }
  if (typeof cell === 'string') return words(cell, style)
  const format = `${NUMBER_FORMATS[cell.digits]}${quoted(cell.suffix)}`
  return { value: cell.value, type: Number, format, alignVertical: 'top', ...style }
}

/** Columns in characters, on a page of so many. */
export const widthsOf = ({ columns }: PaperTable, page: number): readonly number[] =>
  columns.map(({ width }) => Math.max(6, Math.round((width * page) / 100)))

/** A row as high as its longest text needs. */
function fitted(cells: readonly CellObject[], texts: readonly string[], widths: readonly number[]): Row {
  const height = Math.max(...texts.map((text, i) => heightOf(text, widths[i]!)))
  return cells.map((cell, i) => (i === 0 ? { ...cell, height } : cell))
}

export function tableRows(table: PaperTable, page: number): Row[] {
  const { title, columns, rows } = table
  const widths = widthsOf(table, page)
  const head = { ...BORDER, ...BOLD, align: 'center', backgroundColor: HEAD_COLOUR } as const
  const labels = columns.map(({ label }) => label)
  const headCells = labels.map((label) => words(label, head))
  return [
    across(columns.length, title, BOLD, page),
    fitted(headCells, labels, widths),
    ...rows.map(({ cells, isStrong }) => {
      const own = cells.map((cell, i) => tableCell(cell, columns[i]!.isNumber, isStrong))
      return fitted(own, cells.map(cellText), widths)
    }),
  ]
}

/** Labels with numbers beside them under the names of their columns. */
export const numberRows = (
  names: readonly string[],
  rows: readonly { readonly label: string; readonly percents: readonly number[] }[],
): Row[] => [
  ['', ...names].map((name) => words(name, { ...BORDER, ...BOLD, align: 'center', height: 2 * LINE_POINTS })),
  ...rows.map(({ label, percents }) => [
    words(label, { ...BORDER, height: LINE_POINTS }),
    ...percents.map((value) => ({ value, type: Number, format: '0.0', ...BORDER })),
  ]),
]

/** A sheet of texts has two columns, as head and foot have. */
export const FRONT_WIDTHS = [30, 46]
export const EMPTY: Row = [words('')]

/** Two texts beside each other over columns of some widths, which are shared out between them. */
function halves(widths: readonly number[], left: string, right: string, style: Style = {}): Row {
  const sum = (some: readonly number[]) => some.reduce((all, width) => all + width, 0)
  const places = widths.map((_, i) => i + 1).slice(0, -1)
  const first = places.find((count) => sum(widths.slice(0, count)) >= 0.38 * sum(widths)) ?? 1
  const parts = [
    { text: left, own: widths.slice(0, first) },
    { text: right, own: widths.slice(first) },
  ]
  const height = Math.max(...parts.map(({ text, own }) => heightOf(text, sum(own))))
  return parts.flatMap(({ text, own }) => [
    words(text, { align: 'center', height, columnSpan: own.length, ...style }),
    ...Array<null>(own.length - 1).fill(null),
  ])
}

/** National header over columns of some widths, and whose paper it is. */
export const headOver = (widths: readonly number[], t: Translate, { authority, name, number }: Issuer): Row[] => [
  halves(widths, authority, t('paper.nation'), BOLD),
  halves(widths, name, t('paper.motto'), BOLD),
  halves(widths, number, t('paper.place_date'), { fontStyle: 'italic' }),
  EMPTY,
]

/** Recipients and whoever signs, under columns of some widths. */
export const signatureRow = (widths: readonly number[], t: Translate, { recipients, signs }: Issuer): Row =>
  halves(widths, `${t('paper.recipients')}\n${recipients}`, signs, BOLD)

/** A table on a sheet of its own. */
export function tableSheet(table: PaperTable, name: string) {
  const isWide = table.columns.length > 4
  const page = isWide ? ON_ITS_SIDE : UPRIGHT
  return {
    sheet: name,
    data: tableRows(table, page),
    columns: widthsOf(table, page).map((width) => ({ width })),
    ...(isWide ? { orientation: 'landscape' as const } : {}),
    stickyRowsCount: 2,
  }
}
