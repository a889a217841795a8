import type { Request, Response, Router } from 'express'
import { mayDo, type Role } from '../../domain/access/permissions.js'
import type { Scope } from '../../domain/access/scope.js'
import type { IndexReport, ReportBlock } from '../../domain/report/index-report.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { ServiceCatalogue } from '../../domain/units/service.js'
import { viewLanguage } from '../../platform/http/language.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes, type GuardOf } from '../../platform/http/routes.js'
import type { Texts } from '../../platform/text.js'
import type { ReportContext } from './estimate.view.js'
import type { GetIndexReport, IndexReportNeeds } from './get-index-report.js'
import type { GetModeComparison } from './get-mode-comparison.js'
import { GLOSSARY_PATH, toGlossaryView } from './glossary.view.js'
import type { GroupOrder } from './group-order.js'
import { toIndexReportView } from './index-report.view.js'
import { modeRoutes } from './modes.routes.js'
import { filterChoices } from './report-choices.js'
import { sendReport } from './report-files.routes.js'
import { reportFormats } from './report-formats.js'
import { toReportListView } from './report-list.view.js'
import { reportPageQuery, toReportQuery, waveParams } from './report-request.js'

const pageRequest = { params: waveParams, query: reportPageQuery }

/** What the pages need besides the report itself. */
export interface ReportPageNeeds {
  readonly getIndexReport: GetIndexReport
  readonly getModeComparison: GetModeComparison
  readonly guardOf: GuardOf
  readonly scopeOf: (req: Request) => Scope
  readonly currentAccount: (req: Request) => { readonly role: Role }
  readonly waves: { list(): Promise<readonly Wave[]> }
  readonly registry: IndexReportNeeds['registry']
  readonly services: Pick<ServiceCatalogue, 'all' | 'byCode'>
  readonly texts: Texts
  /** Responses of a wave that are out of its figures; told by the page. */
  readonly voidedCount: (waveId: string) => Promise<number>
}

/** Pages and files of analysts: `/reports`, `/reports/:id`, its files, and for everybody the explanations. */
export function indexReportRoutes(deps: ReportPageNeeds): Router {
  const { router, get } = createRoutes(deps.guardOf)
  const contextOf = (res: Response): ReportContext => {
    const language = viewLanguage(res)
    return { language, t: deps.texts.translator(language), formats: reportFormats(language) }
  }

  get('/reports', 'see_reports', async (_req, res) => {
    const keepLanguage = (path: string) => `${path}${res.locals.langQuery}`
    res.render('index-reports/list', toReportListView(await deps.waves.list(), keepLanguage, contextOf(res)))
  })

  // Explains figures and shows none, so that agencies and readers of a printed report may follow its links.
  get(GLOSSARY_PATH, 'public', (_req, res) => {
    res.render('index-reports/method', toGlossaryView(contextOf(res).t, `/reports${res.locals.langQuery}`))
  })

  get('/reports/:id', 'see_reports', async (req, res) => {
    const { params, query } = parseRequest(req, pageRequest)
    const report = await deps.getIndexReport(deps.scopeOf(req), toReportQuery(params.id, query))
    const page = pageOf(deps, report, query.order ?? 'name', req, res)
    const voidedCount = await deps.voidedCount(params.id)
    const mayCompare = voidedCount > 0 && mayDo(deps.currentAccount(req).role, 'see_received')
    const received = mayCompare ? `/reports/${params.id}/as-received${res.locals.langQuery}` : null
    res.render('index-reports/show', toIndexReportView({ ...page, voidedCount, received }, contextOf(res)))
  })

  for (const type of ['csv', 'xlsx', 'json', 'jsonstat'] as const) {
    get(`/reports/:id/index.${type}`, 'see_reports', async (req, res) => {
      const { params, query } = parseRequest(req, pageRequest)
      const report = await deps.getIndexReport(deps.scopeOf(req), toReportQuery(params.id, query))
      await sendReport(req, res, report, type, viewLanguage(res))
    })
  }
  router.use(modeRoutes({ ...deps, contextOf }))
  return router
}

function pageOf(deps: ReportPageNeeds, report: IndexReport, order: GroupOrder, req: Request, res: Response) {
  const language = viewLanguage(res)
  const path = `/reports/${report.wave.id}`
  const chosen = new URLSearchParams(req.originalUrl.split('?')[1] ?? '')
  const withParams = (address: string, changes: Readonly<Record<string, string>> = {}) => {
    const params = new URLSearchParams(chosen)
    for (const [name, value] of Object.entries(changes)) params.set(name, value)
    for (const [name, value] of [...params]) if (value === '') params.delete(name)
    return params.size === 0 ? address : `${address}?${params}`
  }
  const isOwnPage = ({ group }: ReportBlock) => group.scope === 'unit' || group.scope === 'area'
  return {
    report,
    choices: filterChoices(deps, report.wave, language),
    links: {
      path,
      list: `/reports${res.locals.langQuery}`,
      all: `${path}${res.locals.langQuery}`,
      method: `${GLOSSARY_PATH}${res.locals.langQuery}`,
      methods: `${path}/methods${res.locals.langQuery}`,
      analysis: analysisLink(`${path}/analysis`, chosen),
      series: seriesAddress(report, res.locals.langQuery === '' ? null : language),
      csv: withParams(`${path}/index.csv`),
      xlsx: withParams(`${path}/index.xlsx`),
      json: withParams(`${path}/index.json`),
      jsonStat: withParams(`${path}/index.jsonstat`),
      modes: withParams(`${path}/modes`, { by: '', mix: '', order: '' }),
      hidden: [
        ...(res.locals.langQuery === '' ? [] : [{ name: 'lang', value: language }]),
        ...(order === 'name' ? [] : [{ name: 'order', value: order }]),
      ],
    },
    names: {
      serviceName: (code: string) => deps.services.byCode(code)?.name[language] ?? code,
      order,
      hrefOfOrder: (other: GroupOrder) => withParams(path, { order: other === 'name' ? '' : other }),
      hrefOf: (block: ReportBlock) => (isOwnPage(block) ? withParams(path, { unit: block.group.unitUid }) : ''),
    },
  }
}

/** The analysis of the same part of the wave; it knows no periods, breakdowns and rules. */
function analysisLink(address: string, chosen: URLSearchParams): string {
  const kept = [...chosen].filter(([name, value]) => ['unit', 'service', 'lang'].includes(name) && value !== '')
  return kept.length === 0 ? address : `${address}?${new URLSearchParams(kept)}`
}

/** The unit of a report over time, by the same rule, respondents and mode. */
function seriesAddress({ wave, rule, selection }: IndexReport, chosenLanguage: string | null): string {
  const params = new URLSearchParams({ respondents: wave.respondentType, mode: wave.mode, rule })
  if (selection.unitUid !== null) params.set('unit', selection.unitUid)
  if (chosenLanguage !== null) params.set('lang', chosenLanguage)
  return `/series?${params}`
}
