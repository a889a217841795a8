import { addDays } from '../survey/day.js'
import type { IsoDay, Period } from '../survey/vocabulary.js'
import type { UnitRegistry } from '../units/unit.js'

declare const made: unique symbol

/** What of the city somebody may read. Only the functions below make one, so that whoever reads must have been given it. */
export interface Scope {
  readonly units: 'all' | ReadonlySet<string>
  readonly services: 'all' | ReadonlySet<string>
  readonly period: Period
  readonly [made]: true
}

/** Part of the city's data; `null` is all units, or all services. */
export interface Part {
  readonly unitUids: readonly string[] | null
  readonly services: readonly string[] | null
  readonly period: Period
}

const ALWAYS: Period = { from: null, to: null }

const scopeOf = (parts: Omit<Scope, typeof made>) => parts as Scope

/**
 * Everything: for commands and jobs, and for what follows from the whole alone.
 *
 * @param _reason why no less will do; for whoever reads the code
 */
export const wholeCity = (_reason: string): Scope => scopeOf({ units: 'all', services: 'all', period: ALWAYS })

/**
 * A unit as it stands on a day: with all below it, and with the units that went into it whole, as they stood at their end. What went
 * elsewhere in part, or lives on in a successor, is somebody else's.
 *
 * @param limits fewer services, or fewer days
 */
export function scopeOfUnit(
  registry: Pick<UnitRegistry, 'byUid' | 'predecessorsOf' | 'subtreeOf'>,
  uid: string,
  on: IsoDay,
  limits: Partial<Pick<Scope, 'services' | 'period'>> = {},
): Scope {
  const held = new Set([uid])
  // A set is walked to its end, with what is added on the way.
  for (const one of held) {
    const end = registry.byUid(one)?.validTo ?? null
    const day = end !== null && end <= on ? addDays(end, -1) : on
    for (const below of registry.subtreeOf(one, day)) held.add(below.uid)
    for (const { unit, link } of registry.predecessorsOf(one)) if (link.extent === 'whole') held.add(unit.uid)
  }
  return scopeOf({ units: held, services: 'all', period: ALWAYS, ...limits })
}

/** Whether a unit is in a scope, whatever of it may be seen. */
export const holdsUnit = ({ units }: Scope, uid: string): boolean => units === 'all' || units.has(uid)

const later = (a: IsoDay | null, b: IsoDay | null) => (a === null || (b !== null && b > a) ? b : a)
const earlier = (a: IsoDay | null, b: IsoDay | null) => (a === null || (b !== null && b < a) ? b : a)

function both(asked: readonly string[] | null, allowed: 'all' | ReadonlySet<string>): readonly string[] | null {
  if (allowed === 'all') return asked
  return asked === null ? [...allowed] : asked.filter((one) => allowed.has(one))
}

/** What of a part lies in a scope; empty lists where nothing does. */
export function within(scope: Scope, { unitUids, services, period: { from, to } }: Part): Part {
  return {
    unitUids: both(unitUids, scope.units),
    services: both(services, scope.services),
    period: { from: later(from, scope.period.from), to: earlier(to, scope.period.to) },
  }
}

/** Whether all of a part lies in a scope; all units are not in a scope of some, even if it names every unit there is. */
export function covers(scope: Scope, part: Part): boolean {
  const inside = within(scope, part)
  const isAll = (asked: readonly string[] | null, left: readonly string[] | null) => asked?.length === left?.length
  return (
    isAll(part.unitUids, inside.unitUids) &&
    isAll(part.services, inside.services) &&
    part.period.from === inside.period.from &&
    part.period.to === inside.period.to
  )
}
