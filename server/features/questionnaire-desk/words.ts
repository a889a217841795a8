import type { Condition, Questionnaire } from '../../domain/questionnaire/definition.js'
import { offeredAnswers } from '../../domain/questionnaire/item-changes.js'
import { placedItems } from '../../domain/questionnaire/routing.js'
import { LANGUAGES, type Language, type Localized } from '../../domain/survey/vocabulary.js'
import type { DeskContext } from '../registry-desk/index.js'

/** When something is asked, in words: `S3 = 1 (Có)`. */
export function conditionText(condition: Condition, questionnaire: Questionnaire, context: DeskContext): string {
  const { t, language } = context
  if ('item' in condition) {
    const item = placedItems(questionnaire).find((placed) => placed.item.code === condition.item)?.item
    const answers = item === undefined ? [] : offeredAnswers(item, questionnaire)
    const values = condition.in.map((code) => {
      const label = answers.find((answer) => answer.code === code)?.label[language]
      return label === undefined ? String(code) : `${code} (${label})`
    })
    return `${condition.item} = ${values.join(t('questionnaires.or'))}`
  }
  if ('context' in condition)
    return `${t(CONTEXTS[condition.context])} = ${condition.in.map((value) => contextValue(condition.context, value, t)).join(t('questionnaires.or'))}`
  if ('not' in condition) return t('questionnaires.not', { what: conditionText(condition.not, questionnaire, context) })
  const parts = 'all' in condition ? condition.all : condition.any
  const joined = parts
    .map((part) => conditionText(part, questionnaire, context))
    .join(t('all' in condition ? 'questionnaires.and' : 'questionnaires.or'))
  return parts.length > 1 ? `(${joined})` : joined
}

const CONTEXTS = {
  mode: 'questionnaires.by_mode',
  unitKind: 'questionnaires.by_unit_kind',
  service: 'questionnaires.by_service',
} as const

function contextValue(context: keyof typeof CONTEXTS, value: string, t: DeskContext['t']): string {
  if (context === 'mode') return t(`reports.mode_${value}`)
  return context === 'unitKind' ? t(`units.kind_${value}`) : value
}

/** All that must hold, in words; asked of everybody where there is nothing. */
export function conditionsText(
  conditions: readonly Condition[],
  questionnaire: Questionnaire,
  context: DeskContext,
): string {
  if (conditions.length === 0) return context.t('questionnaires.everybody')
  const texts = conditions.map((condition) => conditionText(condition, questionnaire, context))
  return texts.join(context.t('questionnaires.and'))
}

/** A value of a definition, given as canonical JSON, as words. */
export function valueText(json: string | null, { t, language }: DeskContext): string {
  return json === null ? t('questionnaires.nothing') : toWords(JSON.parse(json), language, t)
}

/** Lists in lists are stretches of ages, or answers with what they speak of. */
function toWords(value: unknown, language: Language, t: DeskContext['t'], isInner = false): string {
  if (typeof value === 'boolean') return t(value ? 'questionnaires.yes' : 'questionnaires.no')
  if (value === null) return '∞'
  if (Array.isArray(value)) return value.map((part) => toWords(part, language, t, true)).join(isInner ? '–' : ', ')
  return isLocalized(value) ? value[language] : String(value)
}

const isLocalized = (value: unknown): value is Localized =>
  typeof value === 'object' && value !== null && LANGUAGES.every((language) => language in value)

/** Languages in which two values, as canonical JSON, say other words; `null`: the values are no texts. */
export function differingLanguages(before: string | null, after: string | null): readonly Language[] | null {
  const [old, now] = [before, after].map((json) => (json === null ? null : (JSON.parse(json) as unknown)))
  const texts = [old, now]
    .filter((value) => value !== null)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
  if (texts.length === 0 || !texts.every(isLocalized)) return null
  const inOne = (value: unknown, language: Language) =>
    JSON.stringify([value].flat().map((text) => (text === null ? null : (text as Localized)[language])))
  return LANGUAGES.filter((language) => inOne(old, language) !== inOne(now, language))
}
