import { checkUnitCodes } from './check-unit-codes.js'
import { checkUnitLinks } from './check-unit-links.js'
import { checkUnitRecord } from './check-unit-record.js'
import type { UnitData } from './unit.js'
import { buildUnitMaps } from './unit-index.js'

/** Where a fault sits: a unit or a link, counted from 0 in the order of the data. */
export type UnitProblemSubject =
  | { readonly kind: 'unit'; readonly unit: number }
  | { readonly kind: 'event'; readonly event: number }
  | { readonly kind: 'link'; readonly event: number; readonly link: number }
  | { readonly kind: 'data' }

/** One fault of the registry's data. The code is stable, the message for the person who edits the data. */
export interface UnitProblem {
  readonly code: string
  readonly subject: UnitProblemSubject
  readonly message: string
}

/**
 * Everything wrong with the data of a registry: periods, names, codes, parents, links and shares.
 *
 * @returns empty when the registry can be trusted
 */
export function checkUnits(data: UnitData): readonly UnitProblem[] {
  const maps = buildUnitMaps(data)
  const problems: UnitProblem[] = []
  const root = maps.byUid.get(data.cityUid)
  if (root?.kind !== 'thanh_pho' || root.parents.length > 0) {
    const message = `${data.cityUid} must be a unit of kind thanh_pho without a parent`
    problems.push({ code: 'no_city', subject: { kind: 'data' }, message })
  }
  const seen = new Set<string>()
  data.units.forEach((unit, index) => {
    const subject = { kind: 'unit', unit: index } as const
    if (seen.has(unit.uid)) problems.push({ code: 'duplicate_uid', subject, message: `${unit.uid} is used twice` })
    seen.add(unit.uid)
    for (const [code, message] of checkUnitRecord(unit, maps)) problems.push({ code, subject, message })
  })
  return [...problems, ...checkUnitCodes(data.units), ...checkUnitLinks(data, maps)]
}
