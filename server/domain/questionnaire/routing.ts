import { conditionHolds, type KnownAnswers, type RoutingContext } from './condition.js'
import type { Answer, Answers, Item, Questionnaire, Section } from './definition.js'

/** An item and the section it stands in. */
export interface PlacedItem {
  readonly section: Section
  readonly item: Item
}

const placedBefore = new WeakMap<Questionnaire, readonly PlacedItem[]>()

/** Every item of a questionnaire with its section, in the order of asking; found once per questionnaire object. */
export function placedItems(questionnaire: Questionnaire): readonly PlacedItem[] {
  const known = placedBefore.get(questionnaire)
  if (known !== undefined) return known
  const placed = questionnaire.sections.flatMap((section) => section.items.map((item) => ({ section, item })))
  placedBefore.set(questionnaire, placed)
  return placed
}

/**
 * Whether an item is put to the respondent, given what is known from earlier items.
 *
 * Items filled from the link (`context`) are never asked: the response itself carries unit and service.
 */
export function isAsked({ section, item }: PlacedItem, known: KnownAnswers, context: RoutingContext): boolean {
  if (item.kind === 'context') return false
  return conditionHolds(section.showIf, known, context) && conditionHolds(item.showIf, known, context)
}

/**
 * Items asked of a respondent who gave these answers, in order.
 *
 * One pass is enough: conditions look at earlier items only, and an answer to an item that is itself not asked counts
 * as not given. Answers to unknown items are ignored.
 */
export function visibleItems(questionnaire: Questionnaire, answers: Answers, context: RoutingContext): readonly Item[] {
  return askedPlaces(questionnaire, answers, context).map(({ item }) => item)
}

/** Sections with at least one item asked, each holding only those items, in order. */
export function visibleSections(
  questionnaire: Questionnaire,
  answers: Answers,
  context: RoutingContext,
): readonly Section[] {
  const asked = new Set(visibleItems(questionnaire, answers, context))
  return questionnaire.sections
    .map((section) => ({ ...section, items: section.items.filter((item) => asked.has(item)) }))
    .filter((section) => section.items.length > 0)
}

/**
 * The answers without those to items that are not asked (any more), in the order of asking.
 *
 * For the page flow: going back and changing an answer may hide items answered before.
 */
export function pruneHidden(questionnaire: Questionnaire, answers: Answers, context: RoutingContext): Answers {
  return Object.fromEntries(
    askedPlaces(questionnaire, answers, context)
      .filter(({ item }) => Object.hasOwn(answers, item.code))
      .map(({ item }) => [item.code, answers[item.code] as Answer]),
  )
}

function askedPlaces(questionnaire: Questionnaire, answers: Answers, context: RoutingContext): readonly PlacedItem[] {
  const known = new Map<string, Answer>()
  return placedItems(questionnaire).filter((placed) => {
    if (!isAsked(placed, known, context)) return false
    const { code } = placed.item
    const answer = Object.hasOwn(answers, code) ? answers[code] : undefined
    if (answer !== undefined) known.set(code, answer)
    return true
  })
}
