import type { Request } from 'express'
import type { Scope } from '../../domain/access/scope.js'
import { type ApiModule, type ApiOperation, createApi } from '../../platform/http/api.js'
import type { GuardOf } from '../../platform/http/routes.js'
import { waveParams } from '../index-reports/index.js'
import { analysisDocumentSchema } from './analysis-document.js'
import { sendDocument, sendTableFile } from './analysis-files.routes.js'
import { analysisFilters, tableParams, toAnalysisQuery } from './analysis-request.js'
import type { GetWaveAnalysis } from './get-wave-analysis.js'

const unchanged = { 304: { description: 'The figures are those of the entity tag sent' } } as const

const showAnalysis = {
  method: 'get',
  path: '/waves/{id}/analysis',
  summary:
    'Analysis of a wave: response accounting, groups, wishes, negatives, importance and performance, quality, reliability',
  tag: 'Analysis',
  access: 'see_reports',
  params: waveParams,
  query: analysisFilters.strict(),
  responses: { 200: { description: 'All tables', schema: analysisDocumentSchema }, ...unchanged },
} as const satisfies ApiOperation

const showTable = {
  ...showAnalysis,
  path: '/waves/{id}/analysis/{table}.csv',
  summary: 'One table of the analysis of a wave as CSV',
  params: tableParams,
  responses: { 200: { description: 'The rows of the table', otherTypes: ['text/csv'] }, ...unchanged },
} as const satisfies ApiOperation

/** `GET /waves/{id}/analysis` and its tables: for analysts and their scripts. */
export function waveAnalysisApi(deps: {
  readonly getWaveAnalysis: GetWaveAnalysis
  readonly guardOf: GuardOf
  readonly scopeOf: (req: Request) => Scope
}): ApiModule {
  const api = createApi(deps.guardOf)
  api.route(showAnalysis, [], async ({ params, query, req, res }) => {
    await sendDocument(req, res, await deps.getWaveAnalysis(deps.scopeOf(req), toAnalysisQuery(params.id, query)))
  })
  api.route(showTable, [], async ({ params, query, req, res }) => {
    await sendTableFile(
      req,
      res,
      params.table,
      await deps.getWaveAnalysis(deps.scopeOf(req), toAnalysisQuery(params.id, query)),
    )
  })
  return { router: api.router, operations: api.operations }
}
