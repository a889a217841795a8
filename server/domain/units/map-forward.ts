import type { IsoDay } from '../survey/vocabulary.js'
import type { UnitKind, UnitLink, UnitRegistry } from './unit.js'
import { type Flow, flowOn, type Holdings } from './unit-flow.js'

/** A share counted in one unit: satisfied among valid answers, say. */
export interface UnitCount {
  readonly uid: string
  readonly numerator: number
  readonly denominator: number
}

/** What one unit of the old map gave to a unit of the new one. */
export interface MapContribution extends UnitCount {
  /** Of the old unit: 1 whole, between 0 and 1 a known part, `null` a part of unknown size. */
  readonly share: number | null
}

/**
 * A unit of the new map. `exact`: whole units pooled. `estimated`: known shares were used ("ước tính"). `broken`: a part
 * of unknown size is in it, so the series has a gap here and no figure.
 */
export type MappedUnit = {
  readonly uid: string
  readonly basis: readonly MapContribution[]
  /** Predecessors of the same level that were not counted: the figure covers less than the unit. */
  readonly missing: readonly string[]
} & (
  | { readonly kind: 'exact' | 'estimated'; readonly numerator: number; readonly denominator: number }
  | { readonly kind: 'broken' }
)

export interface MappedCounts {
  readonly units: readonly MappedUnit[]
  /** Counted units that lead to nothing on the new map. */
  readonly lost: readonly string[]
}

const LEVELS: Partial<Record<UnitKind, string>> = {
  quan: 'district',
  huyen: 'district',
  tp_truc_thuoc: 'district',
  phuong: 'commune',
  xa: 'commune',
  thi_tran: 'commune',
  dac_khu: 'commune',
}
const levelOf = (registry: UnitRegistry, uid: string) => {
  const kind = registry.byUid(uid)?.kind
  return kind && (LEVELS[kind] ?? kind)
}

/** Events after one day up to and including another, grouped by day, as links from each unit. */
function linksByDay(registry: UnitRegistry, asOf: IsoDay, on: IsoDay) {
  const days = new Map<IsoDay, Map<string, UnitLink[]>>()
  for (const event of registry.events()) {
    if (event.on <= asOf || event.on > on) continue
    const links = days.get(event.on) ?? new Map<string, UnitLink[]>()
    for (const link of event.links) links.set(link.from, [...(links.get(link.from) ?? []), link])
    days.set(event.on, links)
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1))
}

function toContribution({ origin, share, pieces }: Flow, counts: ReadonlyMap<string, UnitCount>): MapContribution {
  const count = counts.get(origin)
  if (!count) throw new RangeError(`Not counted: ${origin}`)
  const known = pieces.length === 0 ? share : null
  const scale = known ?? 1
  return { uid: origin, numerator: count.numerator * scale, denominator: count.denominator * scale, share: known }
}

function toMapped(uid: string, basis: readonly MapContribution[], missing: readonly string[]): MappedUnit {
  if (basis.some(({ share }) => share === null)) return { kind: 'broken', uid, basis, missing }
  const kind = basis.every(({ share }) => share === 1) ? 'exact' : 'estimated'
  const numerator = basis.reduce((sum, part) => sum + part.numerator, 0)
  const denominator = basis.reduce((sum, part) => sum + part.denominator, 0)
  return { kind, uid, basis, missing, numerator, denominator }
}

/**
 * Counts of one map told on a later map.
 *
 * Numerators and denominators of whole units are added; a known share takes that fraction of both; a part of unknown
 * size breaks the series of its receiver. Percents are never averaged. Pieces that meet again are the whole again.
 *
 * @param counts one entry per unit, each valid on `asOf`; do not mix a unit with the units below it
 * @throws {RangeError} when a unit is counted twice or not valid on `asOf`, or `on` is before `asOf`
 * @see methodology 7.4 rule 5, test M1
 * @example Quận 2 80/100, Quận 9 60/120, Quận Thủ Đức 90/150 on 2021-01-01 → Thủ Đức City 230/370, exact
 */
export function mapForward(
  registry: UnitRegistry,
  counts: readonly UnitCount[],
  { asOf, on }: { readonly asOf: IsoDay; readonly on: IsoDay },
): MappedCounts {
  if (on < asOf) throw new RangeError(`Counts of ${asOf} cannot be told on the earlier map of ${on}`)
  const byUid = new Map(counts.map((count) => [count.uid, count]))
  if (byUid.size < counts.length) throw new RangeError('A unit is counted twice')
  for (const { uid } of counts) if (!registry.isValid(uid, asOf)) throw new RangeError(`${uid} is not valid on ${asOf}`)

  let holdings: Holdings = new Map(counts.map(({ uid }) => [uid, [{ origin: uid, share: 1, pieces: [] }]]))
  for (const [day, links] of linksByDay(registry, asOf, on)) {
    holdings = flowOn(day, holdings, (uid) => links.get(uid) ?? [])
  }
  const units: MappedUnit[] = []
  const reached = new Set<string>()
  for (const [uid, flows] of holdings) {
    if (!registry.isValid(uid, on)) continue
    const levels = new Set(flows.map(({ origin }) => levelOf(registry, origin)))
    const missing = registry
      .lineageBack(uid, asOf)
      .map(({ unit }) => unit.uid)
      .filter((one) => !byUid.has(one) && levels.has(levelOf(registry, one)))
    const basis = flows.map((flow) => toContribution(flow, byUid))
    units.push(toMapped(uid, basis, missing))
    for (const { origin } of flows) reached.add(origin)
  }
  return { units, lost: counts.map(({ uid }) => uid).filter((uid) => !reached.has(uid)) }
}
