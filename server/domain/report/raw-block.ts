import type { AggregationRule } from '../index/aggregate.js'
import type { LineFigures } from '../index/line-figures.js'
import { type Line, lineKey } from '../index/lines.js'
import type { ReportBlock } from './index-report.js'

/** One line of a group as counted: for the disclosure engine alone, no encoder takes it. */
export interface RawCell {
  readonly line: Line
  readonly rule: AggregationRule
  /** `null` when nobody gave a valid answer. */
  readonly figures: LineFigures | null
}

/** All lines of one group as counted, under every rule that a reader may choose. */
export interface RawBlock extends Omit<ReportBlock, 'cells'> {
  readonly cells: readonly RawCell[]
}

/** Identity of a figure within a group: an item is the same under every rule and on whichever line, a composite is not. */
export function variantOf(line: Pick<Line, 'level' | 'code' | 'item'>, rule: AggregationRule): string {
  return line.item === null ? `${rule} ${lineKey(line)}` : `item ${line.item.code}`
}

/** Where a figure stands in a report's relations. */
export function placeOf(groupKey: string, line: Pick<Line, 'level' | 'code' | 'item'>, rule: AggregationRule): string {
  return `${groupKey}|${variantOf(line, rule)}`
}

/** Whether the figure at a place is that of an item. */
export const isItemPlace = (place: string): boolean => place.includes('|item ')

/** The figures of a group that a composite is made of, by `variantOf`; none for an item. */
export function partVariants(
  { level, parts }: Pick<Line, 'level' | 'parts'>,
  rule: AggregationRule,
): readonly string[] {
  return parts.map((code) => (level === 'overall' ? `${rule} ${lineKey({ level: 'factor', code })}` : `item ${code}`))
}
