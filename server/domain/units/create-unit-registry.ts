import { isWithin } from '../survey/day.js'
import type { IsoDay, Localized } from '../survey/vocabulary.js'
import type { Unit, UnitData, UnitRegistry, UnitResolution } from './unit.js'
import { buildUnitMaps, codeKey, existsOn, type UnitMaps } from './unit-index.js'
import { lineageOf, neighbours, successorsOn } from './unit-lineage.js'
import { createUnitSearch } from './unit-search.js'
import { normalizeUnitText } from './unit-text.js'

function nameOn(unit: Unit | undefined, uid: string, on: IsoDay): Localized {
  const name = unit?.names.find(({ from, to }) => isWithin(on, from, to)) ?? unit?.names.at(-1)
  if (!name) throw new RangeError(`No such unit: ${uid}`)
  return { vi: name.vi, en: name.en }
}

function resolve(maps: UnitMaps, uid: string, on: IsoDay): UnitResolution {
  const unit = maps.byUid.get(uid)
  if (!unit) return { kind: 'unknown' }
  if (unit.validFrom !== null && on < unit.validFrom) return { kind: 'not_yet', unit, validFrom: unit.validFrom }
  if (unit.validTo === null || on < unit.validTo) return { kind: 'found', unit }
  return { kind: 'ended', unit, validTo: unit.validTo, successors: successorsOn(maps, unit, on) }
}

/** Units below another on a day; the day must lie in the child's life and in its stay under that parent. */
function childrenOf(maps: UnitMaps, uid: string, on: IsoDay): readonly Unit[] {
  return (maps.byParent.get(uid) ?? []).filter(
    (child) =>
      existsOn(child, on) && child.parents.some((parent) => parent.uid === uid && isWithin(on, parent.from, parent.to)),
  )
}

function subtreeOf(maps: UnitMaps, uid: string, on: IsoDay): readonly Unit[] {
  const root = maps.byUid.get(uid)
  if (!root || !existsOn(root, on)) return []
  const found = new Set([root])
  for (const unit of found) for (const child of childrenOf(maps, unit.uid, on)) found.add(child)
  return [...found]
}

function parentOf(maps: UnitMaps, uid: string, on: IsoDay): Unit | undefined {
  const parent = maps.byUid.get(uid)?.parents.find(({ from, to }) => isWithin(on, from, to))
  return parent && maps.byUid.get(parent.uid)
}

/**
 * The registry in time over checked data.
 *
 * Built once; the questions are answered from maps. Data with faults is accepted and answered as far as it goes:
 * `checkUnits` is the place that refuses it.
 */
export function createUnitRegistry(data: UnitData): UnitRegistry {
  const maps = buildUnitMaps(data)
  const search = createUnitSearch(maps)
  const events = data.events.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  const isValid = (unit: Unit | undefined, on: IsoDay) => unit !== undefined && existsOn(unit, on)
  return {
    cityUid: data.cityUid,
    all: () => maps.units,
    events: () => events,
    byUid: (uid) => maps.byUid.get(uid),
    byCode: (scheme, value, on) =>
      maps.byCode
        .get(codeKey(scheme, value))
        ?.find(
          (unit) =>
            existsOn(unit, on) &&
            unit.codes.some(
              (code) => code.scheme === scheme && code.value === value && isWithin(on, code.from, code.to),
            ),
        ),
    byName: (name, on) => {
      const wanted = normalizeUnitText(name)
      return (maps.byName.get(wanted) ?? []).filter(
        (unit) =>
          existsOn(unit, on) &&
          unit.names.some(
            ({ vi, en, from, to }) =>
              isWithin(on, from, to) && [normalizeUnitText(vi), normalizeUnitText(en)].includes(wanted),
          ),
      )
    },
    isValid: (uid, on) => isValid(maps.byUid.get(uid), on),
    validOn: (on) => maps.units.filter((unit) => existsOn(unit, on)),
    resolve: (uid, on) => resolve(maps, uid, on),
    parentOf: (uid, on) => parentOf(maps, uid, on),
    childrenOf: (uid, on) => childrenOf(maps, uid, on),
    subtreeOf: (uid, on) => subtreeOf(maps, uid, on),
    successorsOf: (uid) => neighbours(maps, uid, 'forward'),
    predecessorsOf: (uid) => neighbours(maps, uid, 'back'),
    lineageForward: (uid, on) => lineageOf(maps, uid, on, 'forward'),
    lineageBack: (uid, on) => lineageOf(maps, uid, on, 'back'),
    nameOf: (uid, on) => nameOn(maps.byUid.get(uid), uid, on),
    search,
  }
}
