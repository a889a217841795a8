import { isWithin } from '../survey/day.js'
import type { IsoDay } from '../survey/vocabulary.js'
import type { Unit, UnitData, UnitEvent, UnitLink } from './unit.js'
import { normalizeUnitText } from './unit-text.js'

/** A link together with the day of its event. */
export interface DatedLink {
  readonly on: IsoDay
  readonly link: UnitLink
}

/** The maps that every question to the registry is answered from. */
export interface UnitMaps {
  readonly units: readonly Unit[]
  readonly byUid: ReadonlyMap<string, Unit>
  readonly byCode: ReadonlyMap<string, readonly Unit[]>
  readonly byName: ReadonlyMap<string, readonly Unit[]>
  readonly byParent: ReadonlyMap<string, readonly Unit[]>
  /** All links, oldest first. */
  readonly links: readonly DatedLink[]
  /** Links that leave a unit, oldest first. */
  readonly outgoing: ReadonlyMap<string, readonly DatedLink[]>
  /** Links that reach a unit, oldest first. */
  readonly incoming: ReadonlyMap<string, readonly DatedLink[]>
}

/** Key of a code in the map of codes. */
export const codeKey = (scheme: string, value: string) => `${scheme} ${value}`

/** Whether the unit exists on the day. */
export const existsOn = (unit: Unit, day: IsoDay) => isWithin(day, unit.validFrom, unit.validTo)

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (!list) map.set(key, [value])
  else if (!list.includes(value)) list.push(value)
}

function linkMaps(events: readonly UnitEvent[]) {
  const links = events
    .flatMap((event) => event.links.map((link): DatedLink => ({ on: event.on, link })))
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  const outgoing = new Map<string, DatedLink[]>()
  const incoming = new Map<string, DatedLink[]>()
  for (const dated of links) {
    add(outgoing, dated.link.from, dated)
    add(incoming, dated.link.to, dated)
  }
  return { links, outgoing, incoming }
}

/** Builds the maps of a registry; the first of two units with one uid wins (`checkUnits` reports the second). */
export function buildUnitMaps({ units, events }: Pick<UnitData, 'units' | 'events'>): UnitMaps {
  const byUid = new Map<string, Unit>()
  const byCode = new Map<string, Unit[]>()
  const byName = new Map<string, Unit[]>()
  const byParent = new Map<string, Unit[]>()
  for (const unit of units) {
    if (byUid.has(unit.uid)) continue
    byUid.set(unit.uid, unit)
    for (const { scheme, value } of unit.codes) add(byCode, codeKey(scheme, value), unit)
    for (const { uid } of unit.parents) add(byParent, uid, unit)
    for (const { vi, en } of unit.names) {
      add(byName, normalizeUnitText(vi), unit)
      add(byName, normalizeUnitText(en), unit)
    }
  }
  return { units: [...byUid.values()], byUid, byCode, byName, byParent, ...linkMaps(events) }
}
