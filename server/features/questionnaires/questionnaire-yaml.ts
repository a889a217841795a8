import { stringify } from 'yaml'
import type { JsonValue } from '../../domain/questionnaire/canonical.js'
import type { Questionnaire } from '../../domain/questionnaire/definition.js'

const FIRST_LINE = '# yaml-language-server: $schema=schema.json\n'
const ORDER = (
  'id version respondentType title introduction consent heading paragraphs statement scales sections factors overallItem coreItems minCoreShare source ' +
  'code kind required scale allowsNotApplicable allowsDontKnow isReversed text hint lead showIf criteria'
).split(' ')

/** A questionnaire, whole or in part, as the text of a questionnaire file with its keys in the order in which people write them. */
export const questionnaireYaml = (value: JsonValue | Questionnaire): string =>
  FIRST_LINE + stringify(inOrder(value as JsonValue), { lineWidth: 120, aliasDuplicateObjects: false })

function inOrder(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const rank = (key: string) => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length)
  const entries = Object.entries(value).sort(([a], [b]) => rank(a) - rank(b))
  return Object.fromEntries(entries.map(([key, member]) => [key, inOrder(member as JsonValue)]))
}
