import { addDays } from '../survey/day.js'
import type { IsoDay } from '../survey/vocabulary.js'
import { type MappedUnits, mapUnits } from './map-units.js'
import type { Unit, UnitRegistry } from './unit.js'

/** What becomes different on the day of an event. */
export interface EventEffects {
  readonly begins: readonly Unit[]
  readonly ends: readonly Unit[]
  readonly renamed: readonly Unit[]
  /** Units that live on under another parent. */
  readonly moved: readonly { readonly uid: string; readonly from: string; readonly to: string }[]
  /** The units the event touches, told on the new map: which series go on, are added up, or break. */
  readonly crosswalk: MappedUnits
}

/**
 * Compares a registry with itself after an event.
 *
 * @param touched units of the day before that the event names or that go into what it makes
 * @param on day of the event
 */
export function effectsOf(
  before: UnitRegistry,
  after: UnitRegistry,
  touched: readonly string[],
  on: IsoDay,
): EventEffects {
  const dayBefore = addDays(on, -1)
  const lives = after.all().filter(({ uid }) => before.isValid(uid, dayBefore) && after.isValid(uid, on))
  const counted = [...new Set(touched)].filter((uid) => after.isValid(uid, dayBefore))
  return {
    begins: after.all().filter(({ uid, validFrom }) => validFrom === on && before.byUid(uid) === undefined),
    ends: after.all().filter(({ uid, validTo }) => validTo === on && before.byUid(uid)?.validTo === null),
    renamed: lives.filter(({ uid }) => after.nameOf(uid, on).vi !== before.nameOf(uid, on).vi),
    moved: lives.flatMap(({ uid }) => {
      const from = before.parentOf(uid, on)?.uid
      const to = after.parentOf(uid, on)?.uid
      return from === undefined || to === undefined || from === to ? [] : [{ uid, from, to }]
    }),
    crosswalk: mapUnits(after, counted, { asOf: dayBefore, on }),
  }
}
