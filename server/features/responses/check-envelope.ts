import { addMonths, cityDay } from '../../domain/survey/day.js'
import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { EnvelopeError, Submission } from './submission.js'

/** Transactions further back are not asked about: memory of them is poor (methodology 8.1, S3: the last 12 months). */
const MONTHS_BACK = 12
/** Clocks of programs may run ahead a little. */
const CLOCK_SKEW_MS = 5 * 60 * 1000

/** The months a transaction may lie in, `YYYY-MM`, the present one first. */
export function transactionMonths(today: IsoDay): readonly string[] {
  return Array.from({ length: MONTHS_BACK }, (_, back) => addMonths(today, -back).slice(0, 7))
}

/** What is wrong with a submission apart from its answers. */
export function envelopeErrors(
  { month, startedAt, consentVersion }: Pick<Submission, 'month' | 'startedAt' | 'consentVersion'>,
  currentConsentVersion: string,
  now: Date,
): readonly EnvelopeError[] {
  const errors: EnvelopeError[] = []
  // One month more than is offered: a form opened on the last day of a month may be sent on the first of the next.
  const latest = addMonths(cityDay(now), 0).slice(0, 7)
  const earliest = addMonths(cityDay(now), -MONTHS_BACK).slice(0, 7)
  if (month < earliest || month > latest) errors.push({ field: 'transactionOn', code: 'out_of_range' })
  // Nobody answers before the earliest transaction that may be asked about: such a time is a clock never set.
  const isTooEarly = cityDay(startedAt) < `${earliest}-01`
  const isTooLate = startedAt.getTime() > now.getTime() + CLOCK_SKEW_MS
  if (isTooEarly || isTooLate) errors.push({ field: 'startedAt', code: 'out_of_range' })
  if (consentVersion !== currentConsentVersion) errors.push({ field: 'consent.version', code: 'outdated' })
  return errors
}
