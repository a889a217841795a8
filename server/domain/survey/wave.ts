import type { IsoDay, Localized, Mode, RespondentType } from './vocabulary.js'

/** How the people were found who could answer. */
export const SAMPLING_DESIGNS = ['open_access', 'random_sample', 'everybody', 'quota'] as const
export type SamplingDesign = (typeof SAMPLING_DESIGNS)[number]

/** What is known of a wave's sample: nobody but those who collect knows it. */
export interface SamplingFacts {
  /** `open_access`: a link or screen for anybody; `everybody`: all who had a dealing were asked. */
  readonly design: SamplingDesign
  readonly description: Localized
  /** Questionnaires or invitations handed out. */
  readonly handedOut?: number
  /** Of those, known not to belong to the survey: no dealing, moved away, no such address. */
  readonly notEligible?: number
}

/** One round of collection. A response belongs to exactly one wave. */
export interface Wave {
  /** `[a-z0-9-]{3,60}`, readable, stable: "2026-web-citizen". */
  readonly id: string
  readonly title: Localized
  /** Hash of the published questionnaire. */
  readonly questionnaireHash: string
  readonly respondentType: RespondentType
  readonly mode: Mode
  /** Units in scope (uids, all valid on `referenceOn`). */
  readonly unitUids: readonly string[]
  /** Service codes in scope; empty means every service the unit offers. */
  readonly serviceCodes: readonly string[]
  readonly referenceOn: IsoDay
  /** Field dates, half-open: answers are accepted from `opensOn` up to, not on, `closesOn`. */
  readonly opensOn: IsoDay
  readonly closesOn: IsoDay
  /** Recorded when known, often after the field dates. */
  readonly sampling?: SamplingFacts
  /** What the answers are collected for, told on the first page; absent: as the consent says. */
  readonly purpose?: Localized
  /** How many months after it has closed the words that people wrote are kept; absent: the standard. */
  readonly retention?: { readonly textMonths: number }
  /** Simulated data are labelled as such on every page and export. */
  readonly isSimulated: boolean
}
