import type { ReportBlock } from '../../domain/report/index-report.js'
import { cellOf } from './line-table.view.js'

/** How the rows of units, areas or services are ordered. */
export const GROUP_ORDERS = ['name', 'figure'] as const
export type GroupOrder = (typeof GROUP_ORDERS)[number]

/**
 * Puts blocks in order: by name, or by the index as shown, the best first and what is not shown last by name.
 *
 * @param nameOf the name by which a block is shown
 */
export function orderBlocks(
  blocks: readonly ReportBlock[],
  order: GroupOrder,
  nameOf: (block: ReportBlock) => string,
  language: string,
): readonly ReportBlock[] {
  const collator = new Intl.Collator(language, { numeric: true })
  const figures = new Map(blocks.map((block) => [block, indexOf(block)]))
  return blocks.toSorted((a, b) => {
    const byFigure = order === 'figure' ? figures.get(b)! - figures.get(a)! : 0
    return byFigure || collator.compare(nameOf(a), nameOf(b))
  })
}

/** Percent of the index; below every percent when it is not shown. */
function indexOf(block: ReportBlock): number {
  const estimate = cellOf(block, { level: 'overall', code: 'overall' })?.estimate
  return estimate?.kind === 'published' ? estimate.figures.topTwoBoxPercent : -1
}
