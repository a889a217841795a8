import type { Router } from 'express'
import { z } from 'zod'
import { cityDay, isIsoDay } from '../../domain/survey/day.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { ServiceCatalogue } from '../../domain/units/service.js'
import { UNIT_KINDS, type UnitRegistry } from '../../domain/units/unit.js'
import { orNothing, parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes, type GuardOf } from '../../platform/http/routes.js'
import { problem } from '../../platform/problem.js'
import type { Texts } from '../../platform/text.js'
import { isOpenOn } from '../waves/index.js'
import { deskContext } from './page.js'
import { toServicesView } from './services.view.js'
import { listUnits } from './unit-list.js'
import { toUnitListView } from './unit-list.view.js'
import { toUnitPageView } from './unit-page.view.js'

const text = z.string().max(100).default('')
const listRequest = {
  query: z.object({
    q: text,
    kind: orNothing(z.enum(UNIT_KINDS)),
    parent: text,
    on: text,
    page: orNothing(z.coerce.number().int().min(1).max(1000)),
  }),
}
const unitRequest = { params: z.object({ uid: z.string().regex(/^[a-z0-9.-]{1,40}$/) }), query: z.object({ on: text }) }

/** What the pages need. */
export interface RegistryDeskNeeds {
  readonly registry: UnitRegistry
  readonly services: ServiceCatalogue
  readonly waves: { list(): Promise<readonly Wave[]> }
  readonly guardOf: GuardOf
  readonly texts: Texts
  readonly now: () => Date
}

/** `/admin/units`, `/admin/services`: the registry and the catalogue, to read. */
export function registryDeskRoutes(deps: RegistryDeskNeeds): Router {
  const { registry, services } = deps
  const { router, get } = createRoutes(deps.guardOf)
  const today = () => cityDay(deps.now())

  get('/admin/units', 'manage_waves', (req, res) => {
    const { q, kind, parent, on: typedDay, page = 1 } = parseRequest(req, listRequest).query
    const isDay = typedDay === '' || isIsoDay(typedDay)
    const on = typedDay === '' || !isDay ? today() : typedDay
    const query = { text: q, kind, parent: parent.trim(), on }
    const found = listUnits(registry, query)
    const dayFault = isDay ? null : ({ field: 'on', key: 'registry.not_a_day' } as const)
    const fault = found ? dayFault : ({ field: 'parent', key: 'registry.no_such_unit' } as const)
    const shown = { query, typedDay: isDay ? on : typedDay, page, units: found ?? [], fault }
    res.status(fault ? 422 : 200)
    res.render('registry-desk/units', toUnitListView(registry, shown, deskContext(res, deps.texts)))
  })

  get('/admin/units/:uid', 'manage_waves', (req, res) => {
    const { params, query } = parseRequest(req, unitRequest)
    const unit = registry.byUid(params.uid)
    if (unit === undefined) throw problem.notFound('unit')
    const on = isIsoDay(query.on) ? query.on : today()
    res.render('registry-desk/unit', toUnitPageView(registry, unit, on, deskContext(res, deps.texts)))
  })

  get('/admin/services', 'manage_waves', async (_req, res) => {
    const on = today()
    const openWaves = (await deps.waves.list()).filter((wave) => isOpenOn(wave, on))
    const page = { services, registry, openWaves, on }
    res.render('registry-desk/services', toServicesView(page, deskContext(res, deps.texts)))
  })

  return router
}
