import type { IsoDay } from '../../domain/survey/vocabulary.js'
import { UNIT_KINDS, type Unit, type UnitKind, type UnitRegistry } from '../../domain/units/unit.js'

/** What the list of units is asked for. */
export interface UnitListQuery {
  readonly text: string
  readonly kind: UnitKind | undefined
  /** Only units directly below this one on the day; empty: of all. */
  readonly parent: string
  readonly on: IsoDay
}

/**
 * Units of a day in order of kind and name, or those that fit typed text, best match first and ended ones included.
 *
 * @returns `undefined` when there is no such parent
 */
export function listUnits(registry: UnitRegistry, query: UnitListQuery): readonly Unit[] | undefined {
  const { text, kind, parent, on } = query
  if (parent !== '' && registry.byUid(parent) === undefined) return undefined
  const below = parent === '' ? null : registry.childrenOf(parent, on)
  if (text.trim() !== '') {
    const found = registry.search(text, { on, limit: registry.all().length, ...(kind && { kinds: [kind] }) })
    return below === null ? found : found.filter((unit) => below.includes(unit))
  }
  const named = (below ?? registry.validOn(on))
    .filter((unit) => kind === undefined || unit.kind === kind)
    .map((unit) => ({ unit, rank: UNIT_KINDS.indexOf(unit.kind), name: registry.nameOf(unit.uid, on).vi }))
  const order = new Intl.Collator('vi', { numeric: true })
  return named.sort((a, b) => a.rank - b.rank || order.compare(a.name, b.name)).map(({ unit }) => unit)
}
