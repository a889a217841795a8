import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import type { Scope } from '../../domain/access/scope.js'
import { AGGREGATION_RULES } from '../../domain/index/aggregate.js'
import type { Wave } from '../../domain/survey/wave.js'
import { orderWaves } from '../../domain/survey/wave-order.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { viewLanguage } from '../../platform/http/language.js'
import { orNothing, parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes, type GuardOf } from '../../platform/http/routes.js'
import { problem } from '../../platform/problem.js'
import type { Texts } from '../../platform/text.js'
import { type ReportContext, reportFormats, sendTable } from '../index-reports/index.js'
import { type ComparisonChoice, toComparisonView } from './comparison.view.js'
import { COMPARISON_COLUMNS, type ComparisonRow, comparisonRows } from './comparison-rows.js'
import type { ComparisonQuery, GetComparison } from './get-comparison.js'

const waveId = orNothing(z.string().regex(/^[a-z0-9-]{3,60}$/))
const unitUid = orNothing(z.string().regex(/^[a-z0-9.-]{1,80}$/))
const request = {
  query: z.object({
    wave: waveId,
    unit: unitUid,
    wave2: waveId,
    unit2: unitUid,
    rule: orNothing(z.enum(AGGREGATION_RULES)),
  }),
}

/** What the page needs. */
export interface ComparisonPageNeeds {
  readonly getComparison: GetComparison
  readonly waves: { list(): Promise<readonly Wave[]> }
  readonly registry: UnitRegistry
  readonly guardOf: GuardOf
  readonly scopeOf: (req: Request) => Scope
  readonly texts: Texts
}

/** `/compare`: two waves, two units, or one against the other, line by line; the same as a file. */
export function comparisonRoutes(deps: ComparisonPageNeeds): Router {
  const { router, get } = createRoutes(deps.guardOf)
  const contextOf = (res: Response): ReportContext => {
    const language = viewLanguage(res)
    return { language, t: deps.texts.translator(language), formats: reportFormats(language) }
  }

  /** What is chosen; the latest two waves of a kind in the beginning. */
  async function choose(req: Request): Promise<ComparisonChoice> {
    const { query } = parseRequest(req, request)
    const waves = orderWaves(await deps.waves.list())
    const second = query.wave2 ?? waves[0]?.id ?? null
    const own = waves.find(({ id }) => id === second)
    const before = waves.find((one) => own !== undefined && isEarlierLike(one, own))
    return {
      waves,
      wave: query.wave ?? before?.id ?? second,
      unit: query.unit ?? null,
      wave2: second,
      unit2: query.unit2 ?? null,
      rule: query.rule ?? 'mean_of_children',
      isAsked: query.wave !== undefined,
    }
  }

  const queryOf = ({ wave, unit, wave2, unit2, rule }: ComparisonChoice): ComparisonQuery | null =>
    wave === null || wave2 === null
      ? null
      : { first: { waveId: wave, unitUid: unit }, second: { waveId: wave2, unitUid: unit2 }, rule }

  get('/compare', 'see_reports', async (req, res) => {
    const choice = await choose(req)
    const query = queryOf(choice)
    const comparison = query === null || !choice.isAsked ? null : await deps.getComparison(deps.scopeOf(req), query)
    const page = { choice, comparison, registry: deps.registry, langQuery: String(res.locals.langQuery) }
    res.render('comparison/show', toComparisonView(page, contextOf(res)))
  })

  get('/compare.csv', 'see_reports', async (req, res) => {
    const query = queryOf(await choose(req))
    if (query === null) throw problem.notFound('wave')
    const comparison = await deps.getComparison(deps.scopeOf(req), query)
    const rows = comparisonRows(comparison)
    const name = `${query.first.waveId}-${query.second.waveId}-comparison`
    const columns = [...COMPARISON_COLUMNS]
    await sendTable<ComparisonRow>(req, res, 'csv', { name, columns, rows: () => rows, document: () => rows })
  })

  return router
}

const isEarlierLike = (one: Wave, other: Wave) =>
  one.opensOn < other.opensOn && one.respondentType === other.respondentType && one.mode === other.mode
