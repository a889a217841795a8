import type { Region } from '../disclosure/region.js'
import type { Wave } from '../survey/wave.js'
import type { ReportGroup } from './report-group.js'

/** Whose responses each group of a report is about, by group key. */
export function regionsOf(
  groups: readonly ReportGroup[],
  unitUids: readonly string[],
  { opensOn, closesOn }: Pick<Wave, 'opensOn' | 'closesOn'>,
): ReadonlyMap<string, Region> {
  const byKey = new Map(groups.map((group) => [group.key, group]))
  const unitsUnder = (group: ReportGroup): readonly string[] => {
    if (group.scope === 'unit') return [group.unitUid]
    const parts = group.parts
      .flatMap((key) => byKey.get(key) ?? [])
      .filter(({ scope }) => scope === 'unit' || scope === 'area')
    return parts.length === 0 ? unitUids : parts.flatMap(unitsUnder)
  }
  return new Map(
    groups.map((group) => {
      const { from, to } = group.period
      const days = {
        from: from !== null && from > opensOn ? from : opensOn,
        to: to !== null && to < closesOn ? to : closesOn,
      }
      return [group.key, { unitUids: [...new Set(unitsUnder(group))].sort(), service: group.service, ...days }]
    }),
  )
}
