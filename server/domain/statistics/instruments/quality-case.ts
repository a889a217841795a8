import type { IsoDay } from '../../survey/vocabulary.js'

/** What the cleaning rules look at in one case; plain data, no answers beyond the rated items. */
export interface QualityCase {
  readonly id: string
  /** Questionnaire and its version. */
  readonly form: string
  readonly mode: string
  /** Seconds from opening to sending; `null` on paper. */
  readonly seconds: number | null
  /** Codes of the rated items that were answered. */
  readonly ratings: readonly number[]
  /** Core items that applied to the respondent, and how many of them were answered. */
  readonly coreItems: number
  readonly coreAnswered: number
  /**
   * What must not come twice: the invitation, or for open links device hash, unit, service and day together; `null`
   * where nothing of the kind is kept.
   */
  readonly duplicateKey: string | null
  readonly transactionOn: IsoDay
  readonly answeredOn: IsoDay
  /** Whether the unit existed on the day of the transaction. */
  readonly isUnitValid: boolean
  /** `null` without an interviewer. */
  readonly interviewer: string | null
}
