import type { AnswerError } from '../../domain/questionnaire/answer-error.js'
import type { RawAnswers } from '../../domain/questionnaire/read-items.js'
import type { StoppedCase } from '../../domain/questionnaire/validate-answers.js'
import type { Channel, Disposition, IsoDay, Language } from '../../domain/survey/vocabulary.js'
import type { UnitNotValid } from './resolve-target.js'

/** A case as it is sent in, by the form or by a program. */
export interface Submission {
  /** UUID made before the first answer. */
  readonly submissionId: string
  readonly waveId: string
  readonly unitUid: string
  readonly service: string
  readonly language: Language
  readonly channel: Channel
  /** Month of the transaction, `YYYY-MM`. */
  readonly month: string
  readonly startedAt: Date
  /** Version of the consent text that was agreed to; without agreement there is no submission. */
  readonly consentVersion: string
  readonly rawAnswers: RawAnswers
  /** What becomes of answers to items that the routing hides: programs are told, forms are forgiven. */
  readonly whenHidden: 'refuse' | 'drop'
}

/** Proof of what is stored. */
export interface Receipt {
  readonly receipt: string
  readonly disposition: Disposition
}

/** A fault of what surrounds the answers. */
export interface EnvelopeError {
  readonly field: 'transactionOn' | 'startedAt' | 'consent.version'
  readonly code: 'out_of_range' | 'outdated'
}

export type SubmitOutcome =
  | ({ readonly kind: 'stored' } & Receipt)
  /** The same case again: a double click or a retry. Nothing new is stored. */
  | ({ readonly kind: 'repeated' } & Receipt)
  /** Another case under a used id: the receipt is that of the first, nothing of the second is stored. */
  | ({ readonly kind: 'duplicate' } & Receipt)
  | { readonly kind: 'invalid'; readonly errors: readonly AnswerError[]; readonly envelope: readonly EnvelopeError[] }
  | StoppedCase
  | { readonly kind: 'closed'; readonly closedOn: IsoDay }
  | { readonly kind: 'unknown'; readonly what: 'wave' | 'unit' | 'service' }
  /** The wave does not ask about this service of this unit, or does not ask yet. */
  | { readonly kind: 'out_of_scope' }
  | UnitNotValid

/** Takes in one case; see `makeSubmitResponse`. */
export type SubmitResponse = (submission: Submission) => Promise<SubmitOutcome>
