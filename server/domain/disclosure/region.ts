import type { IsoDay } from '../survey/vocabulary.js'

/** Whose responses a row is about: units by service (or all) by days. Filters that choose the same have equal regions. */
export interface Region {
  /** In the order of their ids. */
  readonly unitUids: readonly string[]
  /** `null`: all. */
  readonly service: string | null
  readonly from: IsoDay
  /** First day no longer counted. */
  readonly to: IsoDay
}

/** Whether two regions are the same. */
export const isSameRegion = (one: Region, other: Region): boolean =>
  one.unitUids.length === other.unitUids.length && isWithin(one, other) && isWithin(other, one)

/** Whether all responses of a region are also in another, or the same, one. */
export function isWithin(inner: Region, outer: Region): boolean {
  if (outer.service !== null && inner.service !== outer.service) return false
  if (inner.from < outer.from || inner.to > outer.to || inner.unitUids.length > outer.unitUids.length) return false
  // Both are in order: one walk through the longer.
  let place = 0
  for (const uid of inner.unitUids) {
    while (place < outer.unitUids.length && outer.unitUids[place]! < uid) place += 1
    if (outer.unitUids[place] !== uid) return false
  }
  return true
}
