import type { IndexReport } from '../report/index-report.js'
import { isPublished, type PublishedCell } from '../report/rank-criteria.js'
import { type JudgedLine, judgeUnits, type KindOf, type mediansByKind } from './judge-units.js'

/** A criterion of the city among the lowest, with the units at it. */
export interface WeakCriterion extends PublishedCell {
  readonly units: JudgedLine
}

/** The city's lowest criteria. */
export interface WeakCriteria {
  /** The lowest first; more than asked for where the last ones are equal. */
  readonly lowest: readonly WeakCriterion[]
  /** Criteria of the index with a figure. */
  readonly shownCount: number
  readonly notShownCount: number
}

/**
 * The criteria of the index at which the whole city does worst.
 *
 * @param size how many; whatever equals the last of them is there too, so that no tie is broken by chance
 */
export function weakCriteria(
  { blocks }: Pick<IndexReport, 'blocks'>,
  medians: ReturnType<typeof mediansByKind>,
  kindOf: KindOf,
  size: number,
): WeakCriteria {
  const cells = (blocks[0]?.cells ?? []).filter(({ line }) => line.level === 'criterion' && line.isInIndex)
  const shown = cells.filter(isPublished).toSorted((a, b) => percentOf(a) - percentOf(b))
  const last = shown[Math.min(size, shown.length) - 1]
  const lowest = last === undefined ? [] : shown.filter((cell) => percentOf(cell) <= percentOf(last))
  return {
    lowest: lowest.map((cell) => ({ ...cell, units: judgeUnits(blocks, cell.line, medians, kindOf) })),
    shownCount: shown.length,
    notShownCount: cells.length - shown.length,
  }
}

const percentOf = ({ estimate }: PublishedCell) => estimate.figures.topTwoBoxPercent
