import { type Line, lineKey } from '../../domain/index/lines.js'
import { isComposite } from '../../domain/report/coarsen-composites.js'
import type { ReportBlock, ReportCell } from '../../domain/report/index-report.js'
import { type EstimateView, type ReportContext, toEstimateView } from './estimate.view.js'
import { type SplitBarView, toSplitBarView } from './split-bar.view.js'

/** One line of the table of criteria. */
export interface LineRowView extends EstimateView {
  readonly label: string
  readonly level: string
  /** `null` when the figure is not shown. */
  readonly bar: SplitBarView | null
  readonly points: string
  readonly notApplicable: string
  readonly dontKnow: string
  readonly refused: string
  readonly blank: string
}

/** Lines of one group, criteria under their factor; what stands outside the index says so. */
export function toLineRows(
  { cells }: ReportBlock,
  levels: readonly string[],
  context: ReportContext,
): readonly LineRowView[] {
  return cells.map((cell) => toLineRow(cell, levels, context))
}

function toLineRow({ line, estimate }: ReportCell, levels: readonly string[], context: ReportContext): LineRowView {
  const { formats } = context
  const facts = { label: labelOf(line, context), level: line.level, ...toEstimateView(estimate, context) }
  if (estimate.kind !== 'published') {
    return { ...facts, bar: null, points: '', notApplicable: '', dontKnow: '', refused: '', blank: '' }
  }
  const { figures } = estimate
  // A composite has no counts of its own: those of its criteria stand in their rows.
  const count = (value: number) => (isComposite(line) ? '' : formats.count(value))
  return {
    ...facts,
    bar: toSplitBarView(figures, levels, context),
    points: formats.number(figures.points),
    notApplicable: count(figures.nonresponse.notApplicable),
    dontKnow: count(figures.nonresponse.dontKnow),
    refused: count(figures.nonresponse.refused),
    blank: count(figures.nonresponse.blank),
  }
}

/** The line's name; a module says that it is no part of the index. */
export function labelOf(line: Line, { language, t }: ReportContext): string {
  const name = line.label[language]
  return line.level === 'factor' && !line.isInIndex ? t('reports.module', { name }) : name
}

/** A line's estimate in a block, found by key. */
export function cellOf(block: ReportBlock | undefined, line: Pick<Line, 'level' | 'code'>): ReportCell | undefined {
  return block?.cells.find((cell) => lineKey(cell.line) === lineKey(line))
}
