import type { ShownFigures } from '../../domain/report/shown-figures.js'
import type { ReportContext } from './estimate.view.js'

/** Narrower parts have no room for their number. */
const MIN_LABELLED_PERCENT = 9

/** The five-way split as a drawing: widths are percents of the whole, worst on the left. */
export interface SplitBarView {
  /** All five numbers in words: what the drawing says to those who cannot see it. */
  readonly label: string
  readonly parts: readonly {
    readonly level: number
    readonly x: string
    readonly width: string
    readonly middle: string
    readonly text: string
  }[]
}

/** Draws the split of a shown figure. */
export function toSplitBarView(
  { percents }: NonNullable<ShownFigures['split']>,
  levels: readonly string[],
  { formats }: ReportContext,
): SplitBarView {
  const startOf = (i: number) => percents.slice(0, i).reduce((sum, percent) => sum + percent, 0)
  return {
    label: percents.map((percent, i) => `${levels[i] ?? i + 1}: ${formats.percent(percent)}`).join('; '),
    parts: percents.map((percent, i) => ({
      level: i + 1,
      x: `${round(startOf(i))}%`,
      width: `${round(percent)}%`,
      middle: `${round(startOf(i) + percent / 2)}%`,
      text: percent < MIN_LABELLED_PERCENT ? '' : formats.count(percent),
    })),
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
