import type { Condition, Questionnaire } from './definition.js'
import { possibleCodes } from './possible-answers.js'
import { type ProblemPath, problemAt, type QuestionnaireProblem } from './questionnaire-problem.js'
import { type PlacedItem, placedItems } from './routing.js'
import { conditionsOf, isSatisfiable, type SearchBudget, searchBudget } from './satisfiable.js'

/**
 * Conditions that look at the wrong items or codes, and branches nobody can reach.
 *
 * Satisfiability is only asked of questionnaires whose references are sound.
 */
export function checkBranches(questionnaire: Questionnaire): readonly QuestionnaireProblem[] {
  const references = questionnaire.sections.flatMap((section, s) => [
    ...checkReferences(questionnaire, section.showIf, ['sections', s, 'showIf'], s),
    ...section.items.flatMap((item, i) =>
      checkReferences(questionnaire, item.showIf, ['sections', s, 'items', i, 'showIf'], s, i),
    ),
  ])
  const isSound = references.every((problem) => problem.code === 'unknown_code')
  return isSound ? [...references, ...deadBranches(questionnaire)] : references
}

function checkReferences(
  questionnaire: Questionnaire,
  condition: Condition | undefined,
  path: ProblemPath,
  sectionPosition: number,
  itemPosition = 0,
): readonly QuestionnaireProblem[] {
  if (condition === undefined) return []
  if (!('item' in condition)) {
    return partsOf(condition, path).flatMap(([part, at]) =>
      checkReferences(questionnaire, part, at, sectionPosition, itemPosition),
    )
  }
  const places = placedItems(questionnaire)
  const section = questionnaire.sections[sectionPosition]
  const target = places.findIndex(({ item }) => item.code === condition.item)
  const found = places[target]
  if (found === undefined) return [problemAt(path, 'unknown_item', { name: condition.item })]
  const here = places.findIndex((placed) => placed.section === section) + itemPosition
  if (target >= here) return [problemAt(path, 'forward_reference', { name: condition.item })]
  const codes = possibleCodes(found.item, questionnaire.scales)
  if (codes === undefined) return [problemAt(path, 'no_codes', { name: condition.item })]
  return condition.in
    .filter((code) => !codes.includes(code))
    .map((value) => problemAt([...path, 'in'], 'unknown_code', { name: condition.item, value }))
}

/** The conditions a condition is made of, with their paths. */
function partsOf(condition: Condition, path: ProblemPath): readonly (readonly [Condition, ProblemPath])[] {
  if ('not' in condition) return [[condition.not, [...path, 'not']]]
  if ('all' in condition) return condition.all.map((part, i) => [part, [...path, 'all', i]])
  if ('any' in condition) return condition.any.map((part, i) => [part, [...path, 'any', i]])
  return []
}

function deadBranches(questionnaire: Questionnaire): readonly QuestionnaireProblem[] {
  const budget = searchBudget()
  return questionnaire.sections.flatMap((section, s) => {
    const dead = deadParts(questionnaire, section.showIf, ['sections', s, 'showIf'], budget)
    if (section.showIf && !isSatisfiable(questionnaire, [section.showIf], budget)) return dead
    return [
      ...dead,
      ...section.items.flatMap((item, i) =>
        deadItem(questionnaire, { section, item }, ['sections', s, 'items', i], budget),
      ),
    ]
  })
}

function deadItem(
  questionnaire: Questionnaire,
  placed: PlacedItem,
  path: ProblemPath,
  budget: SearchBudget,
): readonly QuestionnaireProblem[] {
  const dead = deadParts(questionnaire, placed.item.showIf, [...path, 'showIf'], budget)
  if (dead.length > 0 || isSatisfiable(questionnaire, conditionsOf(placed), budget)) return dead
  return [problemAt(path, 'unreachable_item', { name: placed.item.code })]
}

/** The condition itself when nobody can meet it, else the alternatives in it that nobody can meet. */
function deadParts(
  questionnaire: Questionnaire,
  condition: Condition | undefined,
  path: ProblemPath,
  budget: SearchBudget,
): readonly QuestionnaireProblem[] {
  if (condition === undefined) return []
  if (!isSatisfiable(questionnaire, [condition], budget)) return [problemAt(path, 'dead_branch')]
  if ('not' in condition) return []
  return partsOf(condition, path).flatMap(([part, at]) => deadParts(questionnaire, part, at, budget))
}
