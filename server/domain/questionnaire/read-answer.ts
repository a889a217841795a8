import { NONRESPONSE } from '../survey/vocabulary.js'
import type { AnswerErrorCode } from './answer-error.js'
import type { Answer, CaseContext, ChoiceItem, Item, MultiItem, Questionnaire, RatingItem } from './definition.js'
import { readText } from './read-text.js'
import { readYear } from './read-year.js'

/** What a sender's value for one asked item amounts to. */
export type AnswerReading =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'blank' }
  | { readonly kind: 'stopped'; readonly reason: StopReason }
  | { readonly kind: 'error'; readonly code: AnswerErrorCode; readonly params: Readonly<Record<string, number>> }

/** Why a case ends with nothing stored. */
export type StopReason = 'no_consent' | 'under_age'

const BLANK: AnswerReading = { kind: 'blank' }
/** Longest unit uid looked up. */
const MAX_UID_LENGTH = 80

/** Whether a sender's value says nothing: absent, an empty form field, no box ticked. */
export function isBlank(raw: unknown): boolean {
  return raw === undefined || raw === '' || (Array.isArray(raw) && raw.length === 0)
}

/**
 * Reads a form field or an API value as the answer to an asked item.
 *
 * Codes may be digits as a form sends them or integers as the API sends them, and nothing else; lists only for items
 * with several choices, where a form with one box ticked sends a single value. Already stored answers read as themselves.
 */
export function readAnswer(
  item: Item,
  raw: unknown,
  scales: Questionnaire['scales'],
  context: CaseContext,
): AnswerReading {
  if (isBlank(raw)) return BLANK
  if (item.kind === 'multi') return readMulti(item, raw)
  if (item.kind === 'text') return readTextAnswer(raw, item.maxLength)
  if (item.kind === 'unit') {
    if (typeof raw !== 'string') return error('wrong_type')
    const isKnown = raw.length <= MAX_UID_LENGTH && context.isUnit(raw, item.unitKinds)
    return isKnown ? { kind: 'answer', answer: raw } : error('unknown_unit')
  }
  if (item.kind === 'context') return error('not_asked')
  const code = readCode(raw)
  if (code === undefined) return error('wrong_type')
  if (code === NONRESPONSE.blank) return BLANK
  if (item.kind === 'year') return readYear(item, code, context.on)
  return item.kind === 'rating' ? readRating(item, code, scales) : readChoice(item, code)
}

function readRating(item: RatingItem, code: number, scales: Questionnaire['scales']): AnswerReading {
  const isOffered =
    scales[item.scale]?.options.some((option) => option.code === code) === true ||
    (code === NONRESPONSE.notApplicable && item.allowsNotApplicable) ||
    (code === NONRESPONSE.dontKnow && item.allowsDontKnow)
  return isOffered ? { kind: 'answer', answer: code } : error('unknown_code')
}

function readChoice(item: ChoiceItem, code: number): AnswerReading {
  if (!item.options.some((option) => option.code === code)) return error('unknown_code')
  if (item.stopsAt?.includes(code)) return { kind: 'stopped', reason: 'no_consent' }
  return { kind: 'answer', answer: code }
}

function readMulti(item: MultiItem, raw: unknown): AnswerReading {
  const list: readonly unknown[] = Array.isArray(raw) ? raw : [raw]
  if (list.length > item.maxChoices) return error('too_many', { max: item.maxChoices })
  const chosen = new Set<number>()
  for (const value of list) {
    const code = readCode(value)
    if (code === undefined) return error('wrong_type')
    if (!item.options.some((option) => option.code === code)) return error('unknown_code')
    if (chosen.has(code)) return error('repeated_choice')
    chosen.add(code)
  }
  const inOrder = item.options.map((option) => option.code).filter((code) => chosen.has(code))
  return { kind: 'answer', answer: inOrder }
}

function readTextAnswer(raw: unknown, maxLength: number): AnswerReading {
  if (typeof raw !== 'string') return error('wrong_type')
  const reading = readText(raw, maxLength)
  if (reading.kind === 'error') return reading
  return reading.text === '' ? BLANK : { kind: 'answer', answer: reading.text }
}

/** Digits without sign, blanks or leading zeros, at most four; or a whole number of that size. */
function readCode(raw: unknown): number | undefined {
  if (typeof raw === 'string') return /^(?:0|[1-9]\d{0,3})$/.test(raw) ? Number(raw) : undefined
  if (typeof raw !== 'number' || !Number.isInteger(raw) || raw < 0 || raw > 9999) return undefined
  // Minus zero passes as zero everywhere but in canonical comparison.
  return raw === 0 ? 0 : raw
}

function error(code: AnswerErrorCode, params: Readonly<Record<string, number>> = {}): AnswerReading {
  return { kind: 'error', code, params }
}
