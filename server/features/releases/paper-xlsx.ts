/**
 * The Institute's report of a release as a workbook: the national header on the first sheet, one sheet for each large table, notes, recipients
 * and signature on the last.
 */
import writeExcelFile, { type Row } from 'write-excel-file/node'
import type { Translate } from '../../platform/text.js'
import { instituteOf } from './issuers.js'
import type { Paper, PaperChart } from './paper.view.js'
import { type SheetChart, withCharts } from './xlsx-charts.js'
import {
  across,
  BODY,
  BOLD,
  EMPTY,
  FONT,
  FRONT_WIDTHS,
  headOver,
  numberRows,
  signatureRow,
  tableRows,
  tableSheet,
  UPRIGHT,
} from './xlsx-parts.js'

function frontRows(paper: Paper, t: Translate): Row[] {
  const [accounting] = paper.tables
  return [
    ...headOver(FRONT_WIDTHS, t, instituteOf(t)),
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
    signatureRow(FRONT_WIDTHS, t, instituteOf(t)),
  ]
}

/** Rows that a chart stands on. */
const CHART_ROWS = 22
const CHART_WIDTHS = [44, 13, 13, 13, 13, 13]

/** A chart over the numbers that it is drawn from, on a sheet of its own. */
function chartSheet({ title, series, bars }: PaperChart, sheet: string) {
  const names = series.map(({ name }) => name)
  const chart: SheetChart = {
    sheet,
    title,
    colours: series.map(({ colour }) => colour),
    isStacked: series.length > 1,
    headRow: CHART_ROWS + 1,
    barCount: bars.length,
    fromRow: 0,
    toRow: CHART_ROWS - 1,
  }
  const data = [...Array<Row>(CHART_ROWS).fill(EMPTY), ...numberRows(names, bars)]
  const columns = CHART_WIDTHS.map((width) => ({ width }))
  return { chart, sheet: { sheet, data, columns, orientation: 'landscape' as const } }
}

/** Writes the paper as a workbook. */
export async function paperWorkbook(paper: Paper, t: Translate): Promise<Buffer> {
  const [, ...tables] = paper.tables
  const drawn = paper.charts.map((chart, i) => chartSheet(chart, t('paper.sheet_chart', { n: i + 1 })))
  const columns = FRONT_WIDTHS.map((width) => ({ width }))
  const sheets = [
    { sheet: t('paper.sheet_report'), data: frontRows(paper, t), columns },
    ...drawn.map(({ sheet }) => sheet),
    ...tables.map((table) => tableSheet(table, table.sheet)),
    { sheet: t('paper.sheet_notes'), data: endRows(paper, t), columns },
  ]
  const workbook = await writeExcelFile(sheets, { fontFamily: FONT, fontSize: BODY }).toBuffer()
  // The charts' sheets follow the first.
  return withCharts(workbook, new Map(drawn.map(({ chart }, i) => [i + 2, chart])))
}
