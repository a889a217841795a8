import type { Item } from '../questionnaire/definition.js'
import { constraintOf } from './constraint-expression.js'
import type { DraftItem } from './read-item.js'
import { type Cells, type Finding, localizedIn, type SheetRow } from './sheets.js'
import { APPEARANCES } from './write-survey.js'

const OF_QUESTIONS = ['required', 'relevant', 'constraint', 'calculation', 'appearance']
const YES = /^(yes|true|true\(\))$/i
const YES_OR_NO = /^(yes|no|true|false|true\(\)|false\(\))$/i

/** Whether the column `required` says yes; a condition there is told by `cellFindings`. */
export const isRequired = ({ required = '' }: Cells): boolean => YES.test(required)

/** What of a question's cells has no place in a questionnaire. */
export function cellFindings(row: SheetRow, item: DraftItem): readonly Finding[] {
  const { required, calculation } = row.cells
  return [
    ...strayCells(row, [...OF_QUESTIONS, 'hint', ...(hasOurMessage(row, item) ? ['constraint_message'] : [])]),
    ...(required === undefined || YES_OR_NO.test(required)
      ? []
      : [finding(row, 'required', `required on a condition (${required}): taken as not required`)]),
    ...(calculation === undefined || item.kind === 'context'
      ? []
      : [finding(row, 'calculation', 'answers are not calculated: left out')]),
  ]
}

/** Cells of a row in columns that nothing is made of, and texts with answers in them. */
export function strayCells(row: SheetRow, columns: readonly string[]): readonly Finding[] {
  const kept = [...columns, 'type', 'name', 'label']
  return Object.entries(row.cells).flatMap(([column, text]) => {
    const [name = ''] = column.split('.')
    if (!kept.includes(name)) return [finding(row, column, MESSAGES.includes(name) ? OWN_SENTENCES : NO_PLACE)]
    if (name === 'appearance') return appearance(row, text)
    const isFilledIn = (name === 'label' || name === 'hint') && text.includes('${')
    return isFilledIn ? [finding(row, column, 'answers inside texts are not filled in: word it without')] : []
  })
}

const OWN_SENTENCES = 'refused answers have sentences of our own'
const NO_PLACE = 'has no place in a questionnaire: left out'
const MESSAGES = ['required_message', 'constraint_message']

const finding = ({ row }: SheetRow, column: string, what: string): Finding => ({ sheet: 'survey', row, column, what })

const appearance = (row: SheetRow, text: string): readonly Finding[] =>
  Object.values(APPEARANCES).includes(text)
    ? []
    : [finding(row, 'appearance', `${text}: pages have an appearance of their own`)]

/** Whether the sentence for a refused answer is the one that a form of ours has. */
function hasOurMessage({ cells }: SheetRow, item: DraftItem): boolean {
  const given = localizedIn(cells, 'constraint_message')
  const ours = constraintOf(item as unknown as Item)?.message
  return given !== undefined && given.vi === ours?.vi && given.en === ours?.en
}
