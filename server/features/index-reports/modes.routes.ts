import type { Request, Response, Router } from 'express'
import type { Scope } from '../../domain/access/scope.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes, type GuardOf } from '../../platform/http/routes.js'
import type { ReportContext } from './estimate.view.js'
import type { GetModeComparison } from './get-mode-comparison.js'
import { GLOSSARY_PATH } from './glossary.view.js'
import { toModeComparisonView } from './mode-comparison.view.js'
import { sendModes } from './modes-files.routes.js'
import { modeFilters, toModesQuery, waveParams } from './report-request.js'

const pageRequest = { params: waveParams, query: modeFilters }

/** Page and files of modes side by side: `/reports/:id/modes`, `modes.csv`, `modes.xlsx` and `modes.json` beside it. */
export function modeRoutes(deps: {
  readonly getModeComparison: GetModeComparison
  readonly guardOf: GuardOf
  readonly scopeOf: (req: Request) => Scope
  readonly contextOf: (res: Response) => ReportContext
}): Router {
  const { router, get } = createRoutes(deps.guardOf)

  get('/reports/:id/modes', 'see_reports', async (req, res) => {
    const { params, query } = parseRequest(req, pageRequest)
    const modes = await deps.getModeComparison(deps.scopeOf(req), toModesQuery(params.id, query))
    const search = new URL(req.originalUrl, 'http://localhost').search
    const links = {
      report: `/reports/${params.id}${search}`,
      method: `${GLOSSARY_PATH}${res.locals.langQuery}`,
      csv: `/reports/${params.id}/modes.csv${search}`,
      xlsx: `/reports/${params.id}/modes.xlsx${search}`,
      json: `/reports/${params.id}/modes.json${search}`,
      hrefOfReport: (waveId: string) => `/reports/${waveId}${search}`,
    }
    res.render('index-reports/modes', toModeComparisonView(modes, links, deps.contextOf(res)))
  })

  for (const type of ['csv', 'xlsx', 'json'] as const) {
    get(`/reports/:id/modes.${type}`, 'see_reports', async (req, res) => {
      const { params, query } = parseRequest(req, pageRequest)
      await sendModes(req, res, await deps.getModeComparison(deps.scopeOf(req), toModesQuery(params.id, query)), type)
    })
  }
  return router
}
