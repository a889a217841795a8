import type { Cell, Variable } from './variable.js'
import { isMissingCode } from './variable.js'

/** Columns of the codebook, in order; the first nine are those of methodology 5. */
export const CODEBOOK_COLUMNS = [
  'variable',
  'type',
  'label_vi',
  'label_en',
  'value',
  'value_label_vi',
  'value_label_en',
  'missing',
  'question_version',
  'measure',
  'may_be_withheld',
  'note_vi',
  'note_en',
] as const

/**
 * The codebook: a row for each variable, and one more for each of its values.
 *
 * @param questionVersion of the questionnaire
 * @see Methodology 5
 */
export function codebookRows(variables: readonly Variable[], questionVersion: string): readonly (readonly Cell[])[] {
  return variables.flatMap((variable) => {
    const { name, type, label, measure, isQuasiIdentifier, note } = variable
    const facts = [questionVersion, measure, isQuasiIdentifier ? 1 : 0, note?.vi ?? null, note?.en ?? null] as const
    const row = (value: Cell, labels: Variable['label'] | null, missing: Cell) =>
      [name, type, label.vi, label.en, value, labels?.vi ?? null, labels?.en ?? null, missing, ...facts] as const
    const hasMissingCodes = variable.type === 'numeric' && variable.hasMissingCodes
    return [
      row(null, null, null),
      ...variable.values.map(({ code, label: meaning }) =>
        row(code, meaning, hasMissingCodes && isMissingCode(code as number) ? 1 : 0),
      ),
    ]
  })
}
