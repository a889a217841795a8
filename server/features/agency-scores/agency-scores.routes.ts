import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import type { Scope } from '../../domain/access/scope.js'
import { viewLanguage } from '../../platform/http/language.js'
import { orNothing, parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes, type GuardOf } from '../../platform/http/routes.js'
import type { Texts } from '../../platform/text.js'
import type { Account } from '../accounts/index.js'
import { type ReportContext, reportFormats } from '../index-reports/index.js'
import { toAgencyListView } from './agency-list.view.js'
import type { ScoredUnit } from './agency-scores.js'
import { toAgencyScoresView, toNoWaveView } from './agency-scores.view.js'
import { toCommentsView } from './comments.view.js'
import type { GetAgencyScores, makeGetAgencyComments } from './get-agency-scores.js'

const query = z.object({
  wave: z
    .string()
    .regex(/^[a-z0-9-]{3,60}$/)
    .optional()
    .catch(''),
  service: orNothing(z.string().regex(/^[\w.-]{1,60}$/)).catch(''),
})
const ownRequest = { query }
const unitRequest = { params: z.object({ unitUid: z.string().regex(/^[a-z0-9._-]{1,80}$/i) }), query }

/** What the pages are made of. */
export interface AgencyPageNeeds {
  readonly getAgencyScores: GetAgencyScores
  readonly getAgencyComments: ReturnType<typeof makeGetAgencyComments>
  readonly listUnits: (scope: Scope) => Promise<readonly ScoredUnit[]>
  readonly guardOf: GuardOf
  readonly currentAccount: (req: Request) => Account
  readonly scopeOf: (req: Request) => Scope
  readonly texts: Texts
}

/**
 * `/agency`: an agency's own scores, the list of agencies for those who see the city. `/agency/units`: the agencies in the reader's
 * scope. `/agency/:unitUid`: the scores of one.
 */
export function agencyScoresRoutes(deps: AgencyPageNeeds): Router {
  const { router, get } = createRoutes(deps.guardOf)

  const contextOf = (res: Response): ReportContext => {
    const language = viewLanguage(res)
    return { language, t: deps.texts.translator(language), formats: reportFormats(language) }
  }

  const show = async (req: Request, res: Response, unitUid: string, { wave, service }: z.output<typeof query>) => {
    const scope = deps.scopeOf(req)
    const outcome = await deps.getAgencyScores(scope, unitUid, { waveId: wave ?? null, service: service ?? null })
    const context = contextOf(res)
    const langQuery = String(res.locals.langQuery)
    const hasOthers = (await deps.listUnits(scope)).some(({ uid }) => uid !== unitUid)
    const listHref = hasOthers ? `/agency/units${langQuery}` : null
    if (outcome.kind === 'no_wave') {
      return res.render('agency-scores/none', toNoWaveView(outcome.name[context.language], listHref, context.t))
    }
    const chosenLanguage = langQuery === '' ? null : context.language
    const isWhole = scope.services === 'all'
    const place = { path: req.path, listHref, chosenLanguage, isWhole }
    return res.render('agency-scores/show', toAgencyScoresView(outcome.scores, place, context))
  }

  const list = async (req: Request, res: Response) => {
    const page = { ...contextOf(res), langQuery: String(res.locals.langQuery) }
    res.render('agency-scores/list', toAgencyListView(await deps.listUnits(deps.scopeOf(req)), page))
  }

  get('/agency', 'see_scores', async (req, res) => {
    const { query } = parseRequest(req, ownRequest)
    const { unitUid } = deps.currentAccount(req)
    return unitUid === null ? list(req, res) : show(req, res, unitUid, query)
  })

  const comments = async (
    req: Request,
    res: Response,
    unitUid: string,
    back: string,
    wanted: z.output<typeof query>,
  ) => {
    const choice = { waveId: wanted.wave ?? null, service: wanted.service ?? null }
    const found = await deps.getAgencyComments(deps.scopeOf(req), unitUid, choice)
    const params = new URLSearchParams(req.originalUrl.split('?')[1] ?? '')
    const backHref = params.size === 0 ? back : `${back}?${params}`
    res.render('agency-scores/comments', toCommentsView(found, backHref, contextOf(res)))
  }

  get('/agency/comments', 'see_scores', async (req, res) => {
    const { unitUid } = deps.currentAccount(req)
    if (unitUid === null) return list(req, res)
    return comments(req, res, unitUid, '/agency', parseRequest(req, ownRequest).query)
  })

  get('/agency/units', 'see_scores', list)

  get('/agency/:unitUid', 'see_scores', async (req, res) => {
    const { params, query } = parseRequest(req, unitRequest)
    return show(req, res, params.unitUid, query)
  })

  get('/agency/:unitUid/comments', 'see_scores', async (req, res) => {
    const { params, query } = parseRequest(req, unitRequest)
    return comments(req, res, params.unitUid, `/agency/${params.unitUid}`, query)
  })

  return router
}
