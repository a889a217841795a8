/**
 * A paper as a workbook in the layout of administrative documents: the national header on the first sheet, one sheet for each large
 * table, notes, recipients and signature on the last. Numbers are numbers with all their digits, shown as on paper.
 */
import writeExcelFile, { type CellObject, type Row } from 'write-excel-file/node'
import type { Translate } from '../../platform/text.js'
import type { Paper, PaperTable } from './paper.view.js'
import { cellText, type PaperCell } from './paper-cells.js'

const FONT = 'Times New Roman'
const BODY = 12
const BOLD = { fontWeight: 'bold' } as const
const BORDER = { borderStyle: 'thin', borderColor: '#000000' } as const
/** Characters that fit on the width of an A4 page, upright and on its side. */
const UPRIGHT = 76
const ON_ITS_SIDE = 112
const LINE_POINTS = 17
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
const across = (count: number, value: string, style: Style = {}, perLine = UPRIGHT): Row => [
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
  const format = `${cell.digits === 0 ? '#,##0' : '0.0'}${quoted(cell.suffix)}`
  return { value: cell.value, type: Number, format, alignVertical: 'top', ...style }
}

/** Columns in characters, on a page of so many. */
const widthsOf = ({ columns }: PaperTable, page: number): readonly number[] =>
  columns.map(({ width }) => Math.max(6, Math.round((width * page) / 100)))

/** A row as high as its longest text needs. */
function fitted(cells: readonly CellObject[], texts: readonly string[], widths: readonly number[]): Row {
  const height = Math.max(...texts.map((text, i) => heightOf(text, widths[i]!)))
  return cells.map((cell, i) => (i === 0 ? { ...cell, height } : cell))
}

function tableRows(table: PaperTable, page: number): Row[] {
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

/** Two texts beside each other over the columns of the first and last sheet. */
const pair = (left: string, right: string, style: Style = {}): Row => {
  const lines = Math.max(left.split('\n').length, right.split('\n').length)
  return [
    words(left, { align: 'center', height: LINE_POINTS * lines, ...style }),
    words(right, { align: 'center', ...style }),
  ]
}

const FRONT_COLUMNS = [{ width: 30 }, { width: 46 }]
const EMPTY: Row = [words('')]

function frontRows(paper: Paper, t: Translate): Row[] {
  const [accounting] = paper.tables
  return [
    pair(t('paper.authority'), t('paper.nation'), BOLD),
    pair(t('paper.institute'), t('paper.motto'), BOLD),
    pair(t('paper.number'), t('paper.place_date'), { fontStyle: 'italic' }),
    EMPTY,
    across(2, t('paper.report'), { ...BOLD, align: 'center', fontSize: 14 }),
    across(2, paper.about, { ...BOLD, align: 'center' }),
    ...paper.warnings.map((warning) => across(2, warning, { ...BOLD, align: 'center' })),
    EMPTY,
    across(2, t('paper.section_source'), BOLD),
    ...paper.source.map((line) => across(2, line)),
    EMPTY,
    ...tableRows(accounting!, UPRIGHT),
    EMPTY,
    across(2, t('paper.section_results'), BOLD),
    ...paper.results.map((line) => across(2, line)),
  ]
}

function endRows(paper: Paper, t: Translate): Row[] {
  return [
    across(2, t('paper.section_notes'), BOLD),
    ...paper.notes.map((note) => across(2, note)),
    EMPTY,
    pair(`${t('paper.recipients')}\n${t('paper.recipients_list')}`, t('paper.director'), BOLD),
  ]
}

function tableSheet(table: PaperTable, name: string) {
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

/** Writes the paper as a workbook. */
export async function paperWorkbook(paper: Paper, t: Translate): Promise<Buffer> {
  const [, lines, units, factors] = paper.tables
  const sheets = [
    { sheet: t('paper.sheet_report'), data: frontRows(paper, t), columns: FRONT_COLUMNS },
    tableSheet(lines!, t('paper.sheet_lines')),
    tableSheet(units!, t('paper.sheet_units')),
    tableSheet(factors!, t('paper.sheet_factors')),
    { sheet: t('paper.sheet_notes'), data: endRows(paper, t), columns: FRONT_COLUMNS },
  ]
  return writeExcelFile(sheets, { fontFamily: FONT, fontSize: BODY }).toBuffer()
}
