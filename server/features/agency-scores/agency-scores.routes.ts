import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import { mayDo } from '../../domain/access/permissions.js'
import { viewLanguage } from '../../platform/http/language.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes, type GuardOf } from '../../platform/http/routes.js'
import { problem } from '../../platform/problem.js'
import type { Texts } from '../../platform/text.js'
import type { Account } from '../accounts/index.js'
import { type ReportContext, reportFormats } from '../index-reports/index.js'
import { toAgencyListView } from './agency-list.view.js'
import type { ScoredUnit } from './agency-scores.js'
import { toAgencyScoresView, toNoWaveView } from './agency-scores.view.js'
import type { GetAgencyScores } from './get-agency-scores.js'

const query = z.object({
  wave: z
    .string()
    .regex(/^[a-z0-9-]{3,60}$/)
    .optional()
    .catch(''),
})
const ownRequest = { query }
const unitRequest = { params: z.object({ unitUid: z.string().regex(/^[a-z0-9._-]{1,80}$/i) }), query }

/** What the pages are made of. */
export interface AgencyPageNeeds {
  readonly getAgencyScores: GetAgencyScores
  readonly listUnits: () => Promise<readonly ScoredUnit[]>
  readonly guardOf: GuardOf
  readonly currentAccount: (req: Request) => Account
  readonly texts: Texts
}

/** `/agency`: an agency's own scores, the list of agencies for analysts. `/agency/:unitUid`: the scores of one. */
export function agencyScoresRoutes(deps: AgencyPageNeeds): Router {
  const { router, get } = createRoutes(deps.guardOf)

  const contextOf = (res: Response): ReportContext => {
    const language = viewLanguage(res)
    return { language, t: deps.texts.translator(language), formats: reportFormats(language) }
  }

  const show = async (req: Request, res: Response, unitUid: string, wave: string | undefined) => {
    const outcome = await deps.getAgencyScores(unitUid, wave ?? null)
    const context = contextOf(res)
    if (outcome.kind === 'no_wave') {
      return res.render('agency-scores/none', toNoWaveView(outcome.name[context.language], context.t))
    }
    const langQuery = String(res.locals.langQuery)
    const place = {
      path: req.path,
      listHref: mayDo(deps.currentAccount(req).role, 'see_reports') ? `/agency${langQuery}` : null,
      chosenLanguage: langQuery === '' ? null : context.language,
    }
    return res.render('agency-scores/show', toAgencyScoresView(outcome.scores, place, context))
  }

  get('/agency', 'see_scores', async (req, res) => {
    const { query } = parseRequest(req, ownRequest)
    const account = deps.currentAccount(req)
    if (account.unitUid !== null) return show(req, res, account.unitUid, query.wave)
    const page = { ...contextOf(res), langQuery: String(res.locals.langQuery) }
    return res.render('agency-scores/list', toAgencyListView(await deps.listUnits(), page))
  })

  get('/agency/:unitUid', 'see_scores', async (req, res) => {
    const { params, query } = parseRequest(req, unitRequest)
    const account = deps.currentAccount(req)
    // Not 403: whether another unit has scores is none of an agency's business.
    if (!mayDo(account.role, 'see_reports') && account.unitUid !== params.unitUid) throw problem.notFound('unit')
    return show(req, res, params.unitUid, query.wave)
  })

  return router
}
