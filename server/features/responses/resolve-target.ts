import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { Service } from '../../domain/units/service.js'
import type { Unit } from '../../domain/units/unit.js'
import type { IntakeRegistry, IntakeServices } from './intake-needs.js'

/** What a response is about, or why it cannot be about that. */
export type Target =
  | { readonly kind: 'found'; readonly unit: Unit; readonly service: Service; readonly transactionOn: IsoDay }
  | { readonly kind: 'unknown_unit' }
  | { readonly kind: 'unknown_service' }
  | { readonly kind: 'not_offered'; readonly unit: Unit; readonly service: Service }
  | UnitNotValid

/** The unit did not exist in the month of the transaction; `others` are those that did its work then, if known. */
export interface UnitNotValid {
  readonly kind: 'unit_not_valid'
  readonly unit: Unit
  readonly service: Service
  readonly reason: 'not_yet' | 'ended'
  /** First day of the unit, or the first day it no longer existed. */
  readonly changedOn: IsoDay
  readonly others: readonly Unit[]
}

/** What `resolveTarget` looks things up in. */
export interface TargetSources {
  readonly registry: IntakeRegistry
  readonly services: IntakeServices
}

/**
 * Finds unit and service of a transaction.
 *
 * People remember the month, not the day. So a unit that began or ended within the month counts as valid, and the day
 * of the transaction is the first day of that month on which it was.
 *
 * @param month `YYYY-MM`
 */
export function resolveTarget(
  { registry, services }: TargetSources,
  asked: { readonly unitUid: string; readonly service: string; readonly month: string },
): Target {
  const unit = registry.byUid(asked.unitUid)
  if (unit === undefined) return { kind: 'unknown_unit' }
  const service = services.byCode(asked.service)
  if (service === undefined) return { kind: 'unknown_service' }
  const firstDay = `${asked.month}-01`
  // Only compared, never shown: no day of any month sorts after its 31st.
  const lastDay = `${asked.month}-31`
  if (unit.validTo !== null && unit.validTo <= firstDay) {
    return {
      kind: 'unit_not_valid',
      unit,
      service,
      reason: 'ended',
      changedOn: unit.validTo,
      others: after(registry, unit),
    }
  }
  if (unit.validFrom !== null && unit.validFrom > lastDay) {
    const others = before(registry, unit)
    return { kind: 'unit_not_valid', unit, service, reason: 'not_yet', changedOn: unit.validFrom, others }
  }
  if (!services.offeredBy(unit).some(({ code }) => code === service.code)) return { kind: 'not_offered', unit, service }
  const transactionOn = unit.validFrom !== null && unit.validFrom > firstDay ? unit.validFrom : firstDay
  return { kind: 'found', unit, service, transactionOn }
}

const distinct = (units: readonly Unit[]) => [...new Map(units.map((unit) => [unit.uid, unit])).values()]
const after = (registry: IntakeRegistry, { uid }: Unit) => distinct(registry.successorsOf(uid).map(({ unit }) => unit))
const before = (registry: IntakeRegistry, { uid }: Unit) =>
  distinct(registry.predecessorsOf(uid).map(({ unit }) => unit))
