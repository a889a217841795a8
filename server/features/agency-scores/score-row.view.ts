import type { ReportCell } from '../../domain/report/index-report.js'
import type { KindMedian } from '../../domain/report/kind-median.js'
import { isSignificantlyLow } from '../../domain/report/targets.js'
import {
  type EstimateView,
  itemLabel,
  type ReportContext,
  type SplitBarView,
  toEstimateView,
  toSplitBarView,
} from '../index-reports/index.js'
import { signedPoints } from './signed-points.js'

/** One row of the table of factors and criteria. */
export interface ScoreRowView {
  readonly label: string
  readonly isFactor: boolean
  readonly figure: EstimateView
  /** `null` when the split is not shown. */
  readonly bar: SplitBarView | null
  readonly median: string
  readonly difference: string
  readonly isLow: boolean
}

/** Stands where there is nothing to compare. */
const NOTHING = '–'

/**
 * Makes a row; without a median of three units the comparison stays empty.
 *
 * @param levels names of the five levels, worst to best
 */
export function toScoreRow(
  { line, estimate }: ReportCell,
  median: KindMedian | undefined,
  levels: readonly string[],
  context: ReportContext,
): ScoreRowView {
  const figures = estimate.kind === 'published' ? estimate.figures : null
  const { formats } = context
  return {
    label: itemLabel(line, context),
    isFactor: line.level !== 'criterion',
    figure: toEstimateView(estimate, context),
    bar: figures?.split ? toSplitBarView(figures.split, levels, context) : null,
    median: median ? formats.number(median.percent) : NOTHING,
    difference: figures && median ? signedPoints(figures.topTwoBoxPercent - median.percent, formats) : NOTHING,
    isLow: figures !== null && isSignificantlyLow(figures.interval, median?.percent),
  }
}
