import type { AnswerError } from '../../domain/questionnaire/answer-error.js'
import type { Section } from '../../domain/questionnaire/definition.js'
import type { FormPage } from './form-flow.js'
import type { PageContext } from './page-context.js'
import { errorSentence, fieldId, type QuestionsInput, toQuestionView } from './question.view.js'

interface Progress {
  readonly step: number
  readonly total: number
}

/** What a page of the form shows. */
export interface FormInput {
  readonly page: FormPage
  readonly sections: readonly Section[]
  /** Of the pages; none where all questions are on one. */
  readonly progress: Progress | null
  readonly action: string
  readonly sealedState: string
  readonly agency: string
  readonly service: string
  readonly questions: QuestionsInput
}

/** Fields shared by all pages of the form, for the layout. */
export const formLayout = { extraStyle: 'form.css', bodyClass: 'survey', showFooter: false } as const

/** The button that shows a page in the other language; a submit button, so that it works without script. */
export function toLanguageButton({ language }: PageContext) {
  const other = language === 'vi' ? 'en' : 'vi'
  return { nav: `lang:${other}`, code: other }
}

/** The list of mistakes at the top of a page, each a link to its question; `null` without mistakes. */
export function toErrorSummary(
  context: PageContext,
  entries: readonly { readonly text: string; readonly href: string | null }[],
) {
  return entries.length === 0
    ? null
    : { heading: context.t('survey.error_heading', { count: entries.length }), entries }
}

function toEntry(context: PageContext, { sections, questions }: FormInput, error: AnswerError) {
  const item = sections.flatMap(({ items }) => items).find(({ code }) => code === error.item)
  const sentence = errorSentence(context, item, error)
  const name = item ? item.text[context.language] : error.item
  return { text: `${sentence}: ${name}`, href: item ? `#${fieldId(item, questions.questionnaire)}` : null }
}

function toProgress({ t }: PageContext, { step, total }: Progress) {
  const steps = Array.from({ length: total }, (_, i) => ({ isDone: i < step }))
  return { text: t('survey.progress', { step, total }), steps }
}

function toFollowUp({ t }: PageContext, { page, sections, questions }: FormInput) {
  const first = sections.flatMap(({ items }) => items).find(({ code }) => page.followUps.includes(code))
  if (first === undefined) return null
  const sentence = t('survey.follow_up', { count: page.followUps.length })
  return { sentence, href: `#${fieldId(first, questions.questionnaire)}` }
}

/** A page of the form: one group of questions, or all of them. */
export function toFormView(context: PageContext, input: FormInput) {
  const { t, language } = context
  const isWhole = input.progress === null
  const [first] = input.sections
  const heading = isWhole ? input.questions.questionnaire.title[language] : (first?.title[language] ?? '')
  const progress = input.progress && toProgress(context, input.progress)
  const hasErrors = input.page.errors.length > 0
  const isLast = input.progress === null || input.progress.step >= input.progress.total
  const titled = progress ? `${progress.text}: ${heading}` : heading
  return {
    ...formLayout,
    pageTitle: hasErrors ? t('survey.error_title', { title: titled }) : titled,
    action: input.action,
    sealedState: input.sealedState,
    agency: input.agency,
    service: input.service,
    progress,
    heading,
    errorSummary: toErrorSummary(
      context,
      input.page.errors.map((error) => toEntry(context, input, error)),
    ),
    followUp: toFollowUp(context, input),
    languageButton: toLanguageButton(context),
    nextLabel: t(isLast ? 'survey.send' : 'survey.next'),
    sections: input.sections.map((section) => ({
      heading: isWhole ? section.title[language] : null,
      lead: section.lead?.[language] ?? null,
      questions: section.items.map((item) => toQuestionView(context, item, input.questions)),
    })),
  }
}
