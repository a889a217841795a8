import { CODEBOOK_COLUMNS, codebookRows } from '../../../domain/microdata/codebook.js'
import type { Cell } from '../../../domain/microdata/variable.js'
import type { MicrodataTable } from './microdata-file.js'
import { encodeWorkbook } from './workbook.js'

/** Rows that a sheet of Excel holds, the first with the names of columns among them. */
export const SHEET_ROWS = 1_048_576

/**
 * Rows as an Excel workbook: sheets `data`, `data 2` …, split where a sheet is full, and `codebook`.
 *
 * @param sheetRows for tests
 */
export function encodeXlsx(table: MicrodataTable, sheetRows = SHEET_ROWS): AsyncIterable<Uint8Array> {
  const { variables, rowCount, questionVersion, createdAt } = table
  const perSheet = sheetRows - 1
  const dataSheets = Math.max(1, Math.ceil(rowCount / perSheet))
  const rows = table.rows[Symbol.iterator]()
  const header = variables.map(({ name }) => name)
  const data = Array.from({ length: dataSheets }, (_, i) => ({
    name: i === 0 ? 'data' : `data ${i + 1}`,
    header,
    rows: take(rows, perSheet),
  }))
  const codebook = { name: 'codebook', header: CODEBOOK_COLUMNS, rows: codebookRows(variables, questionVersion) }
  return encodeWorkbook([...data, codebook], createdAt)
}

/** The next rows, leaving the iterator open for the next sheet. */
function* take(rows: Iterator<readonly Cell[]>, most: number): Generator<readonly Cell[]> {
  for (let i = 0; i < most; i++) {
    const { value, done } = rows.next()
    if (done) return
    yield value
  }
}
