import type { DisclosurePolicy } from '../disclosure/policy.js'
import { instrumentOf } from '../index/instrument.js'
import { figuresOfLine, type LineFigures } from '../index/line-figures.js'
import { type Line, type LineLevel, lineKey } from '../index/lines.js'
import type { Tally } from '../index/tally.js'
import type { Questionnaire } from '../questionnaire/definition.js'
import { protectBlocks } from '../report/protect-blocks.js'
import { variantOf } from '../report/raw-block.js'
import { blocksOfRule, variantLines } from '../report/variant-lines.js'

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
  const cells = variantLines(instrument, questionnaire.overallItem).map(({ line, rule }) => ({
    line,
    rule,
    figures: figuresOfLine(line, tally, instrument, rule),
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
  const all = protectBlocks([{ group, rollup: 'none', ...counts, cells }], { policy })
  const counted = new Map(cells.map(({ line, rule, figures }) => [variantOf(line, rule), figures]))
  const [block] = blocksOfRule(all, questionnaire, 'mean_of_children')
  const byKey = new Map(block!.cells.map((cell) => [lineKey(cell.line), cell]))
  return {
    lines: block!.cells.map(({ line }) => line),
    published(level, code) {
      const cell = byKey.get(lineKey({ level, code }))
      const isWhole =
        cell?.estimate.kind === 'published' && cell.isCoarse !== true && cell.estimate.figures.split !== null
      return isWhole ? (counted.get(variantOf(cell.line, 'mean_of_children')) ?? null) : null
    },
  }
}
