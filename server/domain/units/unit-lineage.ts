import type { IsoDay } from '../survey/vocabulary.js'
import type { LineageStep, Unit } from './unit.js'
import { type DatedLink, existsOn, type UnitMaps } from './unit-index.js'

type Direction = 'forward' | 'back'

const endOf = ({ link }: DatedLink, direction: Direction) => (direction === 'forward' ? link.to : link.from)
const startOf = ({ link }: DatedLink, direction: Direction) => (direction === 'forward' ? link.from : link.to)

/** The units one link away, oldest link first; a link to an unknown unit is left out. */
export function neighbours(maps: UnitMaps, uid: string, direction: Direction): readonly LineageStep[] {
  const links = (direction === 'forward' ? maps.outgoing : maps.incoming).get(uid) ?? []
  return links.flatMap((dated) => {
    const unit = maps.byUid.get(endOf(dated, direction))
    return unit && unit.uid !== uid ? [{ unit, on: dated.on, link: dated.link }] : []
  })
}

/** Links that lie between a unit's time and the day, in the order they are walked. */
function linksTowards(maps: UnitMaps, on: IsoDay, direction: Direction): readonly DatedLink[] {
  if (direction === 'forward') return maps.links.filter((link) => link.on <= on)
  return maps.links.filter((link) => link.on > on).toReversed()
}

/**
 * Every unit of a day that is reached by following events from a unit through time.
 *
 * Forward takes events up to and including the day, back takes events after it. Links of one day happen at once: what
 * reached a unit on a day is not passed on by that unit's links of the same day. A unit reached by several ways is
 * listed once, with the link nearest in time to the start.
 *
 * @returns oldest link first
 */
export function lineageOf(maps: UnitMaps, uid: string, on: IsoDay, direction: Direction): readonly LineageStep[] {
  const reachedOn = new Map<string, IsoDay | null>([[uid, null]])
  const found: LineageStep[] = []
  for (const dated of linksTowards(maps, on, direction)) {
    const since = reachedOn.get(startOf(dated, direction))
    const unit = maps.byUid.get(endOf(dated, direction))
    if (since === undefined || since === dated.on || !unit || reachedOn.has(unit.uid)) continue
    reachedOn.set(unit.uid, dated.on)
    if (existsOn(unit, on)) found.push({ unit, on: dated.on, link: dated.link })
  }
  return direction === 'forward' ? found : found.reverse()
}

/**
 * The units of a day that took over from one that has ended.
 *
 * Where the unit went whole, its lineage; where it was divided and had units below it, the lineage of those, which is
 * narrower: Quận 2 of 2020 leads to the wards on its own ground, not to all of former Thủ Đức City.
 */
export function successorsOn(maps: UnitMaps, unit: Unit, on: IsoDay): readonly Unit[] {
  const steps = lineageOf(maps, unit.uid, on, 'forward')
  const isWhole = steps.length > 0 && steps.every(({ link }) => link.extent === 'whole')
  const children = (maps.byParent.get(unit.uid) ?? []).filter((child) =>
    child.parents.some(({ uid, to }) => uid === unit.uid && to === unit.validTo),
  )
  if (isWhole || children.length === 0) return steps.map((step) => step.unit)
  const below = children.flatMap((child) =>
    existsOn(child, on) ? [child] : lineageOf(maps, child.uid, on, 'forward').map((step) => step.unit),
  )
  return below.length > 0 ? [...new Set(below)] : steps.map((step) => step.unit)
}
