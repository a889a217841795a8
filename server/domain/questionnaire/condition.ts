import type { Answer, CaseContext, Condition } from './definition.js'

/** The facts of a case that routing may look at. */
export type RoutingContext = Pick<CaseContext, 'mode' | 'unitKind' | 'service'>

/** Earlier answers, by item code; an item that was not asked has no entry. */
export type KnownAnswers = ReadonlyMap<string, Answer>

/**
 * Whether a condition is met by the earlier answers and the context of a case.
 *
 * An item that was not asked or has no stored answer meets no `item` condition. Of several chosen codes one is enough.
 *
 * @param condition absent means always
 */
export function conditionHolds(
  condition: Condition | undefined,
  known: KnownAnswers,
  context: RoutingContext,
): boolean {
  if (condition === undefined) return true
  if ('item' in condition) return answerIsIn(known.get(condition.item), condition.in)
  if ('context' in condition) return (condition.in as readonly string[]).includes(context[condition.context])
  if ('all' in condition) return condition.all.every((part) => conditionHolds(part, known, context))
  if ('any' in condition) return condition.any.some((part) => conditionHolds(part, known, context))
  return !conditionHolds(condition.not, known, context)
}

/** Codes of the items a condition looks at, in order of mention, repeats kept. */
export function itemsIn(condition: Condition | undefined): readonly string[] {
  if (condition === undefined || 'context' in condition) return []
  if ('item' in condition) return [condition.item]
  if ('not' in condition) return itemsIn(condition.not)
  return ('all' in condition ? condition.all : condition.any).flatMap(itemsIn)
}

function answerIsIn(answer: Answer | undefined, codes: readonly number[]): boolean {
  if (typeof answer === 'number') return codes.includes(answer)
  return Array.isArray(answer) && answer.some((code: number) => codes.includes(code))
}
