import type { Condition, Questionnaire } from '../questionnaire/definition.js'
import { type PlacedItem, placedItems } from '../questionnaire/routing.js'
import { conditionsOf } from '../questionnaire/satisfiable.js'
import { LANGUAGES, type Language, type Localized } from '../survey/vocabulary.js'
import { MODE_LABELS, NONRESPONSE_LABELS } from './fact-texts.js'
import type { ValueLabel } from './variable.js'

const WORDS = {
  vi: {
    and: ' và ',
    or: ' hoặc ',
    not: 'không phải ',
    mode: 'Cách thu thập',
    unitKind: 'Loại đơn vị',
    service: 'Lĩnh vực',
  },
  en: {
    and: ' and ',
    or: ' or ',
    not: 'not ',
    mode: 'Mode of collection',
    unitKind: 'Kind of unit',
    service: 'Service',
  },
} as const satisfies Record<Language, object>

/**
 * Who is asked an item, in words; `null`: everybody.
 *
 * @example universeOf(questionnaire, placed) // { vi: 'S3 = 1 (Có)', en: 'S3 = 1 (Yes)' }
 */
export function universeOf(questionnaire: Questionnaire, placed: PlacedItem): Localized | null {
  const conditions = conditionsOf(placed)
  if (conditions.length === 0) return null
  const all: Condition = conditions.length === 1 ? conditions[0]! : { all: conditions }
  return Object.fromEntries(LANGUAGES.map((language) => [language, inWords(questionnaire, all, language)])) as Localized
}

function inWords(questionnaire: Questionnaire, condition: Condition, language: Language): string {
  const words = WORDS[language]
  const part = (one: Condition) => {
    const text = inWords(questionnaire, one, language)
    return 'all' in one || 'any' in one ? `(${text})` : text
  }
  if ('all' in condition) return condition.all.map(part).join(words.and)
  if ('any' in condition) return condition.any.map(part).join(words.or)
  if ('not' in condition) return `${words.not}(${inWords(questionnaire, condition.not, language)})`
  if ('context' in condition) {
    const labelOf = (value: string) => MODE_LABELS.find(({ code }) => code === value)?.label[language] ?? value
    const values = condition.in.map((value) => (condition.context === 'mode' ? labelOf(value) : value))
    return `${words[condition.context]} = ${values.join(', ')}`
  }
  const labels = labelsOf(questionnaire, condition.item)
  const codes = condition.in.map((code) => {
    const label = labels.find((one) => one.code === code)?.label[language]
    return label === undefined ? String(code) : `${code} (${label})`
  })
  return `${condition.item} = ${codes.join(', ')}`
}

function labelsOf(questionnaire: Questionnaire, code: string): readonly ValueLabel<number>[] {
  const item = placedItems(questionnaire).find((placed) => placed.item.code === code)?.item
  const scale = item?.kind === 'rating' ? questionnaire.scales[item.scale] : undefined
  const options = item?.kind === 'choice' || item?.kind === 'multi' ? item.options : (scale?.options ?? [])
  const bands = item?.kind === 'year' ? (item.bands ?? []) : []
  return [...options, ...bands, ...NONRESPONSE_LABELS]
}
