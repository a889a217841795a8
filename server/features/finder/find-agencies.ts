import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { Service, ServiceCatalogue } from '../../domain/units/service.js'
import type { Unit, UnitKind, UnitRegistry } from '../../domain/units/unit.js'
import { unitsNowIn } from './lineage.js'
import { BROWSABLE_KINDS, byKindAndName } from './unit-kinds.js'

/** What a reader looks for; `null` leaves a filter out. */
export interface AgencyQuery {
  /** As typed, trimmed; may be empty. */
  readonly text: string
  readonly kind: UnitKind | null
  readonly area: Unit | null
  readonly service: Service | null
}

/** Agencies found, best first, and services whose everyday words match. */
export interface AgenciesFound {
  readonly units: readonly Unit[]
  readonly services: readonly Service[]
}

/** More than all units that share a common word: the registry decides the order, the page cuts. */
const SEARCH_LIMIT = 1000

const wordsOf = (text: string) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)

/** Whether each typed word begins a word of the unit's names with the very same marks. */
function hasSameMarks(unit: Unit, text: string): boolean {
  const known = wordsOf([...unit.names.flatMap(({ vi, en }) => [vi, en]), ...(unit.aliases ?? [])].join(' '))
  return wordsOf(text).every((typed) => known.some((word) => word.startsWith(typed)))
}

/**
 * Agencies for typed text and chosen filters.
 *
 * Text also finds units that have ended, so that people who know the old name are led on; browsing lists only units
 * in force. Diacritics and case are the registry's business; only where the text also names a matter do marks count,
 * so that "sổ đỏ" is not answered with Sở Lao động.
 */
export function findAgencies(
  { registry, services }: { readonly registry: UnitRegistry; readonly services: ServiceCatalogue },
  query: AgencyQuery,
  on: IsoDay,
): AgenciesFound {
  const kinds = query.kind === null ? BROWSABLE_KINDS : [query.kind]
  const inArea = query.area && new Set(unitsNowIn(registry, query.area, on).map((unit) => unit.uid))
  const { service } = query
  const isWanted = (unit: Unit) =>
    kinds.includes(unit.kind) &&
    (inArea === null || inArea.has(unit.uid)) &&
    (service === null || services.offeredBy(unit).some(({ code }) => code === service.code))
  if (query.text === '') {
    const units = registry.validOn(on).filter(isWanted)
    return { units: units.toSorted(byKindAndName((unit) => registry.nameOf(unit.uid, on).vi)), services: [] }
  }
  const found = registry.search(query.text, { on, kinds, limit: SEARCH_LIMIT }).filter(isWanted)
  const matters = service ? [] : services.search(query.text)
  const isMatter = matters.length > 0 && /[^\x20-\x7e]/.test(query.text)
  return { units: isMatter ? found.filter((unit) => hasSameMarks(unit, query.text)) : found, services: matters }
}
