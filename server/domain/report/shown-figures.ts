import type { CodedEstimate, Estimate } from '../disclosure/estimate.js'
import type { LineFigures } from '../index/line-figures.js'

/** Only on types: figures bear it when they come from `make-shown`. */
export declare const SHOWN: unique symbol

/**
 * The numbers of one line that a reader sees. Only `make-shown`, for the disclosure engine, makes them; what it leaves out
 * is `null` and stands nowhere else.
 */
export interface ShownFigures extends Pick<LineFigures, 'base' | 'topTwoBoxPercent' | 'effectiveBase' | 'interval'> {
  readonly [SHOWN]: true
  /** The five shares and the points; `null` where they would give away what is hidden. */
  readonly split: Pick<LineFigures, 'percents' | 'points'> | null
  /** Counts of a single item; `null` for a composite, whose criteria carry them, and where the split is not shown. */
  readonly counts: Pick<LineFigures, 'answers' | 'counts' | 'nonresponse'> | null
}

/** A line as a reader sees it: its figures, its side alone, why it is hidden, or that nobody answered. */
export type LineEstimate = Estimate<ShownFigures> | CodedEstimate
