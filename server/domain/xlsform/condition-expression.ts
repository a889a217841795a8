import { goingOn, isConsentItem } from '../questionnaire/consent-item.js'
import type { Condition, Item, Questionnaire, YearItem } from '../questionnaire/definition.js'
import { possibleCodes } from '../questionnaire/possible-answers.js'
import { placedItems } from '../questionnaire/routing.js'
import { conditionsOf } from '../questionnaire/satisfiable.js'
import { NONRESPONSE } from '../survey/vocabulary.js'
import { CASE, CONTEXT_FIELDS, TICKED } from './case-fields.js'

/** A condition that nobody meets. */
export const NEVER = 'false()'

/** The year of the interview in XPath. */
export const THIS_YEAR = "number(format-date(today(), '%Y'))"

/**
 * A condition as the expression that forms of ODK and Kobo route by.
 *
 * Answers to questions that are not asked are empty there, so that they meet no comparison, as here. "Left blank" is an empty answer to a
 * question that is asked.
 *
 * @example expressionOf(questionnaire, { item: 'S3', in: [1, 2] }) // "(${S3} = '1' or ${S3} = '2')"
 */
export function expressionOf(questionnaire: Questionnaire, condition: Condition): string {
  const inner = (part: Condition) => expressionOf(questionnaire, part)
  if ('item' in condition) {
    const placed = placedItems(questionnaire).find(({ item }) => item.code === condition.item)
    if (placed === undefined) return NEVER
    const asked = conditionsOf(placed).map(inner).join(' and ')
    return anyOf(condition.in.map((code) => answerIs(placed.item, code, asked)))
  }
  if ('context' in condition) {
    return anyOf(condition.in.map((value) => `\${${CONTEXT_FIELDS[condition.context]}} = '${value}'`))
  }
  if ('not' in condition) return `not(${inner(condition.not)})`
  if ('all' in condition) return allOf(condition.all.map(inner))
  return anyOf(condition.any.map(inner))
}

const anyOf = (parts: readonly string[]) => (parts.length === 1 ? parts[0]! : `(${parts.join(' or ')})`)
const allOf = (parts: readonly string[]) => (parts.length === 1 ? parts[0]! : `(${parts.join(' and ')})`)

function answerIs(item: Item, code: number, asked: string): string {
  const field = `\${${item.code}}`
  if (isConsentItem(item)) return goingOn(item)[0]?.code === code ? `\${${CASE.consent}} = '${TICKED}'` : NEVER
  if (item.kind === 'multi') return `selected(${field}, '${code}')`
  if (code === NONRESPONSE.blank) return asked === '' ? `${field} = ''` : `(${field} = '' and ${asked})`
  return item.kind === 'year' ? ageIs(item, field, code) : `${field} = '${code}'`
}

/** The form asks for the year itself; the band is worked out here as `readYear` does. */
function ageIs(item: YearItem, field: string, code: number): string {
  const band = item.bands?.find((one) => one.code === code)
  if (band === undefined) return NEVER
  const age = `${THIS_YEAR} - ${field}`
  const from = `${age} >= ${band.fromAge}`
  return band.toAge === null ? from : `(${from} and ${age} <= ${band.toAge})`
}

/** Codes of an item that somebody chooses: all but blank. */
export function chosenCodes(item: Item, scales: Questionnaire['scales']): readonly number[] {
  return (possibleCodes(item, scales) ?? []).filter((code) => code !== NONRESPONSE.blank)
}
