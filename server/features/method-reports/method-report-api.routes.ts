import type { Request } from 'express'
import type { Scope } from '../../domain/access/scope.js'
import { type ApiModule, type ApiOperation, createApi } from '../../platform/http/api.js'
import type { GuardOf } from '../../platform/http/routes.js'
import { problem } from '../../platform/problem.js'
import type { MethodReports } from './get-method-report.js'
import { methodListSchema, methodReportSchema, toMethodList } from './method-document.js'
import { sendMethodReport } from './method-files.routes.js'
import { methodFilters, methodParams, waveParams } from './method-request.js'

const listMethods = {
  method: 'get',
  path: '/waves/{id}/methods',
  summary: 'Index methods, and which of them the questionnaire of a wave fits',
  tag: 'Index',
  access: 'see_reports',
  params: waveParams,
  responses: { 200: { description: 'Every method with what is unconfirmed in it', schema: methodListSchema } },
} as const satisfies ApiOperation

const showMethod = {
  method: 'get',
  path: '/waves/{id}/methods/{method}',
  summary: 'Index of a wave by a method, computed from the raw responses; as JSON or, when asked for, CSV',
  tag: 'Index',
  access: 'see_reports',
  params: methodParams,
  query: methodFilters.strict(),
  responses: {
    200: {
      description: 'One row per unit or roll-up and line of the method',
      schema: methodReportSchema,
      otherTypes: ['text/csv'],
    },
    304: { description: 'The figures are those of the entity tag sent' },
    404: { description: 'No such wave, method or unit, or the method does not fit the questionnaire (`method_unfit`)' },
  },
} as const satisfies ApiOperation

/** `GET /waves/{id}/methods` and `/waves/{id}/methods/{method}`: for analysts and their scripts. */
export function methodReportApi(
  deps: MethodReports & { readonly guardOf: GuardOf; readonly scopeOf: (req: Request) => Scope },
): ApiModule {
  const api = createApi(deps.guardOf)
  api.route(listMethods, [], async ({ params, res }) => {
    res.json(toMethodList(await deps.listMethods(params.id)))
  })
  api.route(showMethod, [], async ({ params, query, req, res }) => {
    const type = req.accepts(['application/json', 'text/csv'])
    if (type === false) throw problem.notAcceptable()
    const wanted = { waveId: params.id, methodName: params.method, unitUid: query.unit ?? null }
    await sendMethodReport(
      req,
      res,
      await deps.getMethodReport(deps.scopeOf(req), wanted),
      type === 'text/csv' ? 'csv' : 'json',
    )
  })
  return { router: api.router, operations: api.operations }
}
