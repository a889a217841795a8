import type { Request, Response, Router } from 'express'
import type { Scope } from '../../domain/access/scope.js'
import { viewLanguage } from '../../platform/http/language.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes, type GuardOf } from '../../platform/http/routes.js'
import type { Texts } from '../../platform/text.js'
import type { MethodReports } from './get-method-report.js'
import { sendMethodReport } from './method-files.routes.js'
import { methodFormats } from './method-formats.js'
import { toMethodListView } from './method-list.view.js'
import { toMethodReportView } from './method-report.view.js'
import { methodFilters, methodParams, waveParams } from './method-request.js'

/** What the pages need. */
export interface MethodPageNeeds extends MethodReports {
  readonly guardOf: GuardOf
  readonly scopeOf: (req: Request) => Scope
  readonly texts: Texts
}

/** Pages and files of analysts: `/reports/:id/methods`, `/reports/:id/methods/:method`, and `.csv`, `.xlsx` and `.json` of it. */
export function methodReportRoutes(deps: MethodPageNeeds): Router {
  const { router, get } = createRoutes(deps.guardOf)
  const wordsOf = (res: Response) => {
    const language = viewLanguage(res)
    return { language, t: deps.texts.translator(language) }
  }

  get('/reports/:id/methods', 'see_reports', async (req, res) => {
    const { params } = parseRequest(req, { params: waveParams })
    const list = await deps.listMethods(params.id)
    const keepLanguage = (path: string) => `${path}${res.locals.langQuery}`
    res.render('method-reports/list', toMethodListView(list, keepLanguage, wordsOf(res)))
  })

  for (const type of ['csv', 'xlsx', 'json'] as const) {
    get(`/reports/:id/methods/:method.${type}`, 'see_reports', async (req, res) => {
      const { params, query } = parseRequest(req, { params: methodParams, query: methodFilters })
      const wanted = { waveId: params.id, methodName: params.method, unitUid: query.unit ?? null }
      await sendMethodReport(req, res, await deps.getMethodReport(deps.scopeOf(req), wanted), type)
    })
  }

  get('/reports/:id/methods/:method', 'see_reports', async (req, res) => {
    const { params, query } = parseRequest(req, { params: methodParams, query: methodFilters })
    const wanted = { waveId: params.id, methodName: params.method, unitUid: query.unit ?? null }
    const report = await deps.getMethodReport(deps.scopeOf(req), wanted)
    const words = wordsOf(res)
    const context = { ...words, formats: methodFormats(words.language, report.method) }
    res.render('method-reports/show', toMethodReportView(report, linksOf(wanted, res), context))
  })
  return router
}

function linksOf(
  wanted: { readonly waveId: string; readonly methodName: string; readonly unitUid: string | null },
  res: Response,
) {
  const { langQuery } = res.locals as { langQuery: string }
  const wave = `/reports/${wanted.waveId}`
  const page = `${wave}/methods/${wanted.methodName}`
  const withUnit = (path: string, unit: string | null) => {
    const params = new URLSearchParams(langQuery.slice(1))
    if (unit !== null) params.set('unit', unit)
    return params.size === 0 ? path : `${path}?${params}`
  }
  return {
    indexReport: `${wave}${langQuery}`,
    methods: `${wave}/methods${langQuery}`,
    all: wanted.unitUid === null ? '' : withUnit(page, null),
    csv: withUnit(`${page}.csv`, wanted.unitUid),
    xlsx: withUnit(`${page}.xlsx`, wanted.unitUid),
    json: withUnit(`${page}.json`, wanted.unitUid),
    hrefOf: ({ unitUid }: { readonly unitUid: string }) => withUnit(page, unitUid),
  }
}
