import type { LineFigures } from '../index/line-figures.js'

/**
 * Standard error of a shown percent, in percentage points: 100·√(p(1 − p) / n_eff).
 *
 * p is held half an answer from 0 and 1, where the formula would claim certainty.
 *
 * @see methodology 4.8; Agresti, A. (2013) Categorical Data Analysis, section 1.4, for the half
 */
export function standardErrorPoints({
  topTwoBoxPercent,
  effectiveBase,
}: Pick<LineFigures, 'topTwoBoxPercent' | 'effectiveBase'>): number {
  const edge = 0.5 / Math.max(1, effectiveBase)
  const share = Math.min(1 - edge, Math.max(edge, topTwoBoxPercent / 100))
  return 100 * Math.sqrt((share * (1 - share)) / effectiveBase)
}
