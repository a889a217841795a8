import type { LineFigures } from '../../domain/index/line-figures.js'
import type { ReportCell } from '../../domain/report/index-report.js'
import type { Language } from '../../domain/survey/vocabulary.js'
import { type EstimateView, toEstimateView, type Wording } from './estimate.view.js'
import { type BarPart, barParts } from './figure-shapes.js'
import type { KindMedian } from './kind-median.js'

/** One row of the table of factors and criteria. */
export interface ScoreRowView {
  readonly label: string
  readonly isFactor: boolean
  readonly figure: EstimateView
  readonly bar: { readonly parts: readonly BarPart[]; readonly alternative: string } | null
  readonly median: string
  /** How many units the median stands on, where it differs from the headline's. */
  readonly difference: string
  readonly isLow: boolean
}

/**
 * Whether a figure lies below the median of its kind by more than its own sampling error: its whole interval does.
 *
 * @see methodology 4.9: a criterion needs mending when its upper Wilson bound lies below what it is held against
 */
export function isSignificantlyLow(figures: Pick<LineFigures, 'interval'>, median: KindMedian | undefined): boolean {
  return median !== undefined && figures.interval.highPercent < median.percent
}

function barOf({ percents }: LineFigures, { t, formats }: Wording) {
  const alternative = percents
    .map((percent, i) => `${t(`agency.level_${i + 1}`)} ${formats.percent(percent)}`)
    .join('; ')
  return { parts: barParts(percents), alternative }
}

/** Makes a row; without a median of three units the comparison stays empty. */
export function toScoreRow(
  { line, estimate }: ReportCell,
  median: KindMedian | undefined,
  wording: Wording,
  language: Language,
): ScoreRowView {
  const figures = estimate.kind === 'published' ? estimate.figures : null
  const { formats } = wording
  return {
    label: line.label[language],
    isFactor: line.level !== 'criterion',
    figure: toEstimateView(estimate, wording),
    bar: figures && barOf(figures, wording),
    median: median ? formats.number(median.percent) : '–',
    difference: figures && median ? formats.signed(figures.topTwoBoxPercent - median.percent) : '–',
    isLow: figures !== null && isSignificantlyLow(figures, median),
  }
}
