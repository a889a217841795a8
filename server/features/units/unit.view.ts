import { isWithin } from '../../domain/survey/day.js'
import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { LineageStep, Unit, UnitRegistry } from '../../domain/units/unit.js'

const statusOn = ({ validFrom, validTo }: Unit, on: IsoDay) => {
  if (validFrom !== null && on < validFrom) return 'not_yet' as const
  return validTo !== null && on >= validTo ? ('ended' as const) : ('valid' as const)
}

/** A unit in a list of the API: as it was on the day. */
export function toUnitSummary(registry: UnitRegistry, unit: Unit, on: IsoDay) {
  return {
    uid: unit.uid,
    kind: unit.kind,
    name: registry.nameOf(unit.uid, on),
    status: statusOn(unit, on),
    validFrom: unit.validFrom,
    validTo: unit.validTo,
    parent: registry.parentOf(unit.uid, on)?.uid ?? null,
    codes: unit.codes.filter(({ from, to }) => isWithin(on, from, to)).map(({ scheme, value }) => ({ scheme, value })),
  }
}

const toStep = ({ unit, on, link }: LineageStep) => ({
  unit: unit.uid,
  on,
  extent: link.extent,
  share: link.share,
  shareBasis: link.shareBasis,
  isDerived: link.derived === true,
  isVerified: link.verified !== false,
})

/** Everything the API tells of one unit: its whole history, whence it came and where it went. */
export function toUnitDetail(registry: UnitRegistry, unit: Unit, on: IsoDay) {
  const resolution = registry.resolve(unit.uid, on)
  return {
    ...toUnitSummary(registry, unit, on),
    names: unit.names,
    allCodes: unit.codes,
    parents: unit.parents,
    legalBasis: unit.legalBasis,
    population: unit.population ?? null,
    isVerified: unit.verified !== false,
    note: unit.note ?? null,
    predecessors: registry.predecessorsOf(unit.uid).map(toStep),
    successors: registry.successorsOf(unit.uid).map(toStep),
    heirs: resolution.kind === 'ended' ? resolution.successors.map((heir) => toUnitSummary(registry, heir, on)) : [],
  }
}
