import { studentQuantile } from '../special/student-t.js'
import { type PercentInterval, wilsonInterval } from '../wilson.js'
import { clopperPearsonInterval } from './clopper-pearson.js'
import type { DesignEstimate } from './design-estimate.js'
import { kornGraubardInterval, quantileRatioSquared } from './korn-graubard.js'

/** Ways to a 95 % interval of a share from a complex sample. */
export const INTERVAL_METHODS = ['wilson', 'logit', 'korn_graubard', 'beta'] as const
/** One of the ways. */
export type IntervalMethod = (typeof INTERVAL_METHODS)[number]

/**
 * 95 % interval of a share estimated from a complex sample.
 *
 * - `wilson`: score interval on the effective base; always defined
 * - `logit`: logit(p) ± t_df · SE / [p(1 − p)], carried back
 * - `korn_graubard`: exact interval on min(n, n/deff · (t_{n−1}/t_df)²)
 * - `beta`: exact interval on p(1 − p)/V · (t_{n−1}/t_df)², never capped; R's `svyciprop(method = "beta")`
 *
 * @param estimate of values 0 and 1
 * @returns percent, 0 to 100, unrounded; `null` where the way is undefined: no degree of freedom, or, for `logit` and `beta`, a share of 0 or 1 or no variance
 * @throws {RangeError} when the estimate is not a share
 * @see Korn and Graubard (1998); methodology 4.8; Franco, C. et al. (2019) "Comparative study of confidence intervals for
 *   proportions in complex sample surveys", J. Survey Statistics and Methodology 7
 * @example shareInterval({ value: 0.81, standardError: 0.025, base: 400, designEffect: 1.6, effectiveBase: 250, degreesOfFreedom: 22, lonelyStrata: [] }, 'wilson')
 *   // { lowPercent: 75.682133, highPercent: 85.379603 }
 */
export function shareInterval(estimate: DesignEstimate, method: IntervalMethod): PercentInterval | null {
  switch (method) {
    case 'wilson':
      return wilsonInterval(estimate.value, estimate.effectiveBase)
    case 'logit':
      return logitInterval(estimate)
    case 'korn_graubard':
      return kornGraubardInterval({ ...estimate, effectiveBase: uncappedBase(estimate) })
    case 'beta':
      return betaInterval(estimate)
  }
}

/** Base over design effect, before the cap at the base: the cap comes after the t quantiles here. */
const uncappedBase = ({ base, designEffect, effectiveBase }: DesignEstimate) =>
  designEffect === null ? effectiveBase : base / designEffect

const isInside = ({ value, standardError, degreesOfFreedom }: DesignEstimate) =>
  value > 0 && value < 1 && standardError > 0 && degreesOfFreedom >= 1

function logitInterval(estimate: DesignEstimate): PercentInterval | null {
  if (!isInside(estimate)) return null
  const { value, standardError, degreesOfFreedom } = estimate
  const middle = Math.log(value / (1 - value))
  const half = (studentQuantile(0.975, degreesOfFreedom) * standardError) / (value * (1 - value))
  const percent = (logit: number) => 100 / (1 + Math.exp(-logit))
  return { lowPercent: percent(middle - half), highPercent: percent(middle + half) }
}

function betaInterval(estimate: DesignEstimate): PercentInterval | null {
  if (!isInside(estimate)) return null
  const { value, standardError, base, degreesOfFreedom } = estimate
  const precision = (value * (1 - value)) / standardError ** 2
  return clopperPearsonInterval(value, precision * quantileRatioSquared(base, degreesOfFreedom))
}
