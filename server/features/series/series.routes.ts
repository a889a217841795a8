import type { Request, Response, Router } from 'express'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import { cityDay } from '../../domain/survey/day.js'
import { viewLanguage } from '../../platform/http/language.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes } from '../../platform/http/routes.js'
import type { Texts } from '../../platform/text.js'
import { reportFormats } from '../index-reports/index.js'
import type { SeriesNeeds } from './get-series.js'
import { toSeriesView } from './series.view.js'
import { type SeriesApiNeeds, seriesOrProblem } from './series-api.routes.js'
import { sendSeries } from './series-files.routes.js'
import { type SeriesFilters, seriesFilters, toSeriesQuery } from './series-query.js'
import type { SeriesWords } from './series-words.js'
import { seriesUnits, unitHistory } from './unit-history.js'

const pageRequest = { query: seriesFilters }

/** What the page needs besides the series itself. */
export interface SeriesPageNeeds extends SeriesApiNeeds, Pick<SeriesNeeds, 'waves' | 'questionnaires'> {
  readonly texts: Texts
}

/** `/series`, `/series/points.csv`, `.xlsx` and `.json`: for analysts. */
export function seriesRoutes(deps: SeriesPageNeeds): Router {
  const { router, get } = createRoutes(deps.guardOf)
  const { registry } = deps
  const wordsOf = (res: Response): SeriesWords => {
    const language = viewLanguage(res)
    return { language, t: deps.texts.translator(language), formats: reportFormats(language), registry }
  }

  get('/series', 'see_reports', async (req, res) => {
    const { query: filters } = parseRequest(req, pageRequest)
    const today = cityDay(deps.now())
    const asked = toSeriesQuery(filters, registry.cityUid, today)
    const outcome = asked.kind === 'query' ? await deps.getSeries(deps.scopeOf(req), asked.query) : null
    const page = {
      form: {
        ...(await choicesOf(deps, filters)),
        filters,
        cityUid: registry.cityUid,
        today,
        errors: asked.kind === 'invalid' ? asked.errors : [],
      },
      outcome,
      history: outcome && unitHistory(registry, outcome.unit),
      withParams: addressWith(req),
      langQuery: String(res.locals.langQuery),
    }
    res.status(outcome === null ? 422 : 200).render('series/show', toSeriesView(page, wordsOf(res)))
  })

  for (const type of ['csv', 'xlsx', 'json'] as const) {
    get(`/series/points.${type}`, 'see_reports', async (req, res) => {
      const { query } = parseRequest(req, pageRequest)
      await sendSeries(req, res, await seriesOrProblem(deps, deps.scopeOf(req), query), registry, type)
    })
  }
  return router
}

/** Units and lines of the waves with the respondents chosen. */
async function choicesOf({ waves, questionnaires, registry }: SeriesPageNeeds, filters: SeriesFilters) {
  const alike = (await waves.list()).filter(
    ({ respondentType }) => respondentType === (filters.respondents ?? 'citizen'),
  )
  const latestFirst = alike.toSorted((a, b) => (a.opensOn < b.opensOn ? 1 : -1))
  const hashes = [...new Set(latestFirst.map(({ questionnaireHash }) => questionnaireHash))]
  const found = await Promise.all(hashes.map((hash) => questionnaires.byHash(hash)))
  const units = seriesUnits(registry, alike)
  const chosen = filters.unit === undefined ? undefined : registry.byUid(filters.unit)
  return {
    units: chosen === undefined || units.includes(chosen) ? units : [...units, chosen],
    questionnaires: found.filter((one): one is PublishedQuestionnaire => one !== undefined),
  }
}

function addressWith(req: Request) {
  const chosen = new URLSearchParams(req.originalUrl.split('?')[1] ?? '')
  return (address: string, changes: Readonly<Record<string, string>> = {}): string => {
    const params = new URLSearchParams(chosen)
    for (const [name, value] of Object.entries(changes)) params.set(name, value)
    for (const [name, value] of [...params]) if (value === '') params.delete(name)
    return params.size === 0 ? address : `${address}?${params}`
  }
}
