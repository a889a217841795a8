import type { Request } from 'express'
import type { Scope } from '../../domain/access/scope.js'
import { cityDay } from '../../domain/survey/day.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { type ApiModule, type ApiOperation, createApi } from '../../platform/http/api.js'
import type { GuardOf } from '../../platform/http/routes.js'
import { problem } from '../../platform/problem.js'

import type { GetSeries, SeriesOutcome } from './get-series.js'
import { seriesDocumentSchema } from './series-document.js'
import { sendSeries } from './series-files.routes.js'
import { type SeriesFilters, seriesFilters, toSeriesQuery } from './series-query.js'

const showSeries = {
  method: 'get',
  path: '/series',
  summary: 'One line of a unit over waves or months, as it was or on the map of a day, as JSON or CSV',
  tag: 'Index',
  access: 'see_reports',
  query: seriesFilters.strict(),
  responses: {
    200: { description: 'The series', schema: seriesDocumentSchema, otherTypes: ['text/csv'] },
    304: { description: 'The figures are those of the entity tag sent' },
    404: { description: 'No such unit, or no wave asks about it or about the line' },
    422: { description: 'The unit does not exist on the day of the map: counts are not told backward' },
  },
} as const satisfies ApiOperation

/** What makes and sends series. */
export interface SeriesApiNeeds {
  readonly getSeries: GetSeries
  readonly registry: UnitRegistry
  readonly guardOf: GuardOf
  readonly scopeOf: (req: Request) => Scope
  readonly now: () => Date
}

/**
 * The series that choices ask for.
 *
 * @throws {Problem} 400, 404 or 422 where there is none
 */
export async function seriesOrProblem(
  { getSeries, registry, now }: Omit<SeriesApiNeeds, 'guardOf' | 'scopeOf'>,
  scope: Scope,
  filters: SeriesFilters,
): Promise<Extract<SeriesOutcome, { readonly kind: 'series' }>> {
  const asked = toSeriesQuery(filters, registry.cityUid, cityDay(now()))
  if (asked.kind === 'invalid') {
    throw problem.malformedRequest(asked.errors.map(({ field, code }) => ({ field: `query.${field}`, code })))
  }
  const outcome = await getSeries(scope, asked.query)
  switch (outcome.kind) {
    case 'series':
      return outcome
    case 'not_on_map':
      throw problem.unitNotOnMap({
        on: outcome.on,
        validFrom: outcome.unit.validFrom,
        validTo: outcome.unit.validTo,
        successors: registry.successorsOf(outcome.unit.uid).map(({ unit }) => unit.uid),
      })
    case 'no_wave':
      throw problem.notFound('wave about this unit')
    case 'no_line':
      throw problem.notFound('line in these waves')
  }
}

/** `GET /series`: for analysts and their scripts. */
export function seriesApi(deps: SeriesApiNeeds): ApiModule {
  const api = createApi(deps.guardOf)
  api.route(showSeries, [], async ({ query, req, res }) => {
    const type = req.accepts(['application/json', 'text/csv'])
    if (type === false) throw problem.notAcceptable()
    const kind = type === 'text/csv' ? 'csv' : 'json'
    await sendSeries(req, res, await seriesOrProblem(deps, deps.scopeOf(req), query), deps.registry, kind)
  })
  return { router: api.router, operations: api.operations }
}
