import type { NewResponse } from '../survey/response.js'

/** What the analysis reads of a stored response. */
export type AnalysisCase = Pick<
  NewResponse,
  | 'submissionId'
  | 'questionnaireHash'
  | 'mode'
  | 'unitUid'
  | 'service'
  | 'startedAt'
  | 'submittedAt'
  | 'transactionOn'
  | 'day'
  | 'disposition'
  | 'answers'
>

/** Whole seconds from opening to sending; a clock set back in between counts as 0. */
export function secondsOf({ startedAt, submittedAt }: Pick<AnalysisCase, 'startedAt' | 'submittedAt'>): number {
  return Math.max(0, Math.floor((submittedAt.getTime() - startedAt.getTime()) / 1000))
}
