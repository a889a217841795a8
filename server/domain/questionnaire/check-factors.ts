import type { Questionnaire } from './definition.js'
import { type ProblemPath, problemAt, type QuestionnaireProblem } from './questionnaire-problem.js'
import { placedItems } from './routing.js'

/** Mistakes in what is scored: factors, the overall item, core items. */
export function checkFactors(questionnaire: Questionnaire): readonly QuestionnaireProblem[] {
  const kinds = new Map(placedItems(questionnaire).map(({ item }) => [item.code, item.kind]))
  const check = (name: string, path: ProblemPath, mustBeRated: boolean) => {
    if (!kinds.has(name)) return [problemAt(path, 'unknown_item', { name })]
    return mustBeRated && kinds.get(name) !== 'rating' ? [problemAt(path, 'not_rated', { name })] : []
  }
  const codes = questionnaire.factors.map((factor) => factor.code)
  return [
    ...questionnaire.factors.flatMap((factor, f) => [
      ...(codes.indexOf(factor.code) < f
        ? [problemAt(['factors', f, 'code'], 'duplicate_code', { name: factor.code })]
        : []),
      ...factor.items.flatMap((name, i) => check(name, ['factors', f, 'items', i], true)),
      ...(factor.singleItem === undefined ? [] : check(factor.singleItem, ['factors', f, 'singleItem'], true)),
    ]),
    ...countedTwice(questionnaire),
    ...check(questionnaire.overallItem, ['overallItem'], true),
    ...questionnaire.coreItems.flatMap((name, i) => check(name, ['coreItems', i], false)),
  ]
}

function countedTwice(questionnaire: Questionnaire): readonly QuestionnaireProblem[] {
  const seen = new Set<string>()
  return questionnaire.factors.flatMap((factor, f) =>
    factor.items.flatMap((name, i) => {
      const key = factor.role === 'index' ? name : `${factor.code} ${name}`
      const isRepeat = seen.has(key)
      seen.add(key)
      return isRepeat ? [problemAt(['factors', f, 'items', i], 'counted_twice', { name })] : []
    }),
  )
}
