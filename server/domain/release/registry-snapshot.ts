import type { UnitTree } from '../report/report-group.js'
import type { IsoDay, Localized } from '../survey/vocabulary.js'
import type { Wave } from '../survey/wave.js'
import type { UnitKind, UnitRegistry } from '../units/unit.js'

/** A unit as it was on the day. */
export interface UnitSnapshot {
  readonly uid: string
  readonly kind: UnitKind
  readonly name: Localized
  /** `null`: directly below the city, or the city itself. */
  readonly parentUid: string | null
}

/** A service as it was named on the day. */
export interface ServiceSnapshot {
  readonly code: string
  readonly name: Localized
}

/** What of the registry the figures of a wave hang on: its units and all above them, and the services. */
export interface RegistrySnapshot {
  readonly cityUid: string
  readonly on: IsoDay
  /** By uid. */
  readonly units: readonly UnitSnapshot[]
  /** By code; absent in releases of the first layout. */
  readonly services?: readonly ServiceSnapshot[]
}

/** Freezes the units of a wave on its reference day, and the services. */
export function snapshotOf(
  registry: Pick<UnitRegistry, 'byUid' | 'cityUid' | 'nameOf' | 'parentOf'>,
  { unitUids, referenceOn: on }: Pick<Wave, 'unitUids' | 'referenceOn'>,
  services: readonly ServiceSnapshot[],
): RegistrySnapshot {
  const found = new Map<string, UnitSnapshot>()
  const add = (uid: string) => {
    const unit = registry.byUid(uid)
    if (unit === undefined || found.has(uid)) return
    const parentUid = registry.parentOf(uid, on)?.uid ?? null
    found.set(uid, { uid, kind: unit.kind, name: registry.nameOf(uid, on), parentUid })
    if (parentUid !== null) add(parentUid)
  }
  for (const uid of [registry.cityUid, ...unitUids]) add(uid)
  const units = [...found.values()].sort((a, b) => (a.uid < b.uid ? -1 : 1))
  const named = services.map(({ code, name }) => ({ code, name })).sort((a, b) => (a.code < b.code ? -1 : 1))
  return { cityUid: registry.cityUid, on, units, services: named }
}

/** What figures are computed with, from the frozen units alone. */
export interface FrozenRegistry extends UnitTree {
  kindOf(uid: string): UnitKind | undefined
}

/**
 * Reads a snapshot as a registry.
 *
 * @throws {RangeError} from `nameOf`, for a unit that was not frozen
 */
export function registryOf({ units }: RegistrySnapshot): FrozenRegistry {
  const byUid = new Map(units.map((unit) => [unit.uid, unit]))
  return {
    kindOf: (uid) => byUid.get(uid)?.kind,
    nameOf(uid) {
      const unit = byUid.get(uid)
      if (unit === undefined) throw new RangeError(`Unit ${uid} is not among the frozen ones`)
      return unit.name
    },
    parentOf(uid) {
      const parent = byUid.get(uid)?.parentUid ?? null
      return parent === null ? undefined : byUid.get(parent)
    },
  }
}
