import type { LineFigures } from '../index/line-figures.js'
import type { Line } from '../index/lines.js'
import type { SHOWN, ShownFigures } from './shown-figures.js'

/** Everything of a line. */
export function fullFigures(line: Pick<Line, 'item'>, figures: LineFigures): ShownFigures {
  const { percents, points, answers, counts, nonresponse } = figures
  return {
    ...headlineOnly(figures),
    split: { percents, points },
    counts: line.item === null ? null : { answers, counts, nonresponse },
  }
}

/** The headline with its base and interval alone. */
export function headlineOnly({ base, topTwoBoxPercent, effectiveBase, interval }: LineFigures): ShownFigures {
  return sealed({ base, topTwoBoxPercent, effectiveBase, interval, split: null, counts: null })
}

const toOneDecimal = (value: number) => Math.round(value * 10) / 10

/**
 * Headline and interval to one decimal: for a composite of something hidden.
 *
 * The mean of four percents, unrounded, is a number of fifteen digits: two unknown parts on three and on forty answers follow
 * from it, since few fractions add up to it. To one decimal many do.
 */
export function coarseHeadline(figures: LineFigures): ShownFigures {
  const { lowPercent, highPercent } = figures.interval
  return {
    ...headlineOnly(figures),
    topTwoBoxPercent: toOneDecimal(figures.topTwoBoxPercent),
    interval: { lowPercent: toOneDecimal(lowPercent), highPercent: toOneDecimal(highPercent) },
  }
}

/** Figures that are computed from shown ones alone, such as a mean over units. */
export const fromShown = (figures: Omit<ShownFigures, typeof SHOWN>): ShownFigures => sealed(figures)

const sealed = (figures: Omit<ShownFigures, typeof SHOWN>) => figures as ShownFigures
