import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import type { Scope } from '../../domain/access/scope.js'
import {
  OVERVIEW_CRITERION_COLUMNS,
  OVERVIEW_UNIT_COLUMNS,
  overviewCriterionRows,
  overviewUnitRows,
} from '../../domain/overview/overview-rows.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { viewLanguage } from '../../platform/http/language.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes, type GuardOf } from '../../platform/http/routes.js'
import { problem } from '../../platform/problem.js'
import type { Texts } from '../../platform/text.js'
import { reportFormats, sendTable, sendWorkbook } from '../index-reports/index.js'
import { toCityOverviewView } from './city-overview.view.js'
import { toCityPlace } from './city-place.js'
import type { CityWords } from './city-words.js'
import type { GetCityOverview } from './get-city-overview.js'

/** What is no wave's name is answered like a wave that there is not. */
const request = {
  query: z.object({
    wave: z
      .string()
      .regex(/^([a-z0-9-]{3,60})?$/)
      .transform((id) => (id === '' ? undefined : id))
      .optional()
      .catch('?'),
  }),
}

/** What the pages are made of. */
export interface CityPageNeeds {
  readonly getCityOverview: GetCityOverview
  readonly guardOf: GuardOf
  readonly scopeOf: (req: Request) => Scope
  readonly registry: Pick<UnitRegistry, 'nameOf'>
  readonly texts: Texts
}

/** `/city`: the city at a glance, for those who see it; its lists as `/city/units.csv`, `/city/criteria.csv`, `/city/overview.xlsx`. */
export function cityOverviewRoutes(deps: CityPageNeeds): Router {
  const { router, get } = createRoutes(deps.guardOf)
  const wordsOf = (res: Response): CityWords => {
    const language = viewLanguage(res)
    return {
      language,
      t: deps.texts.translator(language),
      formats: reportFormats(language),
      reader: 'internal',
      registry: deps.registry,
    }
  }
  const read = (req: Request) => deps.getCityOverview(deps.scopeOf(req), parseRequest(req, request).query.wave ?? null)
  const found = async (req: Request) => {
    const outcome = await read(req)
    if (outcome === null) throw problem.notFound('wave')
    const { overview } = outcome
    return { overview, name: `${overview.report.wave.id}-city` }
  }

  get('/city', 'see_reports', async (req, res) => {
    const outcome = await read(req)
    const words = wordsOf(res)
    if (outcome === null) {
      return res.render('city-overview/none', { pageTitle: words.t('city.title'), extraStyle: 'city.css' })
    }
    const langQuery = String(res.locals.langQuery)
    res.render(
      'city-overview/show',
      toCityOverviewView(outcome, toCityPlace(outcome, words.language, langQuery), words),
    )
  })

  get('/city/units.csv', 'see_reports', async (req, res) => {
    const { overview, name } = await found(req)
    const rows = () => overviewUnitRows(overview)
    await sendTable(req, res, 'csv', {
      name: `${name}-units`,
      columns: OVERVIEW_UNIT_COLUMNS,
      rows,
      document: () => ({}),
    })
  })

  get('/city/criteria.csv', 'see_reports', async (req, res) => {
    const { overview, name } = await found(req)
    const rows = () => overviewCriterionRows(overview)
    const columns = OVERVIEW_CRITERION_COLUMNS
    await sendTable(req, res, 'csv', { name: `${name}-criteria`, columns, rows, document: () => ({}) })
  })

  get('/city/overview.xlsx', 'see_reports', async (req, res) => {
    const { overview, name } = await found(req)
    await sendWorkbook<Readonly<Record<string, unknown>>>(req, res, name, [
      { sheet: 'units', columns: OVERVIEW_UNIT_COLUMNS, rows: () => overviewUnitRows(overview) },
      { sheet: 'criteria', columns: OVERVIEW_CRITERION_COLUMNS, rows: () => overviewCriterionRows(overview) },
    ])
  })
  return router
}
