import { stringify } from 'yaml'
import type { JsonValue } from '../../domain/questionnaire/canonical.js'
import { readForm } from '../../domain/xlsform/read-form.js'
import { readTables } from '../../domain/xlsform/read-tables.js'
import type { Finding } from '../../domain/xlsform/sheets.js'
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

const FIRST_LINE = '# yaml-language-server: $schema=schema.json\n'
const ORDER = (
  'id version respondentType title introduction consent heading paragraphs statement scales sections factors overallItem coreItems minCoreShare source ' +
  'code kind required scale allowsNotApplicable allowsDontKnow isReversed text hint lead showIf criteria'
).split(' ')

/** Reads an XLSForm workbook as a draft of a questionnaire. */
export async function importForm(bytes: Uint8Array): Promise<ImportOutcome> {
  const workbook = await readWorkbook(bytes)
  if (workbook.kind === 'faults') return workbook
  const { form, findings, faults } = readTables(workbook.tables)
  if (faults.length > 0) return { kind: 'faults', faults: faults.map(describeFinding) }
  const read = readForm(form)
  if (read.kind === 'faults') return { kind: 'faults', faults: read.faults.map(describeFinding) }
  const yaml = FIRST_LINE + stringify(inOrder(read.draft), { lineWidth: 120 })
  return { kind: 'draft', yaml, findings: [...findings, ...read.findings].map(describeFinding) }
}

/** A finding as a line: where, then what. */
export const describeFinding = ({ sheet, row, column, what }: Finding) =>
  `${sheet} row ${row}, column ${column}: ${what}`

/** Keys in the order in which people write them. */
function inOrder(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const rank = (key: string) => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length)
  const entries = Object.entries(value).sort(([a], [b]) => rank(a) - rank(b))
  return Object.fromEntries(entries.map(([key, member]) => [key, inOrder(member as JsonValue)]))
}
