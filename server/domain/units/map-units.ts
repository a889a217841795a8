import type { IsoDay } from '../survey/vocabulary.js'
import type { UnitLink, UnitRegistry } from './unit.js'
import { type Flow, flowOn, type Holdings } from './unit-flow.js'
import { unitLevel } from './unit-level.js'

/** Shares that add up to 1 but for their rounding are the whole again. */
const WHOLE_TOLERANCE = 1e-9

/** What one unit of the old map gave to a unit of the new one. */
export interface OriginShare {
  readonly uid: string
  /** Of the old unit: 1 whole, between 0 and 1 a known part, `null` a part of unknown size. */
  readonly share: number | null
}

/**
 * Of which old units a unit of the new map is made. `exact`: of whole ones. `estimated`: of known shares ("ước tính").
 * `broken`: a part of unknown size is in it, so that counts of the old units say nothing of it.
 */
export interface UnitOrigins {
  readonly uid: string
  readonly kind: 'exact' | 'estimated' | 'broken'
  readonly parts: readonly OriginShare[]
  /** Predecessors of the same level that were not counted: the parts cover less than the unit. */
  readonly missing: readonly string[]
}

export interface MappedUnits {
  readonly units: readonly UnitOrigins[]
  /** Counted units that lead to nothing on the new map. */
  readonly lost: readonly string[]
}

/** Days of two maps. */
export interface MapDays {
  readonly asOf: IsoDay
  readonly on: IsoDay
}

/**
 * Tells units of one map on a later one: what each new unit is made of. Anything counted by unit follows from it, numerators,
 * denominators or whole tallies.
 *
 * A known share takes that fraction; shares on the way are multiplied; pieces that meet again are the whole again.
 *
 * @param uids the units that were counted, each valid on `asOf`; do not mix a unit with the units below it
 * @throws {RangeError} when a unit is counted twice or not valid on `asOf`, or `on` is before `asOf`
 * @see methodology 7.4 rule 5
 * @example ['quan-2', 'quan-9', 'quan-thu-duc'] of 2020-06-01 on 2021-06-01 → tp-thu-duc, exact, three parts of share 1
 */
export function mapUnits(registry: UnitRegistry, uids: readonly string[], { asOf, on }: MapDays): MappedUnits {
  if (on < asOf) throw new RangeError(`Counts of ${asOf} cannot be told on the earlier map of ${on}`)
  const counted = new Set(uids)
  if (counted.size < uids.length) throw new RangeError('A unit is counted twice')
  for (const uid of uids) if (!registry.isValid(uid, asOf)) throw new RangeError(`${uid} is not valid on ${asOf}`)

  const units: UnitOrigins[] = []
  const reached = new Set<string>()
  for (const [uid, flows] of holdingsOn(registry, uids, { asOf, on })) {
    if (!registry.isValid(uid, on)) continue
    const parts = partsOf(flows)
    units.push({ uid, kind: kindOf(parts), parts, missing: missingOf(registry, uid, parts, asOf, counted) })
    for (const { origin } of flows) reached.add(origin)
  }
  return { units, lost: uids.filter((uid) => !reached.has(uid)) }
}

function holdingsOn(registry: UnitRegistry, uids: readonly string[], { asOf, on }: MapDays): Holdings {
  let holdings: Holdings = new Map(uids.map((uid) => [uid, [{ origin: uid, share: 1, pieces: [] }]]))
  for (const [day, links] of linksByDay(registry, { asOf, on })) {
    holdings = flowOn(day, holdings, (uid) => links.get(uid) ?? [])
  }
  return holdings
}

/** Events after one day up to and including another, grouped by day, as links from each unit. */
function linksByDay(registry: UnitRegistry, { asOf, on }: MapDays) {
  const days = new Map<IsoDay, Map<string, UnitLink[]>>()
  for (const event of registry.events()) {
    if (event.on <= asOf || event.on > on) continue
    const links = days.get(event.on) ?? new Map<string, UnitLink[]>()
    for (const link of event.links) links.set(link.from, [...(links.get(link.from) ?? []), link])
    days.set(event.on, links)
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** One entry per origin and, beside it, one for what of it is of unknown size. */
function partsOf(flows: readonly Flow[]): readonly OriginShare[] {
  const known = new Map<string, number>()
  const unknown = new Set<string>()
  for (const { origin, share, pieces } of flows) {
    if (pieces.length > 0) unknown.add(origin)
    else known.set(origin, (known.get(origin) ?? 0) + share)
  }
  return [
    ...[...known].map(([uid, share]) => ({ uid, share: Math.abs(share - 1) < WHOLE_TOLERANCE ? 1 : share })),
    ...[...unknown].map((uid) => ({ uid, share: null })),
  ]
}

function kindOf(parts: readonly OriginShare[]): UnitOrigins['kind'] {
  if (parts.some(({ share }) => share === null)) return 'broken'
  return parts.every(({ share }) => share === 1) ? 'exact' : 'estimated'
}

/** A unit that lived on and was not counted itself is its own missing predecessor. */
function missingOf(
  registry: UnitRegistry,
  uid: string,
  parts: readonly OriginShare[],
  asOf: IsoDay,
  counted: ReadonlySet<string>,
): readonly string[] {
  const levels = new Set(parts.map((part) => unitLevel(registry, part.uid)))
  const predecessors = registry.lineageBack(uid, asOf).map(({ unit }) => unit.uid)
  return [...(registry.isValid(uid, asOf) ? [uid] : []), ...predecessors].filter(
    (one) => !counted.has(one) && levels.has(unitLevel(registry, one)),
  )
}
