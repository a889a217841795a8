import { checkBranches } from './check-branches.js'
import { checkFactors } from './check-factors.js'
import { checkItems } from './check-items.js'
import { checkTexts } from './check-texts.js'
import type { Questionnaire } from './definition.js'
import type { QuestionnaireProblem } from './questionnaire-problem.js'

/**
 * Everything that is wrong with a questionnaire: missing translations, references to nothing, repeated codes, branches
 * nobody can reach, factors that cannot be scored. An empty list means it may be published.
 */
export function checkQuestionnaire(questionnaire: Questionnaire): readonly QuestionnaireProblem[] {
  return [
    ...checkTexts(questionnaire),
    ...checkItems(questionnaire),
    ...checkFactors(questionnaire),
    ...checkBranches(questionnaire),
  ]
}
