import type { MicrodataPlan } from './microdata-plan.js'
import type { Cell } from './variable.js'
import type { Withholding } from './withholding.js'

/** Columns of the list, in order. */
export const WITHHELD_COLUMNS = ['variables', 'withheld_rows', 'rows', 'least_alike', 'note_en', 'note_vi'] as const

/** What was withheld, how often: one row for each quasi-identifier, then what is in no row at all. */
export function withheldList(
  { columns, source }: Pick<MicrodataPlan, 'columns' | 'source'>,
  { counts, rows, k, untouched }: Withholding,
): readonly (readonly Cell[])[] {
  const namesOf = (key: string) =>
    columns.flatMap(({ quasi, variable }) => (quasi === key ? [variable.name] : [])).join(' ')
  const texts = source.published.questionnaire.sections.flatMap(({ items }) =>
    items.filter(({ kind }) => kind === 'text'),
  )
  return [
    [null, rows - untouched, rows, k, 'Rows with something withheld', 'Số dòng có giá trị không cung cấp'],
    ...[...counts].map(([key, count]) => [namesOf(key), count, rows, k, null, null]),
    ...texts.map(({ code }) => [
      code,
      rows,
      rows,
      k,
      'Free text is not screened and not exported',
      'Ý kiến tự do chưa rà soát, không xuất',
    ]),
  ]
}
