import { conditionHolds, itemsIn, type RoutingContext } from './condition.js'
import type { Answer, Condition, Questionnaire } from './definition.js'
import { distinctAnswers, distinctContexts } from './possible-answers.js'
import { isAsked, type PlacedItem, placedItems } from './routing.js'

/** Steps of the search after which a condition is taken to be satisfiable: real questionnaires need a few hundred. */
const MAX_STEPS = 200_000

/** Steps that are left to all searches of one check together; each search takes what it uses. */
export interface SearchBudget {
  left: number
}

/** What one check may take: some seconds. The longest questionnaire of the city takes a ten-thousandth of it. */
export const searchBudget = (): SearchBudget => ({ left: 10 * MAX_STEPS })

/**
 * Whether some respondent, in some context, can meet all of these conditions.
 *
 * Goes through every combination of answers that the conditions can tell apart, following the routing, so that an
 * answer counts only where its item is asked. Conditions that are too entangled to decide count as satisfiable, and so does whatever is
 * asked when the budget is used up.
 */
export function isSatisfiable(
  questionnaire: Questionnaire,
  conditions: readonly Condition[],
  budget: SearchBudget = searchBudget(),
): boolean {
  if (budget.left <= 0) return true
  const places = placesBehind(questionnaire, conditions)
  const all = [...conditions, ...places.flatMap(conditionsOf)]
  const codes = new Map<string, Set<number>>()
  const contexts = { mode: new Set<string>(), unitKind: new Set<string>(), service: new Set<string>() }
  for (const condition of all) collectMentions(condition, codes, contexts)

  let steps = 0
  const search = (i: number, known: Map<string, Answer>, context: RoutingContext): boolean => {
    steps += 1
    budget.left -= 1
    if (steps > MAX_STEPS || budget.left < 0) return true
    const placed = places[i]
    if (placed === undefined) return conditions.every((condition) => conditionHolds(condition, known, context))
    if (!isAsked(placed, known, context)) return search(i + 1, known, context)
    const { item } = placed
    return distinctAnswers(item, codes.get(item.code) ?? new Set(), questionnaire.scales).some((answer) =>
      search(i + 1, answer === undefined ? known : new Map(known).set(item.code, answer), context),
    )
  }
  return distinctContexts('mode', contexts.mode).some((mode) =>
    distinctContexts('unitKind', contexts.unitKind).some((unitKind) =>
      distinctContexts('service', contexts.service).some((service) =>
        search(0, new Map(), { mode, unitKind, service } as RoutingContext),
      ),
    ),
  )
}

/** The conditions under which an item is asked: its section's and its own. */
export function conditionsOf({ section, item }: PlacedItem): readonly Condition[] {
  return [section.showIf, item.showIf].filter((condition) => condition !== undefined)
}

/** Items the conditions look at, and those behind these, in the order of asking. */
function placesBehind(questionnaire: Questionnaire, conditions: readonly Condition[]): readonly PlacedItem[] {
  const places = placedItems(questionnaire)
  const wanted = new Set<string>()
  const open = conditions.flatMap(itemsIn)
  for (let code = open.pop(); code !== undefined; code = open.pop()) {
    if (wanted.has(code)) continue
    wanted.add(code)
    const placed = places.find(({ item }) => item.code === code)
    if (placed) open.push(...conditionsOf(placed).flatMap(itemsIn))
  }
  return places.filter(({ item }) => wanted.has(item.code))
}

function collectMentions(
  condition: Condition,
  codes: Map<string, Set<number>>,
  contexts: Record<keyof RoutingContext, Set<string>>,
): void {
  if ('item' in condition) {
    const mentioned = codes.get(condition.item) ?? new Set()
    for (const code of condition.in) mentioned.add(code)
    codes.set(condition.item, mentioned)
  } else if ('context' in condition) {
    for (const value of condition.in) contexts[condition.context].add(value)
  } else {
    const parts = 'not' in condition ? [condition.not] : 'all' in condition ? condition.all : condition.any
    for (const part of parts) collectMentions(part, codes, contexts)
  }
}
