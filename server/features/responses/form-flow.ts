/**
 * The way through the form, as pure steps.
 *
 * What is typed is kept as typed (`Fields`), page after page, valid or not; what it means is worked out anew at each
 * step by the interpreter. So going back never loses anything, and an answer that a later change hides is simply not
 * read any more: it comes back if the change is taken back, and is never stored.
 */

import type { AnswerError } from '../../domain/questionnaire/answer-error.js'
import { isConsentItem } from '../../domain/questionnaire/consent-item.js'
import type { Answers, CaseContext, Item, Questionnaire, Section } from '../../domain/questionnaire/definition.js'
import type { StopReason } from '../../domain/questionnaire/read-answer.js'
import { readItems } from '../../domain/questionnaire/read-items.js'
import { placedItems, visibleSections } from '../../domain/questionnaire/routing.js'
import { validateAnswers, validateSection } from '../../domain/questionnaire/validate-answers.js'
import { consentAnswers } from './consent-answer.js'
import { AT_START, AT_WHOLE_FORM, type Fields, type FormState } from './form-state.js'

/** The instrument and the case it is asked in. */
export interface FormCase {
  readonly questionnaire: Questionnaire
  readonly context: CaseContext
}

/** A page of the form to be shown. */
export interface FormPage {
  readonly kind: 'page'
  readonly state: FormState
  readonly errors: readonly AnswerError[]
  /** Items that appeared because of the answers just given on the same page. */
  readonly followUps: readonly string[]
}

export type FormStep =
  | FormPage
  | { readonly kind: 'start'; readonly state: FormState }
  | { readonly kind: 'stopped'; readonly reason: StopReason }
  /** Every page is filled in: take the case in. */
  | { readonly kind: 'finished'; readonly state: FormState }

/** The meaning of what is typed so far, faulty fields left out; consent was given before the first page. */
export function draftAnswers({ questionnaire, context }: FormCase, fields: Fields): Answers {
  const raw = { ...fields, ...consentAnswers(questionnaire) }
  const reading = readItems(questionnaire, placedItems(questionnaire), raw, new Map(), context, 'drop')
  return Object.fromEntries(reading.answers)
}

const sectionsBefore = new WeakMap<Fields, { readonly form: FormCase; readonly sections: readonly Section[] }>()

/** The pages of the form as far as the answers so far tell; asked for several times in one step, worked out once. */
export function formSections(form: FormCase, fields: Fields): readonly Section[] {
  const known = sectionsBefore.get(fields)
  if (known?.form === form) return known.sections
  const sections = visibleSections(form.questionnaire, draftAnswers(form, fields), form.context)
    .map((section) => ({ ...section, items: section.items.filter((item) => !isConsentItem(item)) }))
    .filter(({ items }) => items.length > 0)
  sectionsBefore.set(fields, { form, sections })
  return sections
}

/**
 * How far along a page is.
 *
 * How many pages follow depends on answers still to come. Until they are given, the first option of a choice stands in,
 * which questionnaires write as the usual case; so the total seldom jumps.
 *
 * @returns the page's number from 1, and the number of pages to expect
 */
export function progressOf(
  form: FormCase,
  { at, fields }: FormState,
): { readonly step: number; readonly total: number } {
  const unanswered = (item: Item) => item.kind === 'choice' && fields[item.code] === undefined
  const choices = form.questionnaire.sections.flatMap(({ items }) => items).filter(unanswered)
  const usual = choices.map((item) => [item.code, item.kind === 'choice' ? String(item.options[0]?.code) : ''])
  const expected = formSections(form, { ...Object.fromEntries(usual), ...fields })
  const step = formSections(form, fields).findIndex(({ code }) => code === at) + 1
  return { step, total: Math.max(step, expected.length) }
}

/** The sections on the page where the respondent is. */
export function sectionsAt(form: FormCase, { at, fields }: FormState): readonly Section[] {
  const sections = formSections(form, fields)
  return at === AT_WHOLE_FORM ? sections : sections.filter(({ code }) => code === at)
}

const codesOf = (sections: readonly Section[]) => sections.flatMap(({ items }) => items.map(({ code }) => code))

/** A page, with its state noting what it shows. */
export function pageAt(form: FormCase, state: FormState, at: string, errors: readonly AnswerError[] = []): FormPage {
  const moved = { ...state, at }
  return { kind: 'page', state: { ...moved, shown: codesOf(sectionsAt(form, moved)) }, errors, followUps: [] }
}

/** The first page after the consent. */
export function firstPage(form: FormCase, state: FormState, isWholeForm: boolean): FormPage {
  const [first] = formSections(form, state.fields)
  if (first === undefined) throw new Error(`Questionnaire ${form.questionnaire.id} asks nothing here`)
  return pageAt(form, state, isWholeForm ? AT_WHOLE_FORM : first.code)
}

/** The case with this page's fields taken over; a field that was emptied is gone. */
export function takeOver(form: FormCase, state: FormState, posted: Fields): FormState {
  const { questionnaire } = form
  const here = questionnaire.sections.filter(({ code }) => state.at === AT_WHOLE_FORM || code === state.at)
  const own = new Set(codesOf(here))
  const others = Object.entries(state.fields).filter(([code]) => !own.has(code))
  const mine = Object.entries(posted).filter(([code, value]) => own.has(code) && value !== '')
  return { ...state, fields: Object.fromEntries([...others, ...mine]) }
}

/** The same page again, as it was left. */
export function stay(form: FormCase, state: FormState, posted: Fields): FormPage {
  return pageAt(form, takeOver(form, state, posted), state.at)
}

/** One page back, keeping what this one holds, faulty or not; from the first page to the consent. */
export function goBack(form: FormCase, state: FormState, posted: Fields): FormStep {
  const tooLong = validatePage(form, state, posted).errors.filter(({ code }) => code === 'too_long')
  // What does not fit into the page cannot travel either, so this one fault has to be mended first.
  if (tooLong.length > 0) return pageAt(form, takeOver(form, state, posted), state.at, tooLong)
  const kept = takeOver(form, state, posted)
  const sections = formSections(form, kept.fields)
  const previous = sections[sections.findIndex(({ code }) => code === state.at) - 1]
  if (previous === undefined) return { kind: 'start', state: { ...kept, at: AT_START, shown: [] } }
  return pageAt(form, kept, previous.code)
}

/** On to the next page, or the same again with what is missing or has newly appeared. */
export function goOn(form: FormCase, state: FormState, posted: Fields): FormStep {
  const { errors, stopped } = validatePage(form, state, posted)
  if (stopped) return { kind: 'stopped', reason: stopped }
  const kept = takeOver(form, state, posted)
  const again = pageAt(form, kept, state.at)
  const followUps = again.state.shown.filter((code) => !state.shown.includes(code))
  // A question not seen yet cannot have been left out.
  const mistakes = errors.filter(({ item }) => !followUps.includes(item))
  if (mistakes.length > 0 || followUps.length > 0) return { ...again, errors: mistakes, followUps }
  const sections = formSections(form, kept.fields)
  const next =
    state.at === AT_WHOLE_FORM ? undefined : sections[sections.findIndex(({ code }) => code === state.at) + 1]
  return next === undefined ? { kind: 'finished', state: kept } : pageAt(form, kept, next.code)
}

/** The page that holds the first of some faulty items, with those of its errors. */
export function pageOfErrors(form: FormCase, state: FormState, errors: readonly AnswerError[]): FormPage {
  const faulty = new Set(errors.map(({ item }) => item))
  const home = formSections(form, state.fields).find(({ items }) => items.some(({ code }) => faulty.has(code)))
  const at = state.at === AT_WHOLE_FORM || home === undefined ? state.at : home.code
  const own = new Set(codesOf(sectionsAt(form, { ...state, at })))
  return pageAt(
    form,
    state,
    at,
    errors.filter(({ item }) => own.has(item)),
  )
}

function validatePage(form: FormCase, state: FormState, posted: Fields) {
  const { questionnaire, context } = form
  const outcome =
    state.at === AT_WHOLE_FORM
      ? validateAnswers(questionnaire, { ...posted, ...consentAnswers(questionnaire) }, context, { whenHidden: 'drop' })
      : validateSection(questionnaire, state.at, posted, draftAnswers(form, state.fields), context)
  return {
    errors: outcome.kind === 'invalid' ? outcome.errors : [],
    stopped: outcome.kind === 'stopped' ? outcome.reason : undefined,
  }
}
