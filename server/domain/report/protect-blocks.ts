import { hideRecoverable, type ProtectedCell, type Relation } from '../disclosure/relations.js'
import { type Line, lineKey, partKeys } from '../index/lines.js'
import type { ReportBlock, ReportCell } from './index-report.js'

/**
 * Hides the figures of a report from which a hidden one could be worked out.
 *
 * Two kinds of relation: a roll-up with the groups that add up to it, line by line; and, within a group, a composite with the
 * lines it is made of.
 */
export function protectBlocks(blocks: readonly ReportBlock[]): readonly ReportBlock[] {
  const places = blocks.flatMap(({ group, cells }) => cells.map((cell) => ({ key: keyOf(group.key, cell.line), cell })))
  const hidden = new Set(places.filter(({ cell }) => cell.estimate.kind === 'suppressed').map(({ key }) => key))
  const cells = places.flatMap(({ key, cell }) => protectedCell(key, cell))
  const added = new Set(hideRecoverable(cells, blocks.flatMap(relationsOf), hidden))
  return blocks.map((block) => ({
    ...block,
    cells: block.cells.map((cell) =>
      added.has(keyOf(block.group.key, cell.line))
        ? { ...cell, estimate: { kind: 'suppressed', reason: 'complementary' } as const }
        : cell,
    ),
  }))
}

/** Lines nobody answered hide nothing and give nothing away; hidden ones are never candidates, so their base is moot. */
function protectedCell(key: string, { estimate }: ReportCell): readonly ProtectedCell[] {
  if (estimate.kind === 'empty') return []
  return [{ key, base: estimate.kind === 'published' ? estimate.figures.base : 0 }]
}

function relationsOf({ group, cells }: ReportBlock): readonly Relation[] {
  return cells.flatMap(({ line }) => [
    ...(line.parts.length === 0
      ? []
      : [{ total: keyOf(group.key, line), parts: partKeys(line).map((key) => `${group.key}|${key}`) }]),
    ...(group.parts.length === 0
      ? []
      : [{ total: keyOf(group.key, line), parts: group.parts.map((part) => keyOf(part, line)) }]),
  ])
}

function keyOf(groupKey: string, line: Line): string {
  return `${groupKey}|${lineKey(line)}`
}
