/** When a figure is hidden or flagged. */
export interface DisclosurePolicy {
  /** Fewer respondents than this could be recognised: hidden for confidentiality. */
  readonly minRespondents: number
  /** Fewer respondents than this say too little: percents hidden as unreliable. */
  readonly minReliableBase: number
  /** Fewer respondents than this: shown with a flag (†). */
  readonly minUnflaggedBase: number
}

/**
 * Policies for readers inside the administration and for the public.
 *
 * @see methodology 4.10: threshold rule 5 and 10; reliability 30 and 60 after CDC/NCHS
 */
export const DISCLOSURE_POLICIES = {
  internal: { minRespondents: 5, minReliableBase: 30, minUnflaggedBase: 60 },
  public: { minRespondents: 10, minReliableBase: 30, minUnflaggedBase: 60 },
} as const satisfies Readonly<Record<string, DisclosurePolicy>>

/** Why a figure is hidden: people could be recognised, too few to say anything, or it would give away another one. */
export const SUPPRESSION_REASONS = ['too_few', 'unreliable', 'complementary'] as const
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
