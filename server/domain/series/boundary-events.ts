import { addDays } from '../survey/day.js'
import type { IsoDay } from '../survey/vocabulary.js'
import type { UnitEvent, UnitRegistry } from '../units/unit.js'

type Ancestry = Pick<UnitRegistry, 'events' | 'parentOf'>

/**
 * Events by which ground or tasks came into a unit or left it: before and after them its figures are of two different things,
 * although uid and name may be the same.
 *
 * A merge of units inside the unit changes nothing of it.
 *
 * @param after last day of the earlier figure's map
 * @param upTo day of the later figure's map
 * @returns oldest first
 * @example boundaryEvents(registry, 'tp-ho-chi-minh', '2025-01-01', '2026-01-01') // the event of 2025-07-01
 */
export function boundaryEvents(registry: Ancestry, uid: string, after: IsoDay, upTo: IsoDay): readonly UnitEvent[] {
  return registry
    .events()
    .filter(({ on }) => after < on && on <= upTo)
    .filter(({ on, links }) =>
      links.some(
        ({ from, to }) =>
          from !== to && isInside(registry, from, uid, addDays(on, -1)) !== isInside(registry, to, uid, on),
      ),
    )
}

function isInside(registry: Ancestry, unit: string, area: string, on: IsoDay): boolean {
  const seen = new Set<string>()
  for (let at: string | undefined = unit; at !== undefined && !seen.has(at); at = registry.parentOf(at, on)?.uid) {
    if (at === area) return true
    seen.add(at)
  }
  return false
}
