import type { PublishedEstimate } from '../disclosure/estimate.js'
import type { Line } from '../index/lines.js'
import type { ReportCell } from './index-report.js'
import type { ShownFigures } from './shown-figures.js'

/** A cell whose figure may be shown. */
export interface PublishedCell {
  readonly line: Line
  readonly estimate: PublishedEstimate<ShownFigures>
}

/** Whether the figure of a cell is shown. */
export const isPublished = (cell: ReportCell): cell is PublishedCell => cell.estimate.kind === 'published'

/**
 * The criteria of the index with the highest and the lowest percent; none stands in both lists.
 *
 * Equal percents keep the order of the questionnaire.
 *
 * @param size most criteria in one list
 */
export function rankCriteria(cells: readonly ReportCell[], size: number) {
  const ranked = cells
    .filter(isPublished)
    .filter(({ line }) => line.level === 'criterion' && line.isInIndex)
    .toSorted((a, b) => b.estimate.figures.topTwoBoxPercent - a.estimate.figures.topTwoBoxPercent)
  const weakestSize = Math.min(size, Math.floor(ranked.length / 2))
  const strongestSize = Math.min(size, ranked.length - weakestSize)
  return {
    strongest: ranked.slice(0, strongestSize),
    weakest: ranked.slice(ranked.length - weakestSize).toReversed(),
  }
}
