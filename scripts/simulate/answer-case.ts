import type { KnownAnswers } from '../../server/domain/questionnaire/condition.js'
import type { Answer, Answers, CaseContext, Item, Questionnaire } from '../../server/domain/questionnaire/definition.js'
import { isAsked, placedItems } from '../../server/domain/questionnaire/routing.js'
import { answerChoice, answerMulti, answerRating, answerYear } from './answer-item.js'
import { BLANK, COMMENT_SHARE, COMMENTS } from './assumptions.js'
import { factorOf, itemEffect, type Occasion, occasionEffect, unitFactorEffect } from './effects.js'
import type { Random } from './random.js'
import type { Respondent } from './respondent.js'

/** Everything one simulated case is answered from. */
export interface SimulatedCase {
  readonly questionnaire: Questionnaire
  readonly context: CaseContext
  readonly occasion: Occasion
  readonly respondent: Respondent
  /** Uids that may be given as place of residence or business on the day. */
  readonly places: readonly string[]
}

function latentOf({ questionnaire, occasion, respondent }: SimulatedCase, shared: number, item: string): number {
  if (respondent.isStraightliner) return shared + respondent.level
  const factor = factorOf(questionnaire, item)
  const { seed, unitUid } = occasion
  return (
    shared +
    respondent.level +
    respondent.factorLevel(factor) +
    unitFactorEffect(seed, unitUid, factor) +
    itemEffect(seed, questionnaire.id, item)
  )
}

function answerOf(
  random: Random,
  simulated: SimulatedCase,
  shared: number,
  item: Item,
  answers: Answers,
): Answer | undefined {
  const { respondent, context, places } = simulated
  switch (item.kind) {
    case 'rating': {
      const felt = { latent: latentOf(simulated, shared, item.code), isStraightliner: respondent.isStraightliner }
      return answerRating(random, item, felt, answers)
    }
    case 'choice':
      return answerChoice(random, item, shared + respondent.level)
    case 'year':
      return answerYear(random, item, context.on)
    case 'multi':
      return answerMulti(random, item, answers)
    case 'unit':
      return places.length === 0 ? undefined : random.pick(places)
    case 'text':
      return random.chance(COMMENT_SHARE) ? random.pick(COMMENTS[respondent.language]) : undefined
    case 'context':
      return undefined
  }
}

/**
 * The answers of one case as they would be sent: items that the routing hides have none, skipped ones have none.
 *
 * Items are asked in order by the same routing as the form's, so that what depends on an answer follows it.
 */
export function answerCase(random: Random, simulated: SimulatedCase): Answers {
  const { questionnaire, context, respondent } = simulated
  const shared = occasionEffect(simulated.occasion)
  const answers: Record<string, Answer> = {}
  const known = new Map<string, Answer>() satisfies KnownAnswers
  const places = placedItems(questionnaire)
  places.forEach((placed, i) => {
    const { item } = placed
    if (!isAsked(placed, known, context)) return
    const isTired = i / places.length > respondent.tiresAfter
    const isSkipped = !item.required && random.chance(isTired ? BLANK.tired : BLANK.usual)
    const answer = isSkipped ? undefined : answerOf(random, simulated, shared, item, answers)
    if (answer === undefined) return
    answers[item.code] = answer
    known.set(item.code, answer)
  })
  return answers
}
