import type { Item } from '../questionnaire/definition.js'
import { constraintOf } from './constraint-expression.js'
import type { DraftItem } from './read-item.js'
import { type Finding, localizedIn, type SheetRow } from './sheets.js'
import { APPEARANCES } from './write-survey.js'

const READ = ['type', 'name', 'required', 'relevant', 'constraint', 'calculation']
const WORDS_OF_OURS = ['required_message', 'constraint_message']

/** What of a question's cells has no place in a questionnaire. */
export function cellFindings({ row, cells }: SheetRow, item: DraftItem): readonly Finding[] {
  const finding = (column: string, what: string): Finding => ({ sheet: 'survey', row, column, what })
  const expected = constraintOf(item as unknown as Item)?.message
  const given = localizedIn(cells, 'constraint_message')
  const isOurs = given === undefined || (given.vi === expected?.vi && given.en === expected?.en)
  return Object.entries(cells).flatMap(([column, text]) => {
    const [name = ''] = column.split('.')
    if (READ.includes(column) || name === 'label' || name === 'hint') return requiredFinding(column, text, finding)
    if (name === 'appearance') {
      return Object.values(APPEARANCES).includes(text)
        ? []
        : [finding(column, `${text}: pages have an appearance of their own`)]
    }
    if (name === 'constraint_message' && isOurs) return []
    if (WORDS_OF_OURS.includes(name)) return [finding(column, 'the form has sentences of its own for refused answers')]
    return [finding(column, `${text.slice(0, 60)}: has no place in a questionnaire, left out`)]
  })
}

function requiredFinding(
  column: string,
  text: string,
  finding: (column: string, what: string) => Finding,
): readonly Finding[] {
  const isKnown = column !== 'required' || /^(yes|no|true|false|true\(\)|false\(\))$/i.test(text)
  return isKnown ? [] : [finding(column, `required on a condition (${text}): taken as not required`)]
}
