import type { Answer, Answers, CaseContext, Item, Questionnaire } from '../../server/domain/questionnaire/definition.js'
import { dispositionOf } from '../../server/domain/questionnaire/disposition.js'
import { isAsked } from '../../server/domain/questionnaire/routing.js'
import { type Disposition, NONRESPONSE } from '../../server/domain/survey/vocabulary.js'
import { answerChoice, answerMulti, answerRating, answerYear } from './answer-item.js'
import { BLANK, COMMENT_SHARE, COMMENTS, SPREAD } from './item-assumptions.js'
import type { Random } from './random.js'
import type { Respondent } from './respondent.js'
import type { Steps } from './steps.js'

/** Everything one simulated case is answered from. */
export interface CaseToAnswer {
  readonly questionnaire: Questionnaire
  readonly steps: Steps
  readonly context: CaseContext
  readonly respondent: Respondent
  /** What all answers of the occasion share, in latent standard deviations. */
  readonly shared: number
  /** What unit and officer add to each factor of `steps`. */
  readonly factorShifts: readonly number[]
  /** Uids that may be given as place of residence or business on the day. */
  readonly places: readonly string[]
}

/** A case in its stored form. */
export interface AnsweredCase {
  readonly answers: Answers
  readonly disposition: Disposition
}

/** What is stored for an item that was asked and left blank; nothing for texts and units. */
function blankOf({ kind }: Item): Answer | undefined {
  if (kind === 'multi') return []
  return kind === 'rating' || kind === 'choice' || kind === 'year' ? NONRESPONSE.blank : undefined
}

function answerOf(random: Random, toAnswer: CaseToAnswer, item: Item, latent: number, answers: Answers) {
  const { respondent, context, places, shared } = toAnswer
  if (item.kind === 'rating') return answerRating(random, item, latent, respondent, answers)
  const membership = respondent.membership.codes[item.code]
  switch (item.kind) {
    case 'choice':
      return membership ?? answerChoice(random, item, shared + respondent.level)
    case 'year':
      return membership !== undefined && item.bands ? membership : answerYear(random, item, context.on)
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

/** Whether an item is passed over; once tired, most are. */
function isSkipped(random: Random, item: Item, progress: number, { hasItemNonresponse, tiresAfter }: Respondent) {
  if (item.required || !hasItemNonresponse) return false
  return random.chance(progress > tiresAfter ? BLANK.tired : BLANK.usual)
}

/**
 * The answers of one case as they are stored: items that the routing hides have none, skipped ones are blank.
 *
 * Items are asked in order by the same routing as the form's, so that what depends on an answer follows it.
 */
export function answerCase(random: Random, toAnswer: CaseToAnswer): AnsweredCase {
  const { questionnaire, steps, context, respondent, shared, factorShifts } = toAnswer
  const feelings = factorShifts.map((shift) => shift + SPREAD.respondentFactor * random.normal())
  // Straightliners do not read: whatever is asked, they answer as they feel overall.
  const reads = respondent.isStraightliner ? 0 : 1
  const answers: Record<string, Answer> = {}
  const known = new Map<string, Answer>()
  const asked: Item[] = []
  for (const { placed, item, factor, effect, progress } of steps.steps) {
    if (!isAsked(placed, known, context)) continue
    asked.push(item)
    const latent = shared + respondent.level + reads * (feelings[factor]! + effect)
    const given = isSkipped(random, item, progress, respondent)
      ? undefined
      : answerOf(random, toAnswer, item, latent, answers)
    const answer = given ?? blankOf(item)
    if (answer === undefined) continue
    answers[item.code] = answer
    known.set(item.code, answer)
  }
  return { answers, disposition: dispositionOf(questionnaire, asked, answers) }
}
