import type { DesignEstimate } from '../../server/domain/statistics/estimation/design-estimate.js'
import { meanInterval } from '../../server/domain/statistics/estimation/mean-interval.js'
import { type IntervalMethod, shareInterval } from '../../server/domain/statistics/estimation/share-interval.js'
import type { Measure } from './item-values.js'

/** How an interval is made, for the output. */
const INTERVAL_KINDS: Readonly<Record<IntervalMethod, string>> = {
  wilson: 'wilson_effective_base',
  logit: 'logit',
  korn_graubard: 'korn_graubard',
  beta: 'beta',
}

/** An interval in the unit of the estimate. */
export interface FigureInterval {
  readonly kind: string
  readonly level: 0.95
  /** Degrees of freedom of the standard error. */
  readonly df: number
  readonly low: number
  readonly high: number
}

/** A figure as printed; shares are 0 to 1, nothing is rounded. */
export interface Figures {
  /** `null` when the domain has no valid answer. */
  readonly estimate: number | null
  readonly standardError: number | null
  /** `null` where the way is undefined: no degree of freedom, or a share of 0 or 1 by logit and beta. */
  readonly interval: FigureInterval | null
  /** Rows with a valid answer. */
  readonly base: number
  readonly effectiveBase: number | null
  /** `null` where everybody gave one answer. */
  readonly designEffect: number | null
}

const NO_FIGURES: Figures = {
  estimate: null,
  standardError: null,
  interval: null,
  base: 0,
  effectiveBase: null,
  designEffect: null,
}

/** The figures of an estimate; all `null` on base 0 where there is none. */
export function toFigures(measure: Measure, estimate: DesignEstimate | null, method: IntervalMethod): Figures {
  if (estimate === null) return NO_FIGURES
  const { value, standardError, base, effectiveBase, designEffect } = estimate
  const interval = measure === 'share' ? ofShare(estimate, method) : ofMean(estimate)
  return { estimate: value, standardError, interval, base, effectiveBase, designEffect }
}

function ofShare(estimate: DesignEstimate, method: IntervalMethod): FigureInterval | null {
  const percent = shareInterval(estimate, method)
  if (percent === null) return null
  const [low, high] = [percent.lowPercent / 100, percent.highPercent / 100]
  return { kind: INTERVAL_KINDS[method], level: 0.95, df: estimate.degreesOfFreedom, low, high }
}

function ofMean({ value, standardError, degreesOfFreedom }: DesignEstimate): FigureInterval | null {
  const bounds = meanInterval(value, standardError, degreesOfFreedom)
  return bounds && { kind: 't', level: 0.95, df: degreesOfFreedom, ...bounds }
}
