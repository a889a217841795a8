import { readForm } from '../../domain/xlsform/read-form.js'
import { readTables } from '../../domain/xlsform/read-tables.js'
import type { Finding } from '../../domain/xlsform/sheets.js'
import { questionnaireYaml } from '../questionnaires/index.js'
import { readWorkbook } from './read-workbook.js'

/** What came of reading a form. */
export type ImportOutcome =
  | {
      readonly kind: 'draft'
      /** Text of a questionnaire file. */
      readonly yaml: string
      /** Each thing that does not come over or was assumed, with its place. */
      readonly findings: readonly string[]
    }
  | { readonly kind: 'faults'; readonly faults: readonly string[] }

/** Reads an XLSForm workbook as a draft of a questionnaire. */
export async function importForm(bytes: Uint8Array): Promise<ImportOutcome> {
  const workbook = await readWorkbook(bytes)
  if (workbook.kind === 'faults') return workbook
  const { form, findings, faults } = readTables(workbook.tables)
  if (faults.length > 0) return { kind: 'faults', faults: faults.map(describeFinding) }
  const read = readForm(form)
  if (read.kind === 'faults') return { kind: 'faults', faults: read.faults.map(describeFinding) }
  const yaml = questionnaireYaml(read.draft)
  return { kind: 'draft', yaml, findings: [...findings, ...read.findings].map(describeFinding) }
}

/** A finding as a line: where, then what. */
export const describeFinding = ({ sheet, row, column, what }: Finding) =>
  `${sheet} row ${row}, column ${column}: ${what}`
