import type { Answers } from '../questionnaire/definition.js'
import type { Channel, Disposition, IsoDay, Language, Mode, RespondentType } from './vocabulary.js'

/** One respondent's whole case as stored: append-only, no identity, no address, no device. */
export interface NewResponse {
  /** UUID made before the first answer; makes sending again safe. */
  readonly submissionId: string
  readonly waveId: string
  readonly questionnaireHash: string
  readonly consentVersion: string
  readonly respondentType: RespondentType
  readonly unitUid: string
  readonly service: string
  readonly language: Language
  readonly mode: Mode
  readonly channel: Channel
  /** Month of the transaction, first day; the unit was valid then. */
  readonly transactionOn: IsoDay
  readonly startedAt: Date
  readonly submittedAt: Date
  /** Day of `submittedAt` in Ho Chi Minh City: the day of its tally cell. */
  readonly day: IsoDay
  readonly disposition: Disposition
  readonly answers: Answers
  readonly isSimulated: boolean
}
