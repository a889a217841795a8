import type { Request, Response, Router } from 'express'
import type { Scope } from '../../domain/access/scope.js'
import type { ServiceCatalogue } from '../../domain/units/service.js'
import { viewLanguage } from '../../platform/http/language.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes, type GuardOf } from '../../platform/http/routes.js'
import type { Texts } from '../../platform/text.js'
import { filterChoices, GLOSSARY_PATH, type ReportContext, reportFormats, waveParams } from '../index-reports/index.js'
import { toAnalysisView } from './analysis.view.js'
import { sendAllTables, sendDocument, sendTableFile } from './analysis-files.routes.js'
import { analysisFilters, tableParams, toAnalysisQuery } from './analysis-request.js'
import type { GetWaveAnalysis, WaveAnalysis, WaveAnalysisNeeds } from './get-wave-analysis.js'

const pageRequest = { params: waveParams, query: analysisFilters }
const tableRequest = { params: tableParams, query: analysisFilters }

/** What the pages need besides the analysis itself. */
export interface AnalysisPageNeeds {
  readonly getWaveAnalysis: GetWaveAnalysis
  readonly guardOf: GuardOf
  readonly scopeOf: (req: Request) => Scope
  readonly registry: WaveAnalysisNeeds['registry']
  readonly services: Pick<ServiceCatalogue, 'all' | 'byCode'>
  readonly texts: Texts
}

/** Page and files of analysts: `/reports/:id/analysis`, `….json`, `….xlsx` and one CSV per table, `/reports/:id/analysis/<table>.csv`. */
export function waveAnalysisRoutes(deps: AnalysisPageNeeds): Router {
  const { router, get } = createRoutes(deps.guardOf)
  const contextOf = (res: Response): ReportContext => {
    const language = viewLanguage(res)
    return { language, t: deps.texts.translator(language), formats: reportFormats(language) }
  }

  get('/reports/:id/analysis', 'see_reports', async (req, res) => {
    const { params, query } = parseRequest(req, pageRequest)
    const analysis = await deps.getWaveAnalysis(deps.scopeOf(req), toAnalysisQuery(params.id, query))
    res.render('wave-analysis/show', toAnalysisView(pageOf(deps, analysis, req, res), contextOf(res)))
  })

  get('/reports/:id/analysis.json', 'see_reports', async (req, res) => {
    const { params, query } = parseRequest(req, pageRequest)
    await sendDocument(req, res, await deps.getWaveAnalysis(deps.scopeOf(req), toAnalysisQuery(params.id, query)))
  })

  get('/reports/:id/analysis.xlsx', 'see_reports', async (req, res) => {
    const { params, query } = parseRequest(req, pageRequest)
    await sendAllTables(req, res, await deps.getWaveAnalysis(deps.scopeOf(req), toAnalysisQuery(params.id, query)))
  })

  get('/reports/:id/analysis/:table.csv', 'see_reports', async (req, res) => {
    const { params, query } = parseRequest(req, tableRequest)
    await sendTableFile(
      req,
      res,
      params.table,
      await deps.getWaveAnalysis(deps.scopeOf(req), toAnalysisQuery(params.id, query)),
    )
  })
  return router
}

function pageOf(deps: AnalysisPageNeeds, analysis: WaveAnalysis, req: Request, res: Response) {
  const language = viewLanguage(res)
  const report = `/reports/${analysis.wave.id}`
  const path = `${report}/analysis`
  const chosen = new URLSearchParams(req.originalUrl.split('?')[1] ?? '')
  for (const [name, value] of [...chosen]) if (value === '') chosen.delete(name)
  const withFilters = (address: string) => (chosen.size === 0 ? address : `${address}?${chosen}`)
  return {
    analysis,
    choices: filterChoices(deps, analysis.wave, language),
    links: {
      path,
      all: `${path}${res.locals.langQuery}`,
      report: withFilters(report),
      method: `${GLOSSARY_PATH}${res.locals.langQuery}`,
      json: withFilters(`${path}.json`),
      xlsx: withFilters(`${path}.xlsx`),
      csv: (table: string) => withFilters(`${path}/${table}.csv`),
      hidden: res.locals.langQuery === '' ? [] : [{ name: 'lang', value: language }],
    },
    serviceName: (code: string) => deps.services.byCode(code)?.name[language] ?? code,
  }
}
