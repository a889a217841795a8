import type { Translate } from '../../platform/text.js'
import type { Issuer } from './issuers.js'
import type { PaperTable } from './paper-table.js'

/** A form of one table in the layout of administrative documents, every text finished. */
export interface OfficialForm {
  readonly issuer: Issuer
  readonly title: string
  readonly about: string
  readonly facts: readonly string[]
  readonly table: PaperTable
  readonly notes: readonly string[]
  /** At the foot of each page. */
  readonly footer: string
  /** Name of the sheet, at most 31 characters. */
  readonly sheet: string
}

/** A form as `.docx` and as `.xlsx`. What writes them is loaded when the first is asked for: it is no part of the way to a page. */
export async function officialFormFiles(form: OfficialForm, t: Translate) {
  const [{ formDocument }, { formWorkbook }] = await Promise.all([import('./form-docx.js'), import('./form-xlsx.js')])
  return { docx: await formDocument(form, t), xlsx: await formWorkbook(form, t) }
}
