/** Reasons to doubt a case. */
export const QUALITY_FLAGS = [
  'speeder',
  'straightline',
  'incomplete',
  'duplicate',
  'out_of_scope',
  'interviewer',
] as const
/** One reason. */
export type QualityFlag = (typeof QUALITY_FLAGS)[number]

/** A named set of cleaning rules; its name and version stand with every result it shaped. */
export interface QualityRuleSet {
  readonly name: string
  readonly version: number
  /** Faster than the larger of this many seconds and this share of the median of the same form and mode. */
  readonly speeder: { readonly minSeconds: number; readonly medianShare: number }
  /** At least this many rated items, all answered alike, in less than the median time. */
  readonly straightline: { readonly minItems: number }
  /** Fewer than this share of the applicable core items answered. */
  readonly incomplete: { readonly minShare: number }
  /** A transaction longer ago than this. */
  readonly outOfScope: { readonly maxMonths: number }
  readonly interviewer: InterviewerRules
  /** Flags that take a case out; the others are reported only. */
  readonly excludes: readonly QualityFlag[]
}

/** Rules over all interviews of one interviewer. */
export interface InterviewerRules {
  /** Unit-adjusted mean further than this many standard errors from the others'. */
  readonly maxDeviations: number
  /** More interviews than this on one day. */
  readonly maxPerDay: number
  /** At least this share of call-backs failed. */
  readonly callbackFailShare: number
}

/**
 * The cleaning rules of the methodology, excluding what cannot be an answer of the survey at all.
 *
 * Speed and straight lines are reported and not excluded until the Institute decides so: satisfied people answer alike.
 *
 * @see Methodology 1.8
 */
export const STANDARD_QUALITY_RULES: QualityRuleSet = {
  name: 'standard',
  version: 1,
  speeder: { minSeconds: 90, medianShare: 0.4 },
  straightline: { minItems: 15 },
  incomplete: { minShare: 0.8 },
  outOfScope: { maxMonths: 12 },
  interviewer: { maxDeviations: 3, maxPerDay: 15, callbackFailShare: 0.1 },
  excludes: ['incomplete', 'duplicate', 'out_of_scope'],
}
