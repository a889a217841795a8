import type { DisclosurePolicy } from '../disclosure/policy.js'
import { hideRecoverable, type ProtectedCell, type Relation } from '../disclosure/relations.js'
import { type Line, lineKey, partKeys } from '../index/lines.js'
import type { ReportBlock, ReportCell } from './index-report.js'

/** Figures hidden elsewhere that add up, with shown ones, to groups of these blocks: a unit's, of which an area is made. */
export interface HiddenElsewhere {
  readonly cells: readonly ProtectedCell[]
  readonly relations: readonly Relation[]
}

/** Where a line of a group stands in the relations. */
export const placeOf = (groupKey: string, line: Pick<Line, 'level' | 'code'>): string => `${groupKey}|${lineKey(line)}`

/**
 * Hides the figures of a report from which one that is hidden for confidentiality could be worked out.
 *
 * Two kinds of relation: a roll-up with the groups that add up to it, line by line; and, within a group, a composite with the
 * lines it is made of. A figure hidden as unreliable harms nobody when worked out, so it needs no protection of its own; but
 * it is taken as known to whoever wants another one, and is the first to serve as cover, since showing it was never meant.
 *
 * @param elsewhere hidden figures of other pages; they stay hidden, and only figures of the blocks are given up for them
 * @see server/decisions/0005-what-is-protected.md
 */
export function protectBlocks(
  blocks: readonly ReportBlock[],
  { minRespondents }: Pick<DisclosurePolicy, 'minRespondents'>,
  elsewhere: HiddenElsewhere = { cells: [], relations: [] },
): readonly ReportBlock[] {
  const places = blocks.flatMap(({ group, cells }) =>
    cells.map((cell) => ({ key: placeOf(group.key, cell.line), cell })),
  )
  const confidential = places.filter(({ cell }) => isConfidential(cell))
  const hidden = new Set([...confidential, ...elsewhere.cells].map(({ key }) => key))
  const cells = [...places.flatMap(({ key, cell }) => protectedCell(key, cell, minRespondents)), ...elsewhere.cells]
  const relations = [...blocks.flatMap(relationsOf), ...elsewhere.relations]
  const added = new Set(hideRecoverable(cells, relations, hidden, minRespondents))
  return blocks.map((block) => ({
    ...block,
    cells: block.cells.map((cell) =>
      cell.estimate.kind !== 'suppressed' && added.has(placeOf(block.group.key, cell.line))
        ? { ...cell, estimate: { kind: 'suppressed', reason: 'complementary' } as const }
        : cell,
    ),
  }))
}

const isConfidential = ({ estimate }: ReportCell) => estimate.kind === 'suppressed' && estimate.reason === 'too_few'

/** Lines nobody answered hide nothing and give nothing away; what is hidden anyway is the cheapest cover. */
export function protectedCell(key: string, { estimate }: ReportCell, minRespondents: number): readonly ProtectedCell[] {
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
            total: placeOf(group.key, line),
            parts: partKeys(line).map((key) => `${group.key}|${key}`),
            sharesRespondents: true,
          },
        ]),
    ...(group.parts.length === 0
      ? []
      : [{ total: placeOf(group.key, line), parts: group.parts.map((part) => placeOf(part, line)) }]),
  ])
}
