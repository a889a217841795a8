/** One period of a monthly series. */
export interface ChartPeriod {
  readonly period: string
  /** Share, 0 to 1. */
  readonly share: number
  /** Respondents over design effect, greater than 0. */
  readonly effectiveBase: number
}

/** Why a period stands out: beyond three standard errors, or the eighth in a row on one side of the centre. */
export type ChartSignal = 'beyond_limits' | 'run'

/** One period with its limits. */
export interface ChartPoint {
  readonly period: string
  readonly percent: number
  readonly lowLimitPercent: number
  readonly highLimitPercent: number
  readonly signals: readonly ChartSignal[]
}

/** A p chart. */
export interface ControlChart {
  /** Pooled percent of the baseline. */
  readonly centrePercent: number
  readonly points: readonly ChartPoint[]
}

const RUN_LENGTH = 8

/**
 * Control limits of a monthly share (Shewhart's p chart): p̄ ± 3·√[p̄(1 − p̄)/n_i], cut at 0 and 100.
 *
 * A month inside the limits is no news. Signals: outside the limits, or eight in a row on one side of the centre.
 * Leaves out overdispersion between months beyond the design effect.
 *
 * @param periods in order of time
 * @param baseline how many of the first periods set the centre; all unless told
 * @throws {RangeError} when there is no period, a share or base is out of range, or the baseline is not 1 to their number
 * @see Montgomery, D. C. (2013) Introduction to Statistical Quality Control, sections 5.3 and 7.2; Western Electric (1956) for the run of eight
 * @example controlChart([{ period: '2026-01', share: 0.8, effectiveBase: 100 }]).points[0].highLimitPercent // 92
 */
export function controlChart(periods: readonly ChartPeriod[], baseline = periods.length): ControlChart {
  for (const { period, share, effectiveBase } of periods) {
    const isUsable = share >= 0 && share <= 1 && effectiveBase > 0 && effectiveBase < Infinity
    if (!isUsable) throw new RangeError(`Period ${period} has share ${share} on base ${effectiveBase}`)
  }
  if (!(Number.isInteger(baseline) && baseline >= 1 && baseline <= periods.length)) {
    throw new RangeError(`Baseline must be 1 to ${periods.length} periods, got ${baseline}`)
  }
  const centre = pooledShare(periods.slice(0, baseline))
  let run = 0
  const points = periods.map(({ period, share, effectiveBase }) => {
    const side = Math.sign(share - centre)
    run = side !== 0 && side === Math.sign(run) ? run + side : side
    const half = 3 * Math.sqrt((centre * (1 - centre)) / effectiveBase)
    const signals: ChartSignal[] = []
    if (Math.abs(share - centre) > half) signals.push('beyond_limits')
    if (Math.abs(run) >= RUN_LENGTH) signals.push('run')
    return {
      period,
      percent: 100 * share,
      lowLimitPercent: 100 * Math.max(0, centre - half),
      highLimitPercent: 100 * Math.min(1, centre + half),
      signals,
    }
  })
  return { centrePercent: 100 * centre, points }
}

function pooledShare(periods: readonly ChartPeriod[]): number {
  const base = periods.reduce((sum, { effectiveBase }) => sum + effectiveBase, 0)
  return periods.reduce((sum, { share, effectiveBase }) => sum + share * effectiveBase, 0) / base
}
