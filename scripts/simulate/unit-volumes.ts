import { addDays } from '../../server/domain/survey/day.js'
import type { IsoDay } from '../../server/domain/survey/vocabulary.js'
import type { Unit, UnitRegistry } from '../../server/domain/units/unit.js'
import { VOLUME, VOLUME_SPREAD } from './item-assumptions.js'
import { createRandom } from './random.js'

/** Dossiers of a unit on a usual working day. */
export type UnitVolume = (uid: string, on: IsoDay) => number

type VolumeRegistry = Pick<UnitRegistry, 'byUid' | 'predecessorsOf' | 'successorsOf'>

/** Among how many units a unit is divided on a day, itself included if it lives on. */
function partsOn(registry: VolumeRegistry, unit: Unit, on: IsoDay): number {
  const others = registry.successorsOf(unit.uid).filter((step) => step.on === on).length
  return others + (unit.validTo === null || unit.validTo > on ? 1 : 0)
}

/**
 * Volumes of units in time: drawn for those that were there at the beginning, handed on at mergers and divisions.
 *
 * Who is divided gives every receiver the same part, so that no dossier is lost or made when the map changes.
 */
export function createUnitVolumes(seed: string, registry: VolumeRegistry): UnitVolume {
  const known = new Map<string, number>()

  const drawn = ({ uid, kind }: Unit) =>
    (VOLUME[kind] ?? 0) * Math.exp(VOLUME_SPREAD * createRandom(`${seed}/volume/${uid}`).normal())

  /** After everything that had happened to the unit by the end of a day. */
  function volumeAfter(uid: string, on: IsoDay): number {
    const unit = registry.byUid(uid)
    if (unit === undefined) return 0
    const joined = registry.predecessorsOf(uid).filter((step) => step.on <= on)
    const left = registry.successorsOf(uid).filter((step) => step.on <= on)
    const last = [...joined, ...left].reduce((day, step) => (step.on > day ? step.on : day), '')
    const key = `${uid} ${last}`
    const before = known.get(key)
    if (before !== undefined) return before
    const value = last === '' ? drawn(unit) : changedOn(unit, last, joined)
    known.set(key, value)
    return value
  }

  function changedOn(unit: Unit, day: IsoDay, joined: ReturnType<VolumeRegistry['predecessorsOf']>): number {
    const eve = addDays(day, -1)
    const own = unit.validFrom === day ? 0 : volumeAfter(unit.uid, eve) / Math.max(1, partsOn(registry, unit, day))
    return joined
      .filter((step) => step.on === day)
      .reduce((sum, { unit: from }) => sum + volumeAfter(from.uid, eve) / partsOn(registry, from, day), own)
  }

  return volumeAfter
}
