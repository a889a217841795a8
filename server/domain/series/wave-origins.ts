import type { Wave } from '../survey/wave.js'
import { mapUnits, type OriginShare } from '../units/map-units.js'
import type { UnitRegistry } from '../units/unit.js'
import { unitLevel } from '../units/unit-level.js'
import type { PointBasis, SeriesMap } from './series.js'

/** One old unit of which a wave asked, with the units of the wave that are counted for it: itself and those below it. */
export interface WaveOrigin extends OriginShare {
  readonly measured: readonly string[]
}

/** What a wave can say of a unit on a map. */
export interface WaveOrigins {
  readonly kind: PointBasis['kind']
  readonly parts: readonly WaveOrigin[]
  readonly missing: readonly string[]
}

/**
 * Finds what of a wave a series of a unit is made from.
 *
 * The counts of a wave are of the map of its reference day. `as_was`: the unit itself, if it existed then. `mapped`: its
 * predecessors and itself, told forward; of several levels (wards, districts) the unit's own, else the first that was asked about.
 *
 * @returns `null` when the wave says nothing of the unit; kind `backward` when its map is newer than the one wanted
 * @see methodology 7.4 rules 5 and 6
 */
export function originsInWave(
  registry: UnitRegistry,
  unitUid: string,
  wave: Pick<Wave, 'unitUids' | 'referenceOn'>,
  map: SeriesMap,
): WaveOrigins | null {
  const asOf = wave.referenceOn
  const scope = new Set(wave.unitUids)
  const measuredIn = (uid: string) =>
    registry
      .subtreeOf(uid, asOf)
      .map((unit) => unit.uid)
      .filter((one) => scope.has(one))
  const own = registry.isValid(unitUid, asOf) ? [unitUid] : []
  const asked = (uids: readonly string[]) =>
    uids.map((uid) => ({ uid, measured: measuredIn(uid) })).filter(({ measured }) => measured.length > 0)

  if (map.kind === 'as_was') {
    const parts = asked(own).map((part) => ({ ...part, share: 1 }))
    return parts.length === 0 ? null : { kind: 'as_was', parts, missing: [] }
  }
  if (asOf > map.on) {
    const heirs = registry.lineageForward(unitUid, asOf).map(({ unit }) => unit.uid)
    return asked([...own, ...heirs]).length === 0 ? null : { kind: 'backward', parts: [], missing: [] }
  }
  const predecessors = registry.lineageBack(unitUid, asOf).map(({ unit }) => unit.uid)
  const origins = sameLevel(registry, unitUid, asked([...own, ...predecessors]))
  const { units } = mapUnits(
    registry,
    origins.map(({ uid }) => uid),
    { asOf, on: map.on },
  )
  const mapped = units.find(({ uid }) => uid === unitUid)
  if (mapped === undefined) return null
  const measuredOf = new Map(origins.map(({ uid, measured }) => [uid, measured]))
  return { ...mapped, parts: mapped.parts.map((part) => ({ ...part, measured: measuredOf.get(part.uid)! })) }
}

/** Never a unit together with the units below it. */
function sameLevel<Origin extends { readonly uid: string }>(
  registry: UnitRegistry,
  unitUid: string,
  origins: readonly Origin[],
): readonly Origin[] {
  const levels = origins.map(({ uid }) => unitLevel(registry, uid))
  const own = unitLevel(registry, unitUid)
  const level = levels.includes(own) ? own : levels[0]
  return origins.filter((_, i) => levels[i] === level)
}
