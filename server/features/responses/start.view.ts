import type { Consent, Questionnaire } from '../../domain/questionnaire/definition.js'
import type { IsoDay, Localized } from '../../domain/survey/vocabulary.js'
import { formLayout, toErrorSummary, toLanguageButton } from './form.view.js'
import { type PageContext, writeMonth } from './page-context.js'

/** What the first page shows. */
export interface StartInput {
  readonly questionnaire: Questionnaire
  readonly agency: string
  readonly service: string
  readonly agencyHref: string
  readonly action: string
  /** A case under way, when the respondent came back to this page; else `null`. */
  readonly sealedState: string | null
  /** Months to choose from, `YYYY-MM`, and the one chosen. */
  readonly months: readonly string[]
  readonly month: string
  readonly hasConsented: boolean
  readonly faults: readonly StartFault[]
  /** What the answers are for, where the wave says it. */
  readonly purpose: Localized | null
  /** First day on which what is written is gone. */
  readonly textEndsOn: IsoDay
}

/** What can be wrong with the first page. */
export type StartFault = 'month' | 'consent'

/** `31/12/2028`: read alike in both languages of the form. */
const writeDay = (day: IsoDay) => day.split('-').reverse().join('/')

function toConsentView(context: PageContext, consent: Consent) {
  return {
    version: context.t('survey.consent_version', { version: consent.version }),
    heading: consent.heading[context.language],
    paragraphs: consent.paragraphs.map((paragraph) => paragraph[context.language]),
    statement: consent.statement[context.language],
  }
}

/** The first page: where the reader is, when it was, what they agree to. */
export function toStartView(context: PageContext, input: StartInput) {
  const { t, language } = context
  const title = input.questionnaire.title[language]
  const sentenceOf = (fault: StartFault) => (input.faults.includes(fault) ? t(`survey.error_${fault}`) : null)
  const named = input.faults.map((fault) => ({ text: t(`survey.error_${fault}`), href: `#${fault}` }))
  return {
    ...formLayout,
    pageTitle: input.faults.length > 0 ? t('survey.error_title', { title }) : title,
    heading: title,
    introduction: input.questionnaire.introduction[language],
    agency: input.agency,
    service: input.service,
    agencyHref: input.agencyHref,
    action: input.action,
    sealedState: input.sealedState,
    errorSummary: toErrorSummary(context, named),
    languageButton: input.sealedState === null ? null : toLanguageButton(context),
    months: input.months.map((value) => ({
      value,
      label: writeMonth(value, language),
      isChosen: value === input.month,
    })),
    monthError: sentenceOf('month'),
    consent: toConsentView(context, input.questionnaire.consent),
    purpose: input.purpose?.[language] ?? '',
    kept: t('survey.words_kept', { day: writeDay(input.textEndsOn) }),
    consentError: sentenceOf('consent'),
    hasConsented: input.hasConsented,
  }
}
