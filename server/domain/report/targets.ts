import type { PercentInterval } from '../statistics/wilson.js'

/** A target for the share of satisfied people. */
export interface SatisfactionTarget {
  readonly percent: number
  /** To be reached by the end of this year. */
  readonly year: number
  readonly source: string
}

/**
 * National targets, the oldest first; against the first one "significantly low" is judged. `views/assets/report.css` draws them.
 *
 * @see methodology 1.1: 80 % is read in the resolution's reports; 90 and 95 % remain to be checked against the text
 */
export const SATISFACTION_TARGETS = [
  { percent: 80, year: 2020, source: '30c/NQ-CP' },
  { percent: 90, year: 2025, source: '76/NQ-CP' },
  { percent: 95, year: 2030, source: '76/NQ-CP' },
] as const satisfies readonly SatisfactionTarget[]

/**
 * Whether a figure lies below what it is held against by more than its own sampling error: its whole interval does.
 *
 * @param bound a target or the median of its kind, percent; where there is none nothing is low
 * @see methodology 4.9: a criterion needs mending (`cần khắc phục`) when its upper Wilson bound lies below what it is held against
 */
export const isSignificantlyLow = ({ highPercent }: PercentInterval, bound: number | undefined): boolean =>
  bound !== undefined && highPercent < bound
