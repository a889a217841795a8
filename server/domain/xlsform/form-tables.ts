import { headingOf, SHEETS, type SheetName, type XlsForm } from './sheets.js'

/** A sheet with its headings. */
export interface FormTable {
  readonly name: SheetName
  readonly header: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
}

/** Columns in the order in which people are used to them; those without a cell are left out. */
const ORDER = (
  'list_name type name label.vi label.en hint.vi hint.en required relevant constraint constraint_message.vi ' +
  'constraint_message.en appearance calculation unit_kind form_title form_id version default_language style ' +
  'part json reason_vi reason_en'
).split(' ')

/** The sheets of a form as tables, ready for a workbook. */
export function formTables(form: XlsForm): readonly FormTable[] {
  return SHEETS.map((name) => {
    const rows = form[name]
    const columns = ORDER.filter((column) => rows.some(({ cells }) => cells[column] !== undefined))
    return {
      name,
      header: columns.map(headingOf),
      rows: rows.map(({ cells }) => columns.map((column) => cells[column] ?? null)),
    }
  })
}
