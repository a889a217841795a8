import { AGGREGATION_RULES, type AggregationRule } from '../index/aggregate.js'
import { type Instrument, instrumentOf } from '../index/instrument.js'
import { linesOf } from '../index/lines.js'
import type { Questionnaire } from '../questionnaire/definition.js'
import type { ReportBlock } from './index-report.js'
import { type RawCell, variantOf } from './raw-block.js'

/**
 * The lines of every rule, an item that several have once: what is protected together, since a reader may choose one rule
 * after the other.
 */
export function variantLines(instrument: Instrument, overallItem: string): readonly Omit<RawCell, 'figures'>[] {
  const all = AGGREGATION_RULES.flatMap((rule) =>
    linesOf(instrument, rule, overallItem).map((line) => ({ line, rule })),
  )
  return [...new Map(all.map((one) => [variantOf(one.line, one.rule), one])).values()]
}

/** The lines of one rule, in reading order, of protected blocks whose cells are those of `variantLines`. */
export function blocksOfRule(
  blocks: readonly ReportBlock[],
  questionnaire: Questionnaire,
  rule: AggregationRule,
): readonly ReportBlock[] {
  const { overallItem } = questionnaire
  const instrument = instrumentOf(questionnaire)
  const places = new Map(variantLines(instrument, overallItem).map((one, i) => [variantOf(one.line, one.rule), i]))
  const lines = linesOf(instrument, rule, overallItem).map((line) => ({ line, i: places.get(variantOf(line, rule))! }))
  return blocks.map((block) => ({ ...block, cells: lines.map(({ line, i }) => ({ ...block.cells[i]!, line })) }))
}
