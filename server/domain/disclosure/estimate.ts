import { type DisclosurePolicy, primaryReason, type SuppressionReason } from './policy.js'

/** How far a shown figure may be leaned on; `flagged` carries † wherever it stands. */
export type Reliability = 'reliable' | 'flagged'

/** A figure fit to show. */
export interface PublishedEstimate<Figures> {
  readonly kind: 'published'
  readonly figures: Figures
  readonly reliability: Reliability
}

/** A figure that is hidden, and why. Neither the figure nor its base may appear anywhere. */
export interface SuppressedEstimate {
  readonly kind: 'suppressed'
  readonly reason: SuppressionReason
}

/** A share near 0 or 100 % of which only the side is told: neither counts, interval nor split may appear anywhere. */
export interface CodedEstimate {
  readonly kind: 'coded'
  readonly side: 'at_most' | 'at_least'
  readonly percent: number
  /** Respondents behind it. */
  readonly base: number
  readonly reliability: Reliability
}

/** A figure with its uncertainty, the reason why it is hidden, or the fact that nobody answered. */
export type Estimate<Figures> = PublishedEstimate<Figures> | SuppressedEstimate | { readonly kind: 'empty' }

/**
 * Applies the thresholds to one figure by itself; totals around it are looked at by `hideRecoverable`.
 *
 * @param figures `null` when nobody gave a valid answer: said as such, it tells of no person
 */
export function estimateOf<Figures extends { readonly base: number }>(
  figures: Figures | null,
  policy: DisclosurePolicy,
): Estimate<Figures> {
  if (figures === null) return { kind: 'empty' }
  const reason = primaryReason(figures.base, policy)
  if (reason !== null) return { kind: 'suppressed', reason }
  return {
    kind: 'published',
    figures,
    reliability: figures.base < policy.minUnflaggedBase ? 'flagged' : 'reliable',
  }
}

/** Which side of a share is told instead of the share; `null` for one that may be shown. */
export function codedSide(
  share: { readonly base: number; readonly topTwoBoxPercent: number },
  { topCoding }: DisclosurePolicy,
): CodedEstimate['side'] | null {
  if (topCoding === undefined || share.base >= topCoding.minExactBase) return null
  if (share.topTwoBoxPercent <= topCoding.edgePercent) return 'at_most'
  return share.topTwoBoxPercent >= 100 - topCoding.edgePercent ? 'at_least' : null
}
