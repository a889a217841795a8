/** When a figure is hidden or flagged. */
export interface Thresholds {
  /** Fewer respondents than this could be recognised: hidden for confidentiality. */
  readonly minRespondents: number
  /** Fewer respondents than this say too little: percents hidden as unreliable. */
  readonly minReliableBase: number
  /** Fewer respondents than this: shown with a flag (†). */
  readonly minUnflaggedBase: number
}

/** Thresholds, and what is coded besides. */
export interface DisclosurePolicy extends Thresholds {
  /** Shares near 0 and 100 % on few respondents are shown as "at most" and "at least" only; absent: never. */
  readonly topCoding?: TopCoding
}

/** Which shares are shown as a bound instead of a figure. */
export interface TopCoding {
  /** With as many respondents shares are shown as they are. */
  readonly minExactBase: number
  /** Shares up to `edgePercent`, and from 100 less it, are coded. */
  readonly edgePercent: number
}

/** Who reads: people inside the administration with a duty of secrecy, an agency about itself, or everybody. */
export const READER_CLASSES = ['internal', 'agency', 'public'] as const
export type ReaderClass = (typeof READER_CLASSES)[number]

const INSIDE: DisclosurePolicy = { minRespondents: 5, minReliableBase: 30, minUnflaggedBase: 60 }

/**
 * Policies by class of reader.
 *
 * @see methodology 4.10: threshold rule 5 and 10; reliability 30 and 60 after CDC/NCHS; 0 to 5 % and 95 to 100 % coded after
 *   Washington State Department of Health, under 100 respondents
 */
export const DISCLOSURE_POLICIES: Readonly<Record<ReaderClass, DisclosurePolicy>> = {
  internal: INSIDE,
  agency: INSIDE,
  public: { ...INSIDE, minRespondents: 10, topCoding: { minExactBase: 100, edgePercent: 5 } },
}

/**
 * Why a figure is hidden: people could be recognised, too few to say anything, it would give away another one, or what it
 * differs by from a figure already shown is an answer of few.
 */
export const SUPPRESSION_REASONS = ['too_few', 'unreliable', 'complementary', 'differencing'] as const
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number]

/**
 * Why a figure on this many respondents is hidden by itself.
 *
 * @param base respondents behind the figure, unweighted, more than 0
 * @returns `null` when it may be shown
 */
export function primaryReason(base: number, policy: DisclosurePolicy): 'too_few' | 'unreliable' | null {
  if (base < policy.minRespondents) return 'too_few'
  return base < policy.minReliableBase ? 'unreliable' : null
}
