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

/** Whether a figure is surely under the first target: its whole interval is (methodology 4.9, `cần khắc phục`). */
export const isSignificantlyLow = ({ highPercent }: PercentInterval): boolean =>
  highPercent < SATISFACTION_TARGETS[0].percent
