import type { Disposition } from '../survey/vocabulary.js'
import type { AnswerError } from './answer-error.js'
import type { KnownAnswers } from './condition.js'
import type { Answer, Answers, CaseContext, Questionnaire } from './definition.js'
import { dispositionOf } from './disposition.js'
import type { StopReason } from './read-answer.js'
import { type RawAnswers, readItems } from './read-items.js'
import { placedItems, pruneHidden, visibleItems } from './routing.js'

/** Longest piece of an unknown key given back to its sender. */
const MAX_ECHO = 64

/** A case that ends here: nothing of it is stored. */
export interface StoppedCase {
  readonly kind: 'stopped'
  readonly item: string
  readonly reason: StopReason
}

export interface InvalidAnswers {
  readonly kind: 'invalid'
  /** In the order of asking, unknown items last. */
  readonly errors: readonly AnswerError[]
}

export type AnswersOutcome =
  | { readonly kind: 'valid'; readonly answers: Answers; readonly disposition: Disposition }
  | StoppedCase
  | InvalidAnswers

export type SectionOutcome = { readonly kind: 'valid'; readonly answers: Answers } | StoppedCase | InvalidAnswers

/** What happens to a value for an item that the routing hides. */
export interface HiddenRule {
  /** `refuse` (the default, for programs): error `not_asked`. `drop` (for a whole form on one page): left out. */
  readonly whenHidden?: 'refuse' | 'drop'
}

/**
 * Validates a whole case and gives its answers as they are stored.
 *
 * Asked but unanswered: 99 for rated items, choices and years, an empty list for several choices, nothing for texts
 * and units. Items not asked have no entry at all. What is accepted once is accepted again unchanged.
 *
 * A refusal of consent or too young an age outweighs every other mistake: the case is over either way.
 *
 * @param raw form fields or API values by item code; any shape, from anyone
 * @example validateAnswers(form, { S1: '1', G1: '4' }, context)
 *   // { kind: 'valid', answers: { S1: 1, G1: 4 }, disposition: 'complete' }
 */
export function validateAnswers(
  questionnaire: Questionnaire,
  raw: RawAnswers,
  context: CaseContext,
  { whenHidden = 'refuse' }: HiddenRule = {},
): AnswersOutcome {
  const reading = readItems(questionnaire, placedItems(questionnaire), raw, new Map(), context, whenHidden)
  if (reading.stopped) return { kind: 'stopped', ...reading.stopped }
  const errors = [...reading.errors, ...strangers(questionnaire, raw, undefined)]
  if (errors.length > 0) return { kind: 'invalid', errors }
  const answers: Answers = Object.fromEntries(reading.answers)
  const asked = visibleItems(questionnaire, answers, context)
  return { kind: 'valid', answers, disposition: dispositionOf(questionnaire, asked, answers) }
}

/**
 * Validates one page of the form and merges it into the answers so far.
 *
 * Values for items of this page that the routing hides are dropped, and so are earlier answers that this page's
 * answers hide; answers to later pages that are still asked stay, so that going back loses nothing.
 *
 * @param raw the fields of this page only
 * @param answersSoFar stored forms of the answers to the other pages
 * @throws {RangeError} when the questionnaire has no such section
 */
export function validateSection(
  questionnaire: Questionnaire,
  sectionCode: string,
  raw: RawAnswers,
  answersSoFar: Answers,
  context: CaseContext,
): SectionOutcome {
  const here = placedItems(questionnaire).filter(({ section }) => section.code === sectionCode)
  if (here.length === 0) throw new RangeError(`No section ${sectionCode} in ${questionnaire.id}`)
  const codes = new Set(here.map(({ item }) => item.code))
  const before = pruneHidden(questionnaire, answersSoFar, context)
  const elsewhere = Object.entries(before).filter(([code]) => !codes.has(code))
  const reading = readItems(questionnaire, here, raw, new Map(elsewhere), context, 'drop')
  if (reading.stopped) return { kind: 'stopped', ...reading.stopped }
  const errors = [...reading.errors, ...strangers(questionnaire, raw, codes)]
  if (errors.length > 0) return { kind: 'invalid', errors }
  const others = Object.entries(answersSoFar).filter(([code]) => !codes.has(code))
  const merged: Answers = Object.fromEntries([...others, ...ownAnswers(reading.answers, codes)])
  return { kind: 'valid', answers: pruneHidden(questionnaire, merged, context) }
}

function ownAnswers(answers: KnownAnswers, codes: ReadonlySet<string>): readonly (readonly [string, Answer])[] {
  return [...answers].filter(([code]) => codes.has(code))
}

/** Fields that belong to no item, or to an item of another page. */
function strangers(
  questionnaire: Questionnaire,
  raw: RawAnswers,
  expected: ReadonlySet<string> | undefined,
): readonly AnswerError[] {
  const all = new Set(placedItems(questionnaire).map(({ item }) => item.code))
  return Object.keys(raw)
    .filter((key) => !(expected ?? all).has(key))
    .map((key) => ({
      item: key.slice(0, MAX_ECHO),
      code: all.has(key) ? 'not_asked' : 'unknown_item',
      params: {},
    }))
}
