import type { Request } from 'express'
import type { Scope } from '../../domain/access/scope.js'
import { type ApiModule, type ApiOperation, createApi } from '../../platform/http/api.js'
import { languageOf } from '../../platform/http/language.js'
import type { GuardOf } from '../../platform/http/routes.js'
import { problem } from '../../platform/problem.js'
import type { GetIndexReport } from './get-index-report.js'
import type { GetModeComparison } from './get-mode-comparison.js'
import { modesDocumentSchema, sendModes } from './modes-files.routes.js'
import { reportDocumentSchema } from './report-document.js'
import { sendReport } from './report-files.routes.js'
import { modeFilters, reportFilters, toModesQuery, toReportQuery, waveParams } from './report-request.js'

const responses = {
  200: {
    description: 'The report: one row per unit (or service, or month) and line',
    schema: reportDocumentSchema,
    otherTypes: ['text/csv'],
  },
  304: { description: 'The figures are those of the entity tag sent' },
} as const

const showIndex = {
  method: 'get',
  path: '/waves/{id}/index',
  summary: 'Satisfaction index of a wave, as JSON or, when asked for, CSV',
  tag: 'Index',
  access: 'see_reports',
  params: waveParams,
  query: reportFilters.strict(),
  responses,
} as const satisfies ApiOperation

const showIndexCsv = {
  ...showIndex,
  path: '/waves/{id}/index.csv',
  summary: 'Satisfaction index of a wave as CSV',
  responses: { 200: { description: 'The same rows as CSV', otherTypes: ['text/csv'] } },
} as const satisfies ApiOperation

const showIndexCube = {
  ...showIndex,
  path: '/waves/{id}/index.jsonstat',
  summary: 'Satisfaction index of a wave as a cube of JSON-stat 2.0; hidden figures are null with a status',
  responses: { 200: { description: 'Group × line × measure', otherTypes: ['application/json'] }, 304: responses[304] },
} as const satisfies ApiOperation

const showModes = {
  method: 'get',
  path: '/waves/{id}/modes',
  summary: 'The wave beside those of other collection modes, never pooled, as JSON or, when asked for, CSV',
  tag: 'Index',
  access: 'see_reports',
  params: waveParams,
  query: modeFilters.strict(),
  responses: {
    200: {
      description: 'Figures of each mode side by side, and the gap between them',
      schema: modesDocumentSchema,
      otherTypes: ['text/csv'],
    },
    304: { description: 'The figures are those of the entity tag sent' },
  },
} as const satisfies ApiOperation

/** `GET /waves/{id}/index` and `/waves/{id}/modes`: for analysts and their scripts. */
export function indexReportApi(deps: {
  readonly getIndexReport: GetIndexReport
  readonly getModeComparison: GetModeComparison
  readonly guardOf: GuardOf
  readonly scopeOf: (req: Request) => Scope
}): ApiModule {
  const api = createApi(deps.guardOf)
  api.route(showIndex, [], async ({ params, query, req, res }) => {
    const type = typeOf(req)
    const report = await deps.getIndexReport(deps.scopeOf(req), toReportQuery(params.id, query))
    await sendReport(req, res, report, type)
  })
  api.route(showIndexCsv, [], async ({ params, query, req, res }) => {
    await sendReport(req, res, await deps.getIndexReport(deps.scopeOf(req), toReportQuery(params.id, query)), 'csv')
  })
  api.route(showIndexCube, [], async ({ params, query, req, res }) => {
    const report = await deps.getIndexReport(deps.scopeOf(req), toReportQuery(params.id, query))
    await sendReport(req, res, report, 'jsonstat', languageOf(req))
  })
  api.route(showModes, [], async ({ params, query, req, res }) => {
    const type = typeOf(req)
    await sendModes(req, res, await deps.getModeComparison(deps.scopeOf(req), toModesQuery(params.id, query)), type)
  })
  return { router: api.router, operations: api.operations }
}

function typeOf(req: Request): 'csv' | 'json' {
  const type = req.accepts(['application/json', 'text/csv'])
  if (type === false) throw problem.notAcceptable()
  return type === 'text/csv' ? 'csv' : 'json'
}
