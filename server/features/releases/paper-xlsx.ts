/**
 * The Institute's report of a release as a workbook: the national header on the first sheet, one sheet for each large table, notes, recipients
 * and signature on the last.
 */
import writeExcelFile, { type Row } from 'write-excel-file/node'
import type { Translate } from '../../platform/text.js'
import { instituteOf } from './issuers.js'
import type { Paper } from './paper.view.js'
import {
  across,
  BODY,
  BOLD,
  EMPTY,
  FONT,
  FRONT_WIDTHS,
  headOver,
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

/** Writes the paper as a workbook. */
export async function paperWorkbook(paper: Paper, t: Translate): Promise<Buffer> {
  const [, ...tables] = paper.tables
  const sheets = [
    { sheet: t('paper.sheet_report'), data: frontRows(paper, t), columns: FRONT_WIDTHS.map((width) => ({ width })) },
    ...tables.map((table) => tableSheet(table, table.sheet)),
    { sheet: t('paper.sheet_notes'), data: endRows(paper, t), columns: FRONT_WIDTHS.map((width) => ({ width })) },
  ]
  return writeExcelFile(sheets, { fontFamily: FONT, fontSize: BODY }).toBuffer()
}
