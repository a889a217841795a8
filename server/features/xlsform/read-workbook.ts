import readSheets from 'read-excel-file/universal'
import type { Tables } from '../../domain/xlsform/read-tables.js'
import { SHEETS } from '../../domain/xlsform/sheets.js'
import { trapsIn } from './workbook-parts.js'

/** A form of some thousand questions is far below. */
export const MAX_FORM_BYTES = 10 * 1024 * 1024
const ZIP = [0x50, 0x4b]
const OLD_EXCEL = [0xd0, 0xcf, 0x11, 0xe0]

export type WorkbookReading =
  | { readonly kind: 'tables'; readonly tables: Tables }
  /** Sentences without a full stop that say what to do. */
  | { readonly kind: 'faults'; readonly faults: readonly string[] }

const startsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, i) => bytes[i] === byte)
const isOfForm = (sheet: string) => (SHEETS as readonly string[]).includes(sheet.trim().toLowerCase())

/** Reads the sheets of a form out of an Excel workbook; other sheets are passed over. */
export async function readWorkbook(bytes: Uint8Array): Promise<WorkbookReading> {
  const refused = refuse(bytes)
  if (refused.length > 0) return { kind: 'faults', faults: refused }
  try {
    const whole = new Blob([Uint8Array.from(bytes)])
    const sheets = (await readSheets(whole)).filter(({ sheet }) => isOfForm(sheet))
    const dates = sheets.flatMap(({ sheet, data }) => dateFaults(sheet, data))
    if (dates.length > 0) return { kind: 'faults', faults: dates }
    return {
      kind: 'tables',
      tables: new Map(sheets.map(({ sheet, data }) => [sheet, data.map((row) => row.map(textOf))])),
    }
  } catch (error) {
    return { kind: 'faults', faults: [BROKEN, ...(error instanceof Error ? [error.message] : [])] }
  }
}

const BROKEN = 'it is no Excel workbook, or a broken one: open it in Excel and save it as .xlsx again'

function refuse(bytes: Uint8Array): readonly string[] {
  if (startsWith(bytes, OLD_EXCEL)) {
    return ['it is an old .xls file or has a password: save it as .xlsx without one']
  }
  if (!startsWith(bytes, ZIP)) return [BROKEN]
  if (bytes.length > MAX_FORM_BYTES)
    return [`it has ${bytes.length} bytes, a form at most ${MAX_FORM_BYTES}: take out pictures`]
  try {
    const traps = trapsIn(bytes)
    if (traps === 'too_large')
      return ['it has more than 1,000 parts or unpacks to more than 50 MB: take out what does not belong to the form']
    return traps
      .filter(({ sheet }) => isOfForm(sheet))
      .map(({ sheet, cell, kind }) =>
        kind === 'formula'
          ? `${sheet} ${cell}: has a formula; paste it as a value`
          : `${sheet} ${cell}: cells are merged; undo that and fill each`,
      )
  } catch {
    return [BROKEN]
  }
}

function dateFaults(sheet: string, data: readonly (readonly unknown[])[]): readonly string[] {
  return data.flatMap((row, i) =>
    row.some((cell) => cell instanceof Date)
      ? [`${sheet} row ${i + 1}: Excel has made a date of a cell; format it as text and type it again`]
      : [],
  )
}

const textOf = (cell: unknown): string => (cell === null || cell === undefined ? '' : String(cell))
