import type { LineFigures } from '../index/line-figures.js'
import type { Line } from '../index/lines.js'
import { lineKey, partKeys } from '../index/lines.js'
import type { ReportBlock, ReportCell } from './index-report.js'

/**
 * Rounds the figures of composites that are made of something hidden to one decimal.
 *
 * The mean of four percents, unrounded, is a number of fifteen digits: two unknown parts on three and on forty answers follow
 * from it, since few fractions add up to it. To one decimal many do. A composite of a rounded composite is rounded too.
 *
 * @see server/decisions/0005-what-is-protected.md
 */
export function coarsenComposites(blocks: readonly ReportBlock[]): readonly ReportBlock[] {
  return blocks.map((block) => {
    const byKey = new Map(block.cells.map((cell) => [lineKey(cell.line), cell]))
    const isCoarse = (line: Line): boolean =>
      partKeys(line).some((key) => {
        const part = byKey.get(key)
        return part !== undefined && (part.estimate.kind === 'suppressed' || isCoarse(part.line))
      })
    return { ...block, cells: block.cells.map((cell) => (isCoarse(cell.line) ? coarse(cell) : cell)) }
  })
}

/** Whether a line is made of others, so that its counts are theirs added up. */
export const isComposite = (line: Pick<Line, 'item'>): boolean => line.item === null

function coarse(cell: ReportCell): ReportCell {
  if (cell.estimate.kind !== 'published') return cell
  return { ...cell, isCoarse: true, estimate: { ...cell.estimate, figures: rounded(cell.estimate.figures) } }
}

const toOneDecimal = (value: number) => Math.round(value * 10) / 10

function rounded(figures: LineFigures): LineFigures {
  const { percents, interval } = figures
  const [p1, p2, p3, p4, p5] = percents
  return {
    ...figures,
    percents: [toOneDecimal(p1), toOneDecimal(p2), toOneDecimal(p3), toOneDecimal(p4), toOneDecimal(p5)],
    topTwoBoxPercent: toOneDecimal(figures.topTwoBoxPercent),
    points: toOneDecimal(figures.points),
    interval: { lowPercent: toOneDecimal(interval.lowPercent), highPercent: toOneDecimal(interval.highPercent) },
  }
}
