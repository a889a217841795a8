import type { Response, Router } from 'express'
import { z } from 'zod'
import { cityDay } from '../../domain/survey/day.js'
import { type Language, RESPONDENT_TYPES } from '../../domain/survey/vocabulary.js'
import { UNIT_KINDS } from '../../domain/units/unit.js'
import { viewLanguage } from '../../platform/http/language.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes } from '../../platform/http/routes.js'
import { problem } from '../../platform/problem.js'
import { toAgenciesView } from './agencies.view.js'
import { toAgencyView } from './agency.view.js'
import { findAgencies } from './find-agencies.js'
import type { FinderDependencies } from './finder.js'
import { toHomeView } from './home.view.js'
import { isOpenTo } from './open-services.js'
import type { PageContext } from './page-context.js'
import { pageOf } from './paging.js'

const PAGE_SIZE = 30
const MAX_TEXT = 100

const typed = z
  .string()
  .default('')
  .transform((text) => text.trim().slice(0, MAX_TEXT))
const filter = z
  .string()
  .optional()
  .transform((text) => text || null)

const listRequest = {
  query: z.object({
    q: typed,
    kind: filter,
    area: filter,
    service: filter,
    page: z.coerce.number().int().min(1).max(10_000).catch(1),
  }),
}
const agencyRequest = {
  params: z.object({ unitUid: z.string().regex(/^[a-z0-9.-]{1,80}$/) }),
  query: z.object({ q: typed, as: z.enum(RESPONDENT_TYPES).catch('citizen') }),
}

/** A chosen filter looked up; an unknown one is a wrong address, not an empty list. */
function chosen<T>(value: string | null, find: (value: string) => T | undefined, what: string): T | null {
  if (value === null) return null
  const found = find(value)
  if (found === undefined) throw problem.notFound(what)
  return found
}

/** Pages on which a citizen finds the agency and the service: `/`, `/agencies`, `/u/:unitUid`. */
export function finderRoutes(deps: FinderDependencies): Router {
  const { router, get } = createRoutes()
  const { registry, services } = deps
  const contextOf = (res: Response): PageContext => {
    const language: Language = viewLanguage(res)
    const isChosen = res.locals.langQuery !== ''
    return { language, t: deps.texts.translator(language), chosenLanguage: isChosen ? language : null }
  }
  const today = () => cityDay(deps.now())

  get('/', 'public', (_req, res) => {
    res.render('finder/home', toHomeView(contextOf(res), deps, today()))
  })

  get('/agencies', 'public', async (req, res) => {
    const asked = parseRequest(req, listRequest).query
    const on = today()
    const query = {
      text: asked.q,
      kind: chosen(asked.kind, (kind) => UNIT_KINDS.find((known) => known === kind), 'kind'),
      area: chosen(asked.area, (uid) => registry.byUid(uid), 'unit'),
      service: chosen(asked.service, (code) => services.byCode(code), 'service'),
    }
    const found = findAgencies(deps, query, on)
    const list = pageOf(found.units, asked.page, PAGE_SIZE)
    const waves = await Promise.all(list.entries.map(async ({ uid }) => [uid, await deps.openWaves(uid, on)] as const))
    const open = new Set(
      waves.filter(([, of]) => RESPONDENT_TYPES.some((type) => isOpenTo(of, type))).map(([uid]) => uid),
    )
    const isOpen = (uid: string) => open.has(uid)
    const input = { registry, services, query, on, matchedServices: found.services, list, isOpen }
    res.render('finder/agencies', toAgenciesView(contextOf(res), input))
  })

  get('/u/:unitUid', 'public', async (req, res) => {
    const { params, query } = parseRequest(req, agencyRequest)
    const unit = registry.byUid(params.unitUid)
    if (!unit) throw problem.notFound('unit')
    const on = today()
    const waves = await deps.openWaves(unit.uid, on)
    const input = { registry, services, unit, on, waves, respondentType: query.as, text: query.q }
    res.render('finder/agency', toAgencyView(contextOf(res), input))
  })

  return router
}
