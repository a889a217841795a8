import { type Line, lineKey } from '../../domain/index/lines.js'
import type { ReportBlock, ReportCell } from '../../domain/report/index-report.js'
import { type EstimateView, type ReportContext, toEstimateView } from './estimate.view.js'
import { type SplitBarView, toSplitBarView } from './split-bar.view.js'

/** One line of the table of criteria. */
export interface LineRowView extends EstimateView {
  readonly label: string
  readonly level: string
  /** `null` when the split is not shown. */
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
  const { split, counts } = estimate.kind === 'published' ? estimate.figures : { split: null, counts: null }
  const nonresponse = counts?.nonresponse
  const count = (value: number | undefined) => (value === undefined ? '' : formats.count(value))
  return {
    label: labelOf(line, context),
    level: line.level,
    ...toEstimateView(estimate, context),
    bar: split && toSplitBarView(split, levels, context),
    points: split === null ? '' : formats.number(split.points),
    // A composite has no counts of its own: those of its criteria stand in their rows.
    notApplicable: count(nonresponse?.notApplicable),
    dontKnow: count(nonresponse?.dontKnow),
    refused: count(nonresponse?.refused),
    blank: count(nonresponse?.blank),
  }
}

/** The line's name; a module says that it is no part of the index. */
export function labelOf(line: Line, context: ReportContext): string {
  const name = itemLabel(line, context)
  return line.level === 'factor' && !line.isInIndex ? context.t('reports.module', { name }) : name
}

/** The line's name; of a negative statement it says that those who disagree are counted, or a good figure would read as a bad one. */
export function itemLabel({ label, item }: Line, { language, t }: Pick<ReportContext, 'language' | 't'>): string {
  const name = label[language]
  return item?.isReversed === true ? t('reports.reversed', { name }) : name
}

/** A line's estimate in a block, found by key. */
export function cellOf(block: ReportBlock | undefined, line: Pick<Line, 'level' | 'code'>): ReportCell | undefined {
  return block?.cells.find((cell) => lineKey(cell.line) === lineKey(line))
}
