/** An official form as a workbook of one sheet. */
import writeExcelFile, { type Row } from 'write-excel-file/node'
import type { Translate } from '../../platform/text.js'
import type { OfficialForm } from './official-form.js'
import {
  across,
  BODY,
  BOLD,
  EMPTY,
  FONT,
  headOver,
  ON_ITS_SIDE,
  signatureRow,
  tableRows,
  UPRIGHT,
  widthsOf,
} from './xlsx-parts.js'

/** Writes a form. */
export async function formWorkbook(form: OfficialForm, t: Translate): Promise<Buffer> {
  const { table, issuer } = form
  const count = table.columns.length
  const page = count > 6 ? ON_ITS_SIDE : UPRIGHT
  const widths = widthsOf(table, page)
  const data: Row[] = [
    ...headOver(widths, t, issuer),
    across(count, form.title, { ...BOLD, align: 'center', fontSize: 14 }, page),
    across(count, form.about, { ...BOLD, align: 'center' }, page),
    ...form.facts.map((fact) => across(count, fact, {}, page)),
    EMPTY,
    ...tableRows(table, page),
    EMPTY,
    ...form.notes.map((note) => across(count, note, {}, page)),
    EMPTY,
    signatureRow(widths, t, issuer),
  ]
  const sheet = {
    sheet: form.sheet,
    data,
    columns: widths.map((width) => ({ width })),
    ...(count > 6 ? { orientation: 'landscape' as const } : {}),
  }
  return writeExcelFile([sheet], { fontFamily: FONT, fontSize: BODY }).toBuffer()
}
