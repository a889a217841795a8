import { NONRESPONSE } from '../survey/vocabulary.js'
import type { AnswerError } from './answer-error.js'
import { itemsIn, type KnownAnswers } from './condition.js'
import type { Answer, CaseContext, Item, Questionnaire } from './definition.js'
import { type AnswerReading, isBlank, readAnswer, type StopReason } from './read-answer.js'
import { isAsked, type PlacedItem } from './routing.js'

/** What came of reading a run of items. */
export interface ItemsReading {
  /** The answers known before and those read, in stored form, by item code. */
  readonly answers: KnownAnswers
  readonly errors: readonly AnswerError[]
  readonly stopped?: { readonly item: string; readonly reason: StopReason }
}

/** Values sent for items, by item code; any shape, from anyone. */
export type RawAnswers = Readonly<Record<string, unknown>>

/**
 * Reads the values of some items in the order of asking, routing as it goes.
 *
 * An item whose condition looks at a refused answer is passed over in silence: whether it is asked is not known, and a
 * second complaint about the same mistake helps nobody.
 *
 * @param before answers to other items, in stored form
 * @param whenHidden whether a value for an item that is not asked is an error or left out
 */
export function readItems(
  questionnaire: Questionnaire,
  places: readonly PlacedItem[],
  raw: RawAnswers,
  before: KnownAnswers,
  context: CaseContext,
  whenHidden: 'refuse' | 'drop',
): ItemsReading {
  const answers = new Map<string, Answer>(before)
  const errors: AnswerError[] = []
  const unsure = new Set<string>()
  for (const placed of places) {
    const { code } = placed.item
    const value = Object.hasOwn(raw, code) ? raw[code] : undefined
    const reading = looksAt(placed).some((other) => unsure.has(other))
      ? UNSURE
      : readPlaced(questionnaire, placed, value, answers, context, whenHidden)
    if (reading.kind === 'stopped') return { answers, errors, stopped: { item: code, reason: reading.reason } }
    if (reading.kind === 'answer') answers.set(code, reading.answer)
    if (reading.kind === 'error') errors.push({ item: code, code: reading.code, params: reading.params })
    if (reading.kind === 'error' || reading.kind === 'unsure') unsure.add(code)
  }
  return { answers, errors }
}

const UNSURE = { kind: 'unsure' } as const
const NOTHING = { kind: 'nothing' } as const

const lookedAtBefore = new WeakMap<PlacedItem, readonly string[]>()

/** Items that decide whether one is asked; found once per place. */
function looksAt(placed: PlacedItem): readonly string[] {
  const known = lookedAtBefore.get(placed)
  if (known !== undefined) return known
  const items = [...itemsIn(placed.section.showIf), ...itemsIn(placed.item.showIf)]
  lookedAtBefore.set(placed, items)
  return items
}

function readPlaced(
  questionnaire: Questionnaire,
  placed: PlacedItem,
  value: unknown,
  known: KnownAnswers,
  context: CaseContext,
  whenHidden: 'refuse' | 'drop',
): Exclude<AnswerReading, { kind: 'blank' }> | typeof NOTHING {
  if (!isAsked(placed, known, context)) {
    return whenHidden === 'drop' || isBlank(value) ? NOTHING : { kind: 'error', code: 'not_asked', params: {} }
  }
  const reading = readAnswer(placed.item, value, questionnaire.scales, context)
  return reading.kind === 'blank' ? blankAnswer(placed.item) : reading
}

/** Asked and left blank is a fact of its own, apart from not asked, wherever a code can say so. */
function blankAnswer(item: Item): Exclude<AnswerReading, { kind: 'blank' }> | typeof NOTHING {
  if (item.required) return { kind: 'error', code: 'required', params: {} }
  if (item.kind === 'multi') return { kind: 'answer', answer: [] }
  const hasCodes = item.kind === 'rating' || item.kind === 'choice' || item.kind === 'year'
  return hasCodes ? { kind: 'answer', answer: NONRESPONSE.blank } : NOTHING
}
