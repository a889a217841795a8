import { addDays } from '../../domain/survey/day.js'
import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { Unit, UnitRegistry } from '../../domain/units/unit.js'
import { byKindAndName, isWideArea } from './unit-kinds.js'

/** Units in force on the day that took over from an ended one; none while it is in force itself. */
export function heirsOf(registry: UnitRegistry, uid: string, on: IsoDay): readonly Unit[] {
  const resolution = registry.resolve(uid, on)
  return resolution.kind === 'ended' ? resolution.successors : []
}

/** Districts, inner cities and provinces that have ended by the day, in the order people list them. */
export function formerAreas(registry: UnitRegistry, on: IsoDay): readonly Unit[] {
  return registry
    .all()
    .filter((unit) => isWideArea(unit) && unit.validTo !== null && unit.validTo <= on)
    .toSorted(byKindAndName((unit) => registry.nameOf(unit.uid, on).vi))
}

/** Units in force on the day on the ground of an area: its own children, or what became of it. */
export function unitsNowIn(registry: UnitRegistry, area: Unit, on: IsoDay): readonly Unit[] {
  return registry.isValid(area.uid, on) ? registry.childrenOf(area.uid, on) : heirsOf(registry, area.uid, on)
}

/** The wider areas that the predecessors of a unit belonged to when it was formed, each once. */
export function formerAreasOf(registry: UnitRegistry, unit: Unit): readonly Unit[] {
  if (unit.validFrom === null) return []
  const dayBefore = addDays(unit.validFrom, -1)
  const parents = registry.predecessorsOf(unit.uid).flatMap((step) => {
    const parent = registry.parentOf(step.unit.uid, dayBefore)
    return parent && isWideArea(parent) ? [parent] : []
  })
  return [...new Set(parents)]
}
