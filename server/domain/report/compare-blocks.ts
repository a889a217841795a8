import type { AggregationRule } from '../index/aggregate.js'
import { type Line, lineKey } from '../index/lines.js'
import type { Questionnaire } from '../questionnaire/definition.js'
import { findLine, type LineChange, lineChanges } from '../series/line-changes.js'
import { changesTogether, type SeriesChange } from '../series/series-changes.js'
import type { IsoDay } from '../survey/vocabulary.js'
import type { ReportBlock, ReportCell } from './index-report.js'

/** One side of a comparison: a unit, an area or the city in a wave. */
export interface ComparedBlock {
  readonly block: ReportBlock
  readonly questionnaire: Questionnaire
  readonly opensOn: IsoDay
}

/** Why a line is not compared. */
export type NotCompared =
  | { readonly kind: 'not_asked' }
  /** Other items, words or scales. */
  | {
      readonly kind: 'instrument'
      readonly items: readonly { readonly code: string; readonly changes: readonly LineChange[] }[]
    }
  /** A side is hidden, coded, rounded for a hidden part, or nobody answered. */
  | { readonly kind: 'no_figure' }

/** A line on both sides. */
export interface ComparedLine {
  readonly line: Line
  readonly first: ReportCell | null
  readonly second: ReportCell | null
  /** Second less first; `null` where it is not compared. */
  readonly change: SeriesChange | null
  readonly why: NotCompared | null
}

/**
 * Sets the lines of two blocks beside each other: differences with their intervals, Holm's correction over all that are compared.
 *
 * Made of figures as shown alone, so that nothing hidden is told. The two must be about different people: neither a part of the other.
 *
 * @returns the lines of the second, then those that the first alone has
 * @see methodology 4.9 and 10.7 (H1, H2)
 */
export function compareBlocks(
  first: ComparedBlock,
  second: ComparedBlock,
  rule: AggregationRule,
): readonly ComparedLine[] {
  const cellOf = ({ cells }: ReportBlock, line: Line) =>
    cells.find((cell) => lineKey(cell.line) === lineKey(line)) ?? null
  const own = second.block.cells.map(({ line }) => line)
  const known = new Set(own.map(lineKey))
  const others = first.block.cells.map(({ line }) => line).filter((line) => !known.has(lineKey(line)))
  const rows = [...own, ...others].map((line) => {
    const [a, b] = [cellOf(first.block, line), cellOf(second.block, line)]
    return { line, first: a, second: b, why: obstacleOf(line, a, b, { first, second, rule }) }
  })
  const pairs = rows.map(({ first: a, second: b, why }) => {
    if (why !== null || a?.estimate.kind !== 'published' || b?.estimate.kind !== 'published') return null
    return { before: a.estimate.figures, after: b.estimate.figures, sinceOn: first.opensOn }
  })
  const changes = changesTogether(pairs)
  return rows.map((row, i) => ({ ...row, change: changes[i] ?? null }))
}

function obstacleOf(
  line: Line,
  a: ReportCell | null,
  b: ReportCell | null,
  frame: { readonly first: ComparedBlock; readonly second: ComparedBlock; readonly rule: AggregationRule },
): NotCompared | null {
  const [older, newer] = [frame.first.questionnaire, frame.second.questionnaire]
  if (a === null || b === null || [older, newer].some((one) => findLine(one, frame.rule, line) === undefined))
    return { kind: 'not_asked' }
  const items = older === newer ? [] : lineChanges(line, frame.rule, older, newer)
  if (items.length > 0) return { kind: 'instrument', items }
  const isWhole = ({ estimate, isCoarse }: ReportCell) => estimate.kind === 'published' && isCoarse !== true
  return isWhole(a) && isWhole(b) ? null : { kind: 'no_figure' }
}
