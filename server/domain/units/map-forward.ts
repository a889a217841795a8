import { type MapDays, mapUnits, type OriginShare, type UnitOrigins } from './map-units.js'
import type { UnitRegistry } from './unit.js'

/** A share counted in one unit: satisfied among valid answers, say. */
export interface UnitCount {
  readonly uid: string
  readonly numerator: number
  readonly denominator: number
}

/** What one unit of the old map gave to a unit of the new one; of an unknown share the counts of the whole old unit. */
export type MapContribution = UnitCount & OriginShare

/** A unit of the new map with its counts; where the series is broken it has none: a gap, no figure. */
export type MappedUnit = Pick<UnitOrigins, 'uid' | 'missing'> & {
  readonly basis: readonly MapContribution[]
} & (
    | { readonly kind: 'exact' | 'estimated'; readonly numerator: number; readonly denominator: number }
    | { readonly kind: 'broken' }
  )

export interface MappedCounts {
  readonly units: readonly MappedUnit[]
  /** Counted units that lead to nothing on the new map. */
  readonly lost: readonly string[]
}

function toMapped({ uid, kind, parts, missing }: UnitOrigins, counts: ReadonlyMap<string, UnitCount>): MappedUnit {
  const basis = parts.map((part) => {
    const { numerator, denominator } = counts.get(part.uid)!
    const scale = part.share ?? 1
    return { uid: part.uid, numerator: numerator * scale, denominator: denominator * scale, share: part.share }
  })
  if (kind === 'broken') return { kind, uid, basis, missing }
  const numerator = basis.reduce((sum, part) => sum + part.numerator, 0)
  const denominator = basis.reduce((sum, part) => sum + part.denominator, 0)
  return { kind, uid, basis, missing, numerator, denominator }
}

/**
 * Counts of one map told on a later map.
 *
 * Numerators and denominators of whole units are added; a known share takes that fraction of both; a part of unknown
 * size breaks the series of its receiver. Percents are never averaged.
 *
 * @param counts one entry per unit, each valid on `asOf`; do not mix a unit with the units below it
 * @throws {RangeError} when a unit is counted twice or not valid on `asOf`, or `on` is before `asOf`
 * @see methodology 7.4 rule 5, test M1
 * @example Quận 2 80/100, Quận 9 60/120, Quận Thủ Đức 90/150 on 2021-01-01 → Thủ Đức City 230/370, exact
 */
export function mapForward(registry: UnitRegistry, counts: readonly UnitCount[], days: MapDays): MappedCounts {
  const { units, lost } = mapUnits(
    registry,
    counts.map(({ uid }) => uid),
    days,
  )
  const byUid = new Map(counts.map((count) => [count.uid, count]))
  return { units: units.map((unit) => toMapped(unit, byUid)), lost }
}
