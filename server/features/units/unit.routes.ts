import { cityDay } from '../../domain/survey/day.js'
import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { ServiceCatalogue } from '../../domain/units/service.js'
import type { Unit, UnitKind, UnitRegistry } from '../../domain/units/unit.js'
import { type ApiModule, createApi } from '../../platform/http/api.js'
import { problem } from '../../platform/problem.js'
import { toUnitDetail, toUnitSummary } from './unit.view.js'
import { listServices, listUnits, showUnit } from './unit-api.js'

interface UnitQuery {
  readonly q?: string | undefined
  readonly kind?: UnitKind | undefined
  readonly parent?: string | undefined
}

const byUid = (a: Unit, b: Unit) => (a.uid < b.uid ? -1 : 1)

function findUnits(registry: UnitRegistry, { q, kind, parent }: UnitQuery, on: IsoDay): readonly Unit[] {
  if (parent !== undefined && !registry.byUid(parent)) throw problem.notFound('unit')
  const below = parent === undefined ? undefined : registry.childrenOf(parent, on)
  if (q === undefined || q.trim() === '') {
    return (below ?? registry.validOn(on)).filter((unit) => !kind || unit.kind === kind).toSorted(byUid)
  }
  const found = registry.search(q, { on, limit: registry.all().length, ...(kind && { kinds: [kind] }) })
  return below ? found.filter((unit) => below.includes(unit)) : found
}

/** The public part of the API about units and services. */
export function unitApiRoutes(deps: {
  readonly registry: UnitRegistry
  readonly services: ServiceCatalogue
  readonly now: () => Date
}): ApiModule {
  const { registry, services } = deps
  const today = () => cityDay(deps.now())
  const api = createApi()

  const getUnit = (uid: string): Unit => {
    const unit = registry.byUid(uid)
    if (!unit) throw problem.notFound('unit')
    return unit
  }

  api.route(listUnits, [], ({ query, res }) => {
    const at = query.at ?? today()
    const found = findUnits(registry, query, at)
    const units = found.slice(0, query.limit).map((unit) => toUnitSummary(registry, unit, at))
    res.json({ at, total: found.length, units })
  })

  api.route(showUnit, [], ({ params, query, res }) => {
    res.json(toUnitDetail(registry, getUnit(params.uid), query.at ?? today()))
  })

  api.route(listServices, [], ({ query, res }) => {
    const offered = query.unit === undefined ? services.all() : services.offeredBy(getUnit(query.unit))
    const hasText = query.q !== undefined && query.q.trim() !== ''
    const fitting = hasText ? services.search(query.q ?? '').filter((one) => offered.includes(one)) : offered
    res.json({ services: fitting })
  })

  return { router: api.router, operations: api.operations }
}
