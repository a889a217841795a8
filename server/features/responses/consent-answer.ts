import { goingOn, isConsentItem } from '../../domain/questionnaire/consent-item.js'
import type { Answers, Questionnaire } from '../../domain/questionnaire/definition.js'

const answersBefore = new WeakMap<Questionnaire, Answers>()

/** What a respondent who has consented answers to the items that ask for consent; found once per questionnaire object. */
export function consentAnswers(questionnaire: Questionnaire): Answers {
  const known = answersBefore.get(questionnaire)
  if (known !== undefined) return known
  const items = questionnaire.sections.flatMap((section) => section.items).filter(isConsentItem)
  const answers = Object.fromEntries(items.flatMap((item) => goingOn(item).map(({ code }) => [item.code, code])))
  answersBefore.set(questionnaire, answers)
  return answers
}
