import type { DisclosurePolicy } from '../disclosure/policy.js'
import { hideRecoverable, type ProtectedCell, type Relation } from '../disclosure/relations.js'
import { type Line, lineKey, partKeys } from '../index/lines.js'
import type { ReportBlock, ReportCell } from './index-report.js'

/**
 * Hides the figures of a report from which one that is hidden for confidentiality could be worked out.
 *
 * Two kinds of relation: a roll-up with the groups that add up to it, line by line; and, within a group, a composite with the
 * lines it is made of. A figure hidden as unreliable harms nobody when worked out, so it needs no protection of its own; but
 * it is taken as known to whoever wants another one, and is the first to serve as cover, since showing it was never meant.
 *
 * @see server/decisions/0005-what-is-protected.md
 */
export function protectBlocks(
  blocks: readonly ReportBlock[],
  { minRespondents }: Pick<DisclosurePolicy, 'minRespondents'>,
): readonly ReportBlock[] {
  const places = blocks.flatMap(({ group, cells }) => cells.map((cell) => ({ key: keyOf(group.key, cell.line), cell })))
  const confidential = new Set(places.filter(({ cell }) => isConfidential(cell)).map(({ key }) => key))
  const cells = places.flatMap(({ key, cell }) => protectedCell(key, cell, minRespondents))
  const added = new Set(hideRecoverable(cells, blocks.flatMap(relationsOf), confidential, minRespondents))
  return blocks.map((block) => ({
    ...block,
    cells: block.cells.map((cell) =>
      cell.estimate.kind !== 'suppressed' && added.has(keyOf(block.group.key, cell.line))
        ? { ...cell, estimate: { kind: 'suppressed', reason: 'complementary' } as const }
        : cell,
    ),
  }))
}

const isConfidential = ({ estimate }: ReportCell) => estimate.kind === 'suppressed' && estimate.reason === 'too_few'

/** Lines nobody answered hide nothing and give nothing away; what is hidden anyway is the cheapest cover. */
function protectedCell(key: string, { estimate }: ReportCell, minRespondents: number): readonly ProtectedCell[] {
  switch (estimate.kind) {
    case 'empty':
      return []
    case 'published':
      return [{ key, base: estimate.figures.base }]
    case 'suppressed':
      return [{ key, base: estimate.reason === 'too_few' ? 1 : minRespondents }]
  }
}

function relationsOf({ group, cells }: ReportBlock): readonly Relation[] {
  return cells.flatMap(({ line }) => [
    ...(line.parts.length === 0
      ? []
      : [
          {
            total: keyOf(group.key, line),
            parts: partKeys(line).map((key) => `${group.key}|${key}`),
            sharesRespondents: true,
          },
        ]),
    ...(group.parts.length === 0
      ? []
      : [{ total: keyOf(group.key, line), parts: group.parts.map((part) => keyOf(part, line)) }]),
  ])
}

function keyOf(groupKey: string, line: Line): string {
  return `${groupKey}|${lineKey(line)}`
}
