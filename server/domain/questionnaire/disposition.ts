import { type Disposition, NONRESPONSE } from '../survey/vocabulary.js'
import type { Answers, Item, Questionnaire } from './definition.js'

/**
 * How a case ended: complete when enough of the core items that apply to it are answered.
 *
 * share = answered / (asked - not applicable). "Don't know" is an answer here, a blank or a refusal is not. Where the
 * routing asks no core item (policy questions only), all rated items asked take their place. With none that applies
 * the case is partial.
 *
 * @param asked the items asked of this respondent
 * @see methodology 1.5 (validity of a questionnaire); AAPOR Standard Definitions for the two words
 */
export function dispositionOf(questionnaire: Questionnaire, asked: readonly Item[], answers: Answers): Disposition {
  const { applicable, answered } = coreCountsOf(questionnaire, asked, answers)
  return applicable > 0 && answered >= questionnaire.minCoreShare * applicable ? 'complete' : 'partial'
}

/** How many of the core items asked apply to a respondent, and how many of those are answered. */
export function coreCountsOf(questionnaire: Questionnaire, asked: readonly Item[], answers: Answers) {
  const core = asked.filter((item) => questionnaire.coreItems.includes(item.code))
  const counted = core.length > 0 ? core : asked.filter((item) => item.kind === 'rating')
  const applicable = counted.filter((item) => answers[item.code] !== NONRESPONSE.notApplicable)
  const answered = applicable.filter((item) => isAnswered(answers[item.code]))
  return { applicable: applicable.length, answered: answered.length }
}

function isAnswered(answer: Answers[string] | undefined): boolean {
  if (answer === undefined || answer === NONRESPONSE.blank || answer === NONRESPONSE.refused) return false
  return typeof answer === 'number' || answer.length > 0
}
