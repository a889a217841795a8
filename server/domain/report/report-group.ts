import { EMPTY_TALLY, mergeTallies, type Tally } from '../index/tally.js'
import type { IsoDay, Localized, Period } from '../survey/vocabulary.js'
import type { TimeStep } from './time-steps.js'

/** What of a registry the roll-ups hang on; the registry itself, or what a release froze of it. */
export interface UnitTree {
  nameOf(uid: string, on: IsoDay): Localized
  parentOf(uid: string, on: IsoDay): { readonly uid: string } | undefined
}

/** What a group of responses stands for. `area` and `total` are pooled over their parts. */
export const GROUP_SCOPES = ['unit', 'service', 'month', 'quarter', 'area', 'total'] as const
export type GroupScope = (typeof GROUP_SCOPES)[number]

/** Responses reported together: a unit, a service, a month or quarter, or a roll-up of such. */
export interface ReportGroup {
  /** Unique within a report. */
  readonly key: string
  readonly scope: GroupScope
  readonly unitUid: string
  readonly unitName: Localized
  /** Service code; `null` for all services of the selection together. */
  readonly service: string | null
  readonly period: Period
  readonly tally: Tally
  /** Keys of the groups that add up to this one; empty for a unit, service, month or quarter. */
  readonly parts: readonly string[]
}

/** One thing that is counted by itself: a unit, or a service or step of time of the selection. */
export interface CountedPart {
  readonly key: string
  readonly tally: Tally
}

/** What all groups of a report have in common. */
export interface SelectionFrame {
  readonly service: string | null
  readonly period: Period
}

/**
 * Groups of a report by unit: every unit, each area above with units of the selection in it, and the root,
 * pooled by responses.
 *
 * Roll-ups follow the registry at one day, so that a later change of districts does not move an old report. An area that
 * is itself a unit of the selection keeps its own row beside the roll-up.
 *
 * @param parts one tally a unit; units without a parent at the day stand directly under the root
 * @param rootUid the city, or the unit to whose area the report is limited
 */
export function unitGroups(
  parts: readonly CountedPart[],
  registry: UnitTree,
  on: IsoDay,
  rootUid: string,
  frame: SelectionFrame,
): readonly ReportGroup[] {
  const groupOf = (scope: GroupScope, uid: string, tally: Tally, keys: readonly string[]): ReportGroup => ({
    key: `${scope} ${uid}`,
    scope,
    unitUid: uid,
    unitName: registry.nameOf(uid, on),
    ...frame,
    tally,
    parts: keys,
  })
  const units = parts.map(({ key, tally }) => groupOf('unit', key, tally, []))
  const membersByArea = new Map<string, ReportGroup[]>()
  for (const unit of units) {
    for (const area of areasAbove(unit.unitUid, registry, on, rootUid)) {
      membersByArea.set(area, [...(membersByArea.get(area) ?? []), unit])
    }
  }
  const byUid = new Map(units.map((unit) => [unit.unitUid, unit]))
  const areaUids = new Set(membersByArea.keys())
  const keyUnder = (parent: string, uid: string) => {
    const path = [uid, ...areasAbove(uid, registry, on, rootUid)]
    const stop = parent === rootUid ? path.length : path.indexOf(parent)
    const highest = path.slice(0, stop).findLast((candidate) => areaUids.has(candidate))
    return highest === undefined ? `unit ${uid}` : `area ${highest}`
  }
  const areas = [...membersByArea].map(([uid, members]) => {
    const own = byUid.get(uid)
    const all = own === undefined ? members : [own, ...members]
    const keys = all.map((member) => (member === own ? member.key : keyUnder(uid, member.unitUid)))
    return groupOf('area', uid, mergeTallies(all.map(({ tally }) => tally)), [...new Set(keys)])
  })
  const keys = units.map(({ unitUid }) => keyUnder(rootUid, unitUid))
  const total = groupOf('total', rootUid, mergeTallies(units.map(({ tally }) => tally)), [...new Set(keys)])
  return [total, ...areas, ...units]
}

/** Units above a unit at a day, nearest first, below the root. */
function areasAbove(uid: string, registry: Pick<UnitTree, 'parentOf'>, on: IsoDay, rootUid: string): readonly string[] {
  if (uid === rootUid) return []
  const above: string[] = []
  let parent = registry.parentOf(uid, on)
  while (parent !== undefined && parent.uid !== rootUid && !above.includes(parent.uid)) {
    above.push(parent.uid)
    parent = registry.parentOf(parent.uid, on)
  }
  return above
}

/** Groups of a report by service or step of time: every part and their total, all of one unit or area. */
export function partGroups(
  parts: readonly (CountedPart & SelectionFrame)[],
  scope: 'service' | TimeStep,
  unit: { readonly uid: string; readonly name: Localized },
  frame: SelectionFrame,
): readonly ReportGroup[] {
  const common = { unitUid: unit.uid, unitName: unit.name }
  const groups = parts.map(
    ({ key, ...part }): ReportGroup => ({ key: `${scope} ${key}`, scope, ...common, ...part, parts: [] }),
  )
  const total: ReportGroup = {
    key: 'total',
    scope: 'total',
    ...common,
    ...frame,
    tally: parts.length === 0 ? EMPTY_TALLY : mergeTallies(parts.map(({ tally }) => tally)),
    parts: groups.map(({ key }) => key),
  }
  return [total, ...groups]
}
