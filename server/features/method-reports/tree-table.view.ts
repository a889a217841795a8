import type { Method } from '../../domain/method/method.js'
import type { FigureFlags } from '../../domain/method/method-result.js'
import type { MethodCell, MethodGroup, MethodReport } from '../../domain/method-report/method-report.js'
import { flagSentences, type MethodCellView, toMethodCellView } from './method-cell.view.js'
import type { MethodContext } from './method-formats.js'

/** One line of the tree of a method for one group. */
export interface TreeRowView extends MethodCellView {
  readonly code: string
  readonly label: string
  readonly level: string
  readonly depth: number
  /** What a reader must know of a criterion, in words. */
  readonly notes: string
  /** Point and interval as places on the scale of the line; `null` without an interval to draw. */
  readonly mark: { readonly point: string; readonly low: string; readonly width: string } | null
}

/** The lines of one group in reading order. */
export function toTreeRows(group: MethodGroup, report: MethodReport, context: MethodContext): readonly TreeRowView[] {
  return group.cells.map((cell) => {
    const { line, flags, isCoarse } = cell
    const notes = [
      ...flagSentences(line.level === 'criterion' ? flags : ofComposite(flags), context),
      ...(isCoarse ? [context.t('methods.coarse')] : []),
    ]
    return {
      code: line.code,
      label: line.name[context.language],
      level: line.level === 'index' ? 'overall' : line.level === 'composite' ? 'factor' : 'criterion',
      depth: line.depth,
      notes: notes.join('; '),
      ...toMethodCellView(cell, report, context),
      mark: markOf(cell, report.method),
    }
  })
}

/** The other flags of a composite are its criteria's, which say them in their own lines. */
const ofComposite = ({ thin_criteria }: FigureFlags): FigureFlags => (thin_criteria ? { thin_criteria } : {})

function markOf({ line, estimate }: MethodCell, method: Method): TreeRowView['mark'] {
  if (estimate.kind !== 'published' || estimate.figures.value === null) return null
  const scale = line.level === 'index' ? method.range : scaleBelow(method)
  return placesOn(scale, estimate.figures.value, estimate.figures.interval)
}

/** Below the index, scores stand on the scale of the standardisation, and points of a sum on that of one criterion. */
function scaleBelow({ standardisation, index, range, scale }: Method): {
  readonly lowest: number
  readonly highest: number
} {
  if (standardisation !== undefined) return { lowest: standardisation.low, highest: standardisation.high }
  return index.rule === 'sum' ? scale : range
}

/** A value and its interval as percents of the width of a scale, cut off at its ends. */
export function placesOn(
  { lowest, highest }: { readonly lowest: number; readonly highest: number },
  value: number,
  interval: { readonly low: number; readonly high: number } | null,
) {
  const place = (number: number) => Math.min(100, Math.max(0, (100 * (number - lowest)) / (highest - lowest)))
  const text = (percent: number) => `${Math.round(percent * 100) / 100}%`
  const [low, high] = interval === null ? [place(value), place(value)] : [place(interval.low), place(interval.high)]
  return { point: text(place(value)), low: text(low), width: text(high - low) }
}
