import type { Cell } from '../../domain/microdata/variable.js'

/** A table as a sheet of a workbook. */
export interface SheetTable<Row extends object> {
  /** At most 31 characters, unlike the names of the others. */
  readonly sheet: string
  readonly columns: readonly (keyof Row & string)[]
  readonly rows: () => Iterable<Row>
}

/** In a row whose figure is hidden these say so, where a blank could be taken for nothing, or for nought. */
const FIGURES: ReadonlySet<string> = new Set([
  ...['top_two_percent', 'mean_0_100', 'low_percent', 'high_percent', 'percent', 'value', 'estimate', 'low', 'high'],
  ...['n_valid', 'standard_error'],
])

function asCell(value: unknown): Cell {
  if (typeof value === 'number' || typeof value === 'string') return value
  if (value === null || value === undefined) return null
  return typeof value === 'boolean' ? String(value) : JSON.stringify(value)
}

function* cellsOf<Row extends object>({ columns, rows }: SheetTable<Row>): Generator<readonly Cell[]> {
  for (const row of rows()) {
    const { status, reason } = row as { readonly status?: unknown; readonly reason?: unknown }
    const mark = status === 'suppressed' ? `[${asCell(reason) ?? 'hidden'}]` : null
    yield columns.map((column) => asCell(row[column]) ?? (FIGURES.has(column) ? mark : null))
  }
}

/** Equal figures give equal files, to the byte. */
const UNDATED = new Date('2000-01-01T00:00:00Z')

/** Tables as an Excel workbook: numbers as numbers, texts as texts that are never run, hidden figures as their reason in brackets. */
export async function tableWorkbook<Row extends object>(
  tables: readonly SheetTable<Row>[],
): Promise<AsyncIterable<Uint8Array>> {
  // Loaded when the first is asked for: it is no part of the way to a page.
  const { encodeWorkbook } = await import('../exports/index.js')
  const sheets = tables.map((table) => ({ name: table.sheet, header: table.columns, rows: cellsOf(table) }))
  return encodeWorkbook(sheets, UNDATED)
}
