import type { Item, Questionnaire, Section } from '../../domain/questionnaire/definition.js'
import { offeredAnswers } from '../../domain/questionnaire/item-changes.js'
import { LANGUAGES, type Language } from '../../domain/survey/vocabulary.js'
import type { DeskContext } from '../registry-desk/index.js'
import { conditionText } from './words.js'

/** A questionnaire as citizens read it, each text in every language side by side. */
export function toPreview(questionnaire: Questionnaire, context: DeskContext) {
  const { consent } = questionnaire
  return {
    opening: LANGUAGES.map((lang) => ({
      lang,
      title: questionnaire.title[lang],
      introduction: questionnaire.introduction[lang],
      heading: consent.heading[lang],
      paragraphs: consent.paragraphs.map((paragraph) => paragraph[lang]),
      statement: consent.statement[lang],
    })),
    consentVersion: consent.version,
    sections: questionnaire.sections.map((section) => toSection(section, questionnaire, context)),
    factors: questionnaire.factors.map((factor) => ({
      code: factor.code,
      name: factor.name[context.language],
      role: context.t(`questionnaires.role_${factor.role}`),
      items: factor.items.join(', '),
    })),
  }
}

function toSection(section: Section, questionnaire: Questionnaire, context: DeskContext) {
  return {
    code: section.code,
    heading: section.title[context.language],
    names: LANGUAGES.map((lang) => ({ lang, title: section.title[lang], lead: section.lead?.[lang] ?? null })),
    showIf: section.showIf ? conditionText(section.showIf, questionnaire, context) : null,
    items: section.items.map((item) => toItem(item, questionnaire, context)),
  }
}

function toItem(item: Item, questionnaire: Questionnaire, context: DeskContext) {
  const { t } = context
  return {
    code: item.code,
    facts: [
      t(`questionnaires.kind_${item.kind}`),
      ...(item.required ? [t('questionnaires.is_required')] : []),
      ...(item.kind === 'rating' && item.isReversed ? [t('questionnaires.is_reversed')] : []),
      ...(item.kind === 'multi' ? [t('questionnaires.at_most', { count: item.maxChoices })] : []),
    ].join(' · '),
    showIf: item.showIf ? conditionText(item.showIf, questionnaire, context) : null,
    texts: LANGUAGES.map((lang) => ({
      lang,
      text: item.text[lang],
      hint: item.hint?.[lang] ?? null,
      answers: answersOf(item, questionnaire, lang),
    })),
  }
}

/** Answers in the order of the page, with what stands apart from the scale. */
function answersOf(item: Item, questionnaire: Questionnaire, lang: Language) {
  const own = offeredAnswers(item, questionnaire).map(({ code, label }) => ({ code: String(code), label: label[lang] }))
  const scale = item.kind === 'rating' ? questionnaire.scales[item.scale] : undefined
  const aside = [
    ...(item.kind === 'rating' && item.allowsNotApplicable ? [scale?.notApplicable[lang] ?? ''] : []),
    ...(item.kind === 'rating' && item.allowsDontKnow ? [scale?.dontKnow[lang] ?? ''] : []),
  ]
  return [...own, ...aside.map((label) => ({ code: '–', label }))]
}
