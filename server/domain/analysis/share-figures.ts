import type { Estimate } from '../disclosure/estimate.js'
import { estimateOf } from '../disclosure/estimate.js'
import type { DisclosurePolicy, SuppressionReason } from '../disclosure/policy.js'
import { type PercentInterval, wilsonInterval } from '../statistics/wilson.js'

/** How many of a base, as count and percent with its Wilson interval (respondents independent, unweighted). Unrounded. */
export interface ShareFigures {
  readonly base: number
  readonly count: number
  readonly percent: number
  readonly interval: PercentInterval
}

/** A share fit to show: held to the thresholds by its base, and to what its table hides. */
export function shareEstimate(
  count: number,
  base: number,
  policy: DisclosurePolicy,
  hidden: SuppressionReason | undefined,
): Estimate<ShareFigures> {
  if (base === 0) return { kind: 'empty' }
  const estimate = estimateOf(
    { base, count, percent: (100 * count) / base, interval: wilsonInterval(count / base, base) },
    policy,
  )
  return hidden !== undefined && estimate.kind === 'published' ? { kind: 'suppressed', reason: hidden } : estimate
}
