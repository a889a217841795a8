import type { IsoDay, Localized, Mode, RespondentType } from './vocabulary.js'

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
  /** Simulated data are labelled as such on every page and export. */
  readonly isSimulated: boolean
}
