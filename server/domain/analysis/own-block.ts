import { estimateOf } from '../disclosure/estimate.js'
import type { DisclosurePolicy } from '../disclosure/policy.js'
import { instrumentOf } from '../index/instrument.js'
import { figuresOfLine, type LineFigures } from '../index/line-figures.js'
import { type Line, type LineLevel, lineKey, linesOf } from '../index/lines.js'
import type { Tally } from '../index/tally.js'
import type { Questionnaire } from '../questionnaire/definition.js'
import { coarsenComposites } from '../report/coarsen-composites.js'
import { protectBlocks } from '../report/protect-blocks.js'

/** The lines of the index report for the selection as a whole, with what it hides hidden. */
export interface OwnBlock {
  readonly lines: readonly Line[]
  /** Figures of a line; `null` where it is hidden, made of something hidden, or nobody answered. */
  published(level: LineLevel, code: string): LineFigures | null
}

/**
 * The selection as one group of the index report, so that no table shows more of its criteria than the report does.
 *
 * A composite made of something hidden is left out here: the report rounds it, and a design effect beside it would undo that.
 */
export function ownBlock(questionnaire: Questionnaire, tally: Tally, policy: DisclosurePolicy): OwnBlock {
  const instrument = instrumentOf(questionnaire)
  const lines = linesOf(instrument, 'mean_of_children', questionnaire.overallItem)
  const cells = lines.map((line) => ({
    line,
    estimate: estimateOf(figuresOfLine(line, tally, instrument, 'mean_of_children'), policy),
  }))
  const group = {
    key: 'selection',
    scope: 'total' as const,
    unitUid: '',
    unitName: { vi: '', en: '' },
    service: null,
    period: { from: null, to: null },
    parts: [],
  }
  const counts = { receivedCount: tally.received, responseCount: tally.responses, unitCounts: null }
  const [block] = coarsenComposites(protectBlocks([{ group, rollup: 'none', ...counts, cells }], policy))
  const byKey = new Map(block!.cells.map((cell) => [lineKey(cell.line), cell]))
  return {
    lines,
    published(level, code) {
      const cell = byKey.get(lineKey({ level, code }))
      return cell?.estimate.kind === 'published' && cell.isCoarse !== true ? cell.estimate.figures : null
    },
  }
}
