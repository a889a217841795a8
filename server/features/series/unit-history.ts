import type { IsoDay, Localized } from '../../domain/survey/vocabulary.js'
import type { LineageStep, Unit, UnitRegistry } from '../../domain/units/unit.js'

/** A unit before or after another, and since when. */
export interface HistoryStep {
  readonly uid: string
  readonly name: Localized
  readonly on: IsoDay
  /** Whether the whole of the older unit went over. */
  readonly isWhole: boolean
}

/** A unit's names over time, what it came from and what became of it. */
export interface UnitHistory {
  readonly names: readonly (Localized & { readonly from: IsoDay | null; readonly to: IsoDay | null })[]
  readonly predecessors: readonly HistoryStep[]
  readonly successors: readonly HistoryStep[]
}

/** Reads a unit's history; neighbours named as on the day of the change. */
export function unitHistory(registry: UnitRegistry, unit: Unit): UnitHistory {
  const toStep = ({ unit: other, on, link }: LineageStep): HistoryStep => ({
    uid: other.uid,
    name: registry.nameOf(other.uid, on),
    on,
    isWhole: link.extent === 'whole',
  })
  const isOwnLevel = ({ link }: LineageStep) => link.derived !== true
  return {
    names: unit.names.map(({ vi, en, from, to }) => ({ vi, en, from, to })),
    predecessors: registry.predecessorsOf(unit.uid).filter(isOwnLevel).map(toStep),
    successors: registry.successorsOf(unit.uid).map(toStep),
  }
}

/** Day after every event: the registry's map as it stands last. */
const LAST_MAP = '9999-12-31'

/**
 * Units that a series can be chosen of: those that a wave asks about, the areas above them, and what became of them.
 *
 * @param waves units and reference day of each
 */
export function seriesUnits(
  registry: UnitRegistry,
  waves: readonly { readonly unitUids: readonly string[]; readonly referenceOn: IsoDay }[],
): readonly Unit[] {
  const uids = new Set<string>([registry.cityUid])
  for (const { unitUids, referenceOn } of waves) {
    for (const uid of unitUids) {
      uids.add(uid)
      for (let above = registry.parentOf(uid, referenceOn); above; above = registry.parentOf(above.uid, referenceOn)) {
        uids.add(above.uid)
      }
    }
  }
  for (const uid of [...uids]) {
    for (const { unit } of registry.successorsOf(uid)) uids.add(unit.uid)
    const hasEnded = registry.byUid(uid)?.validTo !== null
    if (hasEnded) for (const { unit } of registry.lineageForward(uid, LAST_MAP)) uids.add(unit.uid)
  }
  return [...uids].flatMap((uid) => registry.byUid(uid) ?? [])
}
