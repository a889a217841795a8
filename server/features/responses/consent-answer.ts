import type { Answers, ChoiceItem, Item, Questionnaire } from '../../domain/questionnaire/definition.js'

/** Answers of a choice item that let the case go on. */
const goingOn = ({ options, stopsAt = [] }: ChoiceItem) => options.filter(({ code }) => !stopsAt.includes(code))

/**
 * Whether an item asks for consent: one answer goes on, all others end the case.
 *
 * The box that is ticked under the consent text answers it, so it is not asked a second time.
 */
export function isConsentItem(item: Item): item is ChoiceItem {
  return item.kind === 'choice' && item.stopsAt !== undefined && goingOn(item).length === 1
}

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
