import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Request, RequestHandler, Response, Router } from 'express'
import { z } from 'zod'
import { AGGREGATION_RULES, type AggregationRule } from '../../domain/index/aggregate.js'
import type { IndexReport } from '../../domain/report/index-report.js'
import { INDEX_REPORT_COLUMNS } from '../../domain/report/index-report-rows.js'
import type { Wave } from '../../domain/survey/wave.js'
import { viewLanguage } from '../../platform/http/language.js'
import { orNothing, parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes } from '../../platform/http/routes.js'
import { keepByState } from '../../platform/keep-by-state.js'
import { problem } from '../../platform/problem.js'
import type { Texts } from '../../platform/text.js'
import { GROUP_ORDERS, type ReportContext, reportFormats, sendWorkbook } from '../index-reports/index.js'
import { releaseRows } from './make-contents.js'
import { moreTables, toPaper } from './paper.view.js'
import { hasTables, isWritten, type ReleaseReader, TABLES_FILE, type WrittenRelease } from './read-release.js'
import type { Chunks, ReleaseRepository } from './release.repository.js'
import { toReleaseView } from './release.view.js'
import { successorOf } from './release-facts.view.js'
import { toReleaseListView } from './release-list.view.js'

export const releaseParams = z.object({ release: z.string().regex(/^[a-z0-9-]{3,70}$/) })
export const releaseQuery = z.object({
  rule: orNothing(z.enum(AGGREGATION_RULES)),
  order: orNothing(z.enum(GROUP_ORDERS)),
})

/** What pages of releases need. */
export interface ReleasePageNeeds {
  readonly releases: ReleaseRepository
  readonly reader: ReleaseReader
  readonly waves: { list(): Promise<readonly Wave[]> }
  readonly texts: Texts
  /** Before files, which cost more than a page. */
  readonly fileLimiter: RequestHandler
}

export const contextOf = (texts: Texts, res: Response): ReportContext => {
  const language = viewLanguage(res)
  return { language, t: texts.translator(language), formats: reportFormats(language) }
}

/** Names of waves in the reader's language. */
export async function waveTitles(waves: ReleasePageNeeds['waves'], { language }: ReportContext) {
  const titles = new Map((await waves.list()).map(({ id, title }) => [id, title[language]]))
  return (id: string) => titles.get(id) ?? id
}

/** The report by unit under a rule. */
export const unitReport = (reports: readonly IndexReport[], rule: AggregationRule): IndexReport =>
  reports.find((one) => one.rule === rule && one.breakdown === 'unit')!

/** What tables besides the index by unit are made of. */
export async function besidesOf(reader: ReleaseReader, release: WrittenRelease, { language }: ReportContext) {
  const [frozen, names] = [await reader.tablesOf(release), await reader.servicesOf(release)]
  return { frozen, serviceName: (code: string) => names.get(code)?.[language] ?? code }
}

/** Of a tenth of a megabyte each. */
const KEPT_PAPERS = 20

/** Bytes that stay the same for good: caches may keep them. */
const FOR_GOOD = 'public, max-age=86400'

/** Sends a file of a release; a zip is stored without compression, so that it is compressed on its way. */
export async function sendFile(req: Request, res: Response, name: string, type: string, chunks: Chunks) {
  res.attachment(name).type(type).vary('Accept-Encoding')
  const bytes = Readable.from(chunks, { objectMode: false })
  if (req.acceptsEncodings('gzip') !== 'gzip') return pipeline(bytes, res)
  res.set('Content-Encoding', 'gzip')
  return pipeline(bytes, createGzip(), res)
}

/** `/releases`: what was published, its figures, and the bundles by which anybody recomputes them. */
export function releaseRoutes({ releases, reader, waves, texts, fileLimiter }: ReleasePageNeeds): Router {
  const { router, get } = createRoutes()
  const keepPaper = keepByState<Buffer>(KEPT_PAPERS)
  const find = async (req: Request): Promise<WrittenRelease> => {
    const found = await releases.byId(parseRequest(req, { params: releaseParams }).params.release)
    if (found?.state !== 'published' || !isWritten(found)) throw problem.notFound('release')
    return found
  }

  get('/releases', 'public', async (_req, res) => {
    const context = contextOf(texts, res)
    const published = (await releases.published()).filter(isWritten)
    const titleOf = await waveTitles(waves, context)
    res.render('releases/list', toReleaseListView(published, titleOf, String(res.locals.langQuery), context))
  })

  get('/releases/:release', 'public', async (req, res) => {
    const { query } = parseRequest(req, { params: releaseParams, query: releaseQuery })
    const release = await find(req)
    const reports = await reader.reportsOf(release)
    const context = contextOf(texts, res)
    const report = unitReport(reports, query.rule ?? 'mean_of_children')
    const page = {
      release,
      report,
      tables: moreTables({ reports, report, ...(await besidesOf(reader, release, context)) }, context),
      published: (await releases.published()).filter(isWritten),
      order: query.order ?? 'name',
      langQuery: String(res.locals.langQuery),
      path: `/releases/${release.id}`,
    } as const
    res.render('releases/show', toReleaseView(page, context))
  })

  get('/releases/:release/figures.csv', 'public', fileLimiter, async (req, res) => {
    const release = await find(req)
    res.set('Cache-Control', FOR_GOOD)
    await sendFile(req, res, `${release.id}-figures.csv`, 'text/csv; charset=utf-8', [await reader.figuresOf(release)])
  })

  get('/releases/:release/tables.csv', 'public', fileLimiter, async (req, res) => {
    const release = await find(req)
    if (!hasTables(release)) throw problem.notFound('release')
    res.set('Cache-Control', FOR_GOOD)
    const chunks = releases.streamFile(release.id, TABLES_FILE)
    await sendFile(req, res, `${release.id}-tables.csv`, 'text/csv; charset=utf-8', chunks)
  })

  get('/releases/:release/figures.xlsx', 'public', fileLimiter, async (req, res) => {
    const release = await find(req)
    const reports = await reader.reportsOf(release)
    await sendWorkbook(
      req,
      res,
      `${release.id}-figures`,
      reports.map((report) => ({
        sheet: report.breakdown === 'unit' ? report.rule : `${report.rule} ${report.breakdown}`,
        columns: INDEX_REPORT_COLUMNS,
        rows: () => releaseRows([report]),
      })),
    )
  })

  /** The paper in one of its forms, made once for each state of the release. */
  async function paperOf(req: Request, res: Response, form: 'docx' | 'xlsx'): Promise<Buffer> {
    const { query } = parseRequest(req, { params: releaseParams, query: releaseQuery })
    const release = await find(req)
    const rule = query.rule ?? 'mean_of_children'
    const context = contextOf(texts, res)
    const published = (await releases.published()).filter(isWritten)
    const state = successorOf(release, published)?.id ?? ''
    return keepPaper(`${release.id} ${rule} ${context.language} ${form}`, state, async () => {
      const reports = await reader.reportsOf(release)
      const report = unitReport(reports, rule)
      const paper = toPaper(
        { release, reports, report, ...(await besidesOf(reader, release, context)), published },
        context,
      )
      // Loaded when the first paper is asked for: it is no part of the way to a page.
      return form === 'docx'
        ? (await import('./paper-docx.js')).paperDocument(paper, context.t)
        : (await import('./paper-xlsx.js')).paperWorkbook(paper, context.t)
    })
  }

  for (const form of ['docx', 'xlsx'] as const)
    get(`/releases/:release/report.${form}`, 'public', fileLimiter, async (req, res) => {
      const bytes = await paperOf(req, res, form)
      res.attachment(`${req.params.release}-report.${form}`).send(bytes)
    })

  get('/releases/:release/bundle.zip', 'public', fileLimiter, async (req, res) => {
    const release = await find(req)
    res.set('Cache-Control', FOR_GOOD)
    await sendFile(req, res, `${release.id}.zip`, 'application/zip', reader.bundleOf(release, 'public'))
  })

  return router
}
