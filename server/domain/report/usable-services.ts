import type { DisclosurePolicy } from '../disclosure/policy.js'
import type { LineFigures } from '../index/line-figures.js'
import type { Tally } from '../index/tally.js'

/** What one unit was told about one service. */
export interface ServiceCell {
  readonly unitUid: string
  readonly service: string
  readonly tally: Tally
  /** Figures of the index; `null` when nobody gave a valid answer. */
  readonly figures: LineFigures | null
}

/**
 * The cells that a standardised figure may be made of.
 *
 * Each has at least `minRespondents` people, at a unit whose index is shown. A cell may be too small to be relied on by
 * itself: that harms nobody, and the standardised figure is judged by its own effective base. And what they leave of any unit, and of
 * any service over the units, is nobody or at least `minRespondents` people: else the unit's index less the cells used would
 * be a figure about those few. Where it is fewer, the smallest cell used there is left out, which can only make what is left
 * larger elsewhere.
 *
 * @param cells of the units of one league
 * @param isShown whether the index of a unit is shown
 * @see methodology 4.10; server/decisions/0013-comparing-units.md
 */
export function usableServices(
  cells: readonly ServiceCell[],
  isShown: (unitUid: string) => boolean,
  { minRespondents }: Pick<DisclosurePolicy, 'minRespondents'>,
): readonly ServiceCell[] {
  const used = new Set(cells.filter((cell) => baseOf(cell) >= minRespondents && isShown(cell.unitUid)))
  for (const placeOf of [unitOf, serviceOf]) {
    for (const [, group] of groupedBy(cells, placeOf)) {
      const rest = group.reduce((sum, cell) => sum + (used.has(cell) ? 0 : baseOf(cell)), 0)
      if (rest === 0 || rest >= minRespondents) continue
      const smallest = group.filter((cell) => used.has(cell)).toSorted((a, b) => baseOf(a) - baseOf(b))[0]
      if (smallest !== undefined) used.delete(smallest)
    }
  }
  return [...used]
}

/** Cells by what a function says of them, in the order found. */
export function groupedBy(
  cells: readonly ServiceCell[],
  placeOf: (cell: ServiceCell) => string,
): ReadonlyMap<string, readonly ServiceCell[]> {
  const groups = new Map<string, ServiceCell[]>()
  for (const cell of cells) {
    const group = groups.get(placeOf(cell))
    if (group === undefined) groups.set(placeOf(cell), [cell])
    else group.push(cell)
  }
  return groups
}

export const unitOf = ({ unitUid }: ServiceCell): string => unitUid
export const serviceOf = ({ service }: ServiceCell): string => service

/** Respondents behind the index of a cell. */
const baseOf = ({ figures }: ServiceCell): number => figures?.base ?? 0
