import { columnOf, type Finding, SHEETS, type SheetName, type SheetRow, TRANSLATED, type XlsForm } from './sheets.js'

/** Sheets of a workbook by name, each as rows of texts; the first row has the headings. */
export type Tables = ReadonlyMap<string, readonly (readonly string[])[]>

/** The rows of a form's sheets, what of them is passed over, and why nothing can be made of the workbook. */
export interface ReadTables {
  readonly form: XlsForm
  readonly findings: readonly Finding[]
  readonly faults: readonly Finding[]
}

const NEEDED: Readonly<Partial<Record<SheetName, readonly string[]>>> = {
  survey: ['type', 'name'],
  choices: ['list_name', 'name'],
  not_carried_over: ['part', 'json'],
}

/** Columns that tell people something and no tool. */
const FOR_PEOPLE = ['reason_vi', 'reason_en']

/** Finds the sheets of a form in a workbook and reads their headings. */
export function readTables(tables: Tables): ReadTables {
  const byName = new Map([...tables].map(([name, rows]) => [name.trim().toLowerCase(), rows]))
  const language = settingIn(byName.get('settings') ?? [], 'default_language')
  const read = SHEETS.map((sheet) => [sheet, readSheet(sheet, byName.get(sheet) ?? [], language)] as const)
  const missing: readonly Finding[] = byName.has('survey')
    ? []
    : [
        {
          sheet: 'survey',
          row: 1,
          column: 'type',
          what: `there is no sheet survey, only ${[...tables.keys()].join(', ')}`,
        },
      ]
  return {
    form: Object.fromEntries(read.map(([sheet, { rows }]) => [sheet, rows])) as unknown as XlsForm,
    findings: read.flatMap(([, { findings }]) => findings),
    faults: [...missing, ...read.flatMap(([, { faults }]) => faults)],
  }
}

function settingIn([headings, values]: readonly (readonly string[])[], name: string): string | undefined {
  const at = headings?.findIndex((heading) => columnOf(heading, undefined) === name) ?? -1
  return at < 0 ? undefined : values?.[at] || undefined
}

function readSheet(sheet: SheetName, table: readonly (readonly string[])[], language: string | undefined) {
  const [headings = [], ...body] = table
  const columns = headings.map((heading) => columnOf(heading, language))
  const findings: Finding[] = []
  const faults: Finding[] = []
  const isUsed = (at: number) => body.some((cells) => (cells[at] ?? '') !== '')
  for (const [at, column] of columns.entries()) {
    if (column !== '' && columns.indexOf(column) < at) {
      faults.push({ sheet, row: 1, column, what: 'two columns have this heading: take one out' })
    } else if (column === '' && isUsed(at)) {
      findings.push({ sheet, row: 1, column: `number ${at + 1}`, what: 'the column has no heading: left out' })
    } else if (isForeign(column) && isUsed(at)) {
      findings.push({
        sheet,
        row: 1,
        column,
        what: 'neither a known column nor a text in Vietnamese or English: left out',
      })
    }
  }
  const lacking = (NEEDED[sheet] ?? []).filter((column) => table.length > 0 && !columns.includes(column))
  for (const column of lacking)
    faults.push({ sheet, row: 1, column, what: 'the sheet needs a column with this heading' })
  const isRead = columns.map((column) => column !== '' && !isForeign(column) && !FOR_PEOPLE.includes(column))
  const rows = body.map((cells, i): SheetRow => ({ row: i + 2, cells: named(columns, cells, isRead) }))
  return { rows: rows.filter(({ cells }) => Object.keys(cells).length > 0), findings, faults }
}

const named = (columns: readonly string[], cells: readonly string[], isRead: readonly boolean[]) =>
  Object.fromEntries(
    columns.flatMap((column, at) => {
      const text = (cells[at] ?? '').normalize('NFC').trim()
      return isRead[at] && text !== '' ? [[column, text] as const] : []
    }),
  )

/** A heading such as `label::Français (fr)`. */
const isForeign = (column: string) =>
  TRANSLATED.some((name) => new RegExp(`^${name}\\s*::?`, 'i').test(column)) || column.includes('::')
