import { isConsentItem } from '../questionnaire/consent-item.js'
import type { Item, Questionnaire, Section } from '../questionnaire/definition.js'
import type { Localized, Mode } from '../survey/vocabulary.js'
import {
  CASE,
  CASE_TEXTS,
  CONSENT_PREFIX,
  LEAD_PREFIX,
  PAGE_PREFIX,
  SERVICE_LIST,
  UNIT_KIND_COLUMN,
  UNIT_LIST,
} from './case-fields.js'
import { expressionOf, NEVER } from './condition-expression.js'
import { constraintOf } from './constraint-expression.js'
import { type Cells, localizedCells } from './sheets.js'

/** One screen, and a list that is searched by typing. */
export const APPEARANCES = { page: 'field-list', long: 'minimal autocomplete', text: 'multiline', month: 'month-year' }

/** Texts may not hold `${`, which forms take for an answer. */
const labels = (column: 'label' | 'hint', text: Localized | undefined): Cells =>
  localizedCells(column, text && { vi: text.vi.replaceAll('${', '$ {'), en: text.en.replaceAll('${', '$ {') })

const row = (type: string, name: string, label?: Localized, more: Cells = {}): Cells => ({
  type,
  name,
  ...labels('label', label),
  ...more,
})

const group = (name: string, label: Localized, rows: readonly Cells[], more: Cells = {}): readonly Cells[] => [
  row('begin_group', name, label, { appearance: APPEARANCES.page, ...more }),
  ...rows,
  row('end_group', name),
]

const required: Cells = { required: 'yes' }

/** What is asked about the case, since no link says it: unit, service, month; and what is known of the form itself. */
export function caseRows(mode: Mode, hash: string): readonly Cells[] {
  const kind = `instance('${UNIT_LIST}')/root/item[name = \${${CASE.unit}}]/${UNIT_KIND_COLUMN}`
  const long = { ...required, appearance: APPEARANCES.long }
  const month = { ...required, appearance: APPEARANCES.month, constraint: '. <= today()' }
  return [
    row('start', 'start'),
    row('end', 'end'),
    ...group(CASE.group, CASE_TEXTS.group, [
      row(`select_one ${UNIT_LIST}`, CASE.unit, CASE_TEXTS.unit, long),
      row(`select_one ${SERVICE_LIST}`, CASE.service, CASE_TEXTS.service, long),
      row('date', CASE.month, CASE_TEXTS.month, {
        ...month,
        ...localizedCells('constraint_message', CASE_TEXTS.future),
      }),
      row('calculate', CASE.mode, undefined, { calculation: `'${mode}'` }),
      row('calculate', CASE.unitKind, undefined, { calculation: kind }),
      row('calculate', CASE.questionnaire, undefined, { calculation: `'${hash}'` }),
    ]),
  ]
}

/** Introduction and consent; the box must be ticked. */
export function openingRows({ introduction, consent }: Questionnaire): readonly Cells[] {
  return [
    row('note', CASE.introduction, introduction),
    ...group(CASE.consentGroup, consent.heading, [
      ...consent.paragraphs.map((paragraph, i) => row('note', `${CONSENT_PREFIX}${i + 1}`, paragraph)),
      row('acknowledge', CASE.consent, consent.statement, required),
    ]),
  ]
}

/** A section as a page of the form. */
export function sectionRows(
  questionnaire: Questionnaire,
  { code, title, lead, showIf, items }: Section,
  listOf: (item: Item) => string | undefined,
): readonly Cells[] {
  const relevant: Cells = showIf === undefined ? {} : { relevant: expressionOf(questionnaire, showIf) }
  const rows = [
    ...(lead === undefined ? [] : [row('note', `${LEAD_PREFIX}${code}`, lead)]),
    ...items.map((item) => itemRow(questionnaire, item, listOf(item))),
  ]
  return group(`${PAGE_PREFIX}${code}`, title, rows, relevant)
}

/** The box under the consent text answers the item that asks for consent: it stands in the form and is not asked again. */
function relevantOf(questionnaire: Questionnaire, item: Item): Cells {
  if (isConsentItem(item)) return { relevant: NEVER }
  return item.showIf === undefined ? {} : { relevant: expressionOf(questionnaire, item.showIf) }
}

/** Without a unit to choose today, the place is typed. */
const typeOf = (item: Item, list: string | undefined) => {
  if (list !== undefined) return `${TYPES[item.kind]} ${list}`
  return item.kind === 'unit' ? 'text' : TYPES[item.kind]
}

const TYPES: Readonly<Record<Item['kind'], string>> = {
  rating: 'select_one',
  choice: 'select_one',
  multi: 'select_multiple',
  unit: 'select_one',
  year: 'integer',
  text: 'text',
  context: 'calculate',
}

function itemRow(questionnaire: Questionnaire, item: Item, list: string | undefined): Cells {
  const relevant = relevantOf(questionnaire, item)
  if (item.kind === 'context') {
    const calculation = `\${${item.source === 'unit' ? CASE.unit : CASE.service}}`
    return row('calculate', item.code, undefined, { calculation, ...relevant })
  }
  const constraint = constraintOf(item)
  const limits: Cells = constraint
    ? { constraint: constraint.expression, ...localizedCells('constraint_message', constraint.message) }
    : {}
  return row(typeOf(item, list), item.code, item.text, {
    ...labels('hint', item.hint),
    ...(item.required ? required : {}),
    ...relevant,
    ...limits,
    ...(item.kind === 'text' ? { appearance: APPEARANCES.text } : {}),
    ...(item.kind === 'unit' ? { appearance: APPEARANCES.long } : {}),
  })
}
