import type { RequestHandler } from 'express'
import { type ApiModule, type ApiOperation, createApi } from '../../platform/http/api.js'
import { problem } from '../../platform/problem.js'
import type { GetIndexReport } from './get-index-report.js'
import { reportDocumentSchema } from './report-document.js'
import { sendReport } from './report-files.routes.js'
import { reportFilters, toReportQuery, waveParams } from './report-request.js'

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
  access: 'analyst',
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

/** `GET /waves/{id}/index`: for analysts and their scripts. */
export function indexReportApi(deps: {
  readonly getIndexReport: GetIndexReport
  readonly requireAnalyst: RequestHandler
}): ApiModule {
  const api = createApi()
  api.route(showIndex, [deps.requireAnalyst], async ({ params, query, req, res }) => {
    const type = req.accepts(['application/json', 'text/csv'])
    if (type === false) throw problem.notAcceptable()
    const report = await deps.getIndexReport(toReportQuery(params.id, query))
    await sendReport(req, res, report, type === 'text/csv' ? 'csv' : 'json')
  })
  api.route(showIndexCsv, [deps.requireAnalyst], async ({ params, query, req, res }) => {
    await sendReport(req, res, await deps.getIndexReport(toReportQuery(params.id, query)), 'csv')
  })
  return { router: api.router, operations: api.operations }
}
