import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import { LANGUAGES } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import { viewLanguage } from '../../platform/http/language.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes, type GuardOf } from '../../platform/http/routes.js'
import { problem } from '../../platform/problem.js'
import type { Texts } from '../../platform/text.js'
import type { Account } from '../accounts/index.js'
import { type ReportContext, reportFormats } from '../index-reports/index.js'
import type { ExportFile, ExportJob, ExportJobRepository } from './export-job.repository.js'
import { type ExportsPage, isBeingMade, toExportsView } from './export-jobs.view.js'
import { SEPARATORS } from './formats/csv.js'
import { FORMATS } from './formats/formats.js'
import type { makeExportJobs } from './run-export-job.js'
import { rangeOf } from './send-range.js'

const startRequest = {
  body: z.object({
    wave: z.string().max(60).default(''),
    format: z.enum(FORMATS).default('csv'),
    language: z.enum(LANGUAGES).default('vi'),
    separator: z.enum(SEPARATORS).default(','),
  }),
}
const exportParams = z.object({ export: z.uuid() })
const fileRequest = { params: exportParams.extend({ file: z.string().regex(/^[\w.-]{1,120}$/) }) }
const NOTHING_TYPED = { wave: '', format: 'csv', language: 'vi', separator: ',' }

/** What the pages need. */
export interface ExportPageNeeds {
  readonly jobs: ExportJobRepository
  readonly exports: ReturnType<typeof makeExportJobs>
  readonly waves: { list(): Promise<readonly Wave[]> }
  readonly guardOf: GuardOf
  readonly currentAccount: (req: Request) => Account
  readonly csrfTokenOf: (req: Request) => string
  readonly texts: Texts
  readonly now: () => Date
}

/** `/exports`: microdata asked for on a page, made beside everything else, and downloaded when they are whole. */
export function exportJobRoutes(deps: ExportPageNeeds): Router {
  const { router, get, post } = createRoutes(deps.guardOf)
  const { jobs, exports } = deps

  const show = async (req: Request, res: Response, chosen: Partial<Pick<ExportsPage, 'typed' | 'fault'>> = {}) => {
    await exports.purge()
    const language = viewLanguage(res)
    const context: ReportContext = { language, t: deps.texts.translator(language), formats: reportFormats(language) }
    const page: ExportsPage = {
      jobs: await jobs.list(),
      waves: await deps.waves.list(),
      now: deps.now(),
      typed: { ...NOTHING_TYPED, language },
      fault: null,
      csrfToken: deps.csrfTokenOf(req),
      langQuery: String(res.locals.langQuery),
      ...chosen,
    }
    res.status(page.fault === null ? 200 : 422).render('exports/list', toExportsView(page, context))
  }

  get('/exports', 'export_microdata', (req, res) => show(req, res))

  post('/exports', 'export_microdata', async (req, res) => {
    const { wave, ...wanted } = parseRequest(req, startRequest).body
    const { login } = deps.currentAccount(req)
    const outcome = await exports.start({ ...wanted, waveId: wave, login })
    if (outcome.kind === 'unknown_wave') return show(req, res, { typed: { wave, ...wanted }, fault: 'wave_missing' })
    res.redirect(303, `/exports${res.locals.langQuery}`)
  })

  post('/exports/:export/remove', 'export_microdata', async (req, res) => {
    const job = await jobs.byId(parseRequest(req, { params: exportParams }).params.export)
    // One that is being made would go on without its entry.
    if (job !== undefined && !isBeingMade(job, deps.now())) await jobs.remove(job.id)
    res.redirect(303, `/exports${res.locals.langQuery}`)
  })

  get('/exports/:export/:file', 'export_microdata', async (req, res) => {
    const { params } = parseRequest(req, fileRequest)
    const job = await jobs.byId(params.export)
    const file = job?.files.find(({ name }) => name === params.file)
    if (job === undefined || file === undefined) throw problem.notFound('export')
    await sendStretch(req, res, jobs, job, file)
  })

  return router
}

/** Sends a file, or what of it is still missing to whoever was cut off; the tag tells that it is the same file. */
async function sendStretch(
  req: Request,
  res: Response,
  jobs: ExportJobRepository,
  { id }: ExportJob,
  file: ExportFile,
) {
  const { name, bytes, sha256 } = file
  const tag = `"${sha256}"`
  const ifRange = req.get('if-range')
  const asked = ifRange === undefined || ifRange === tag ? rangeOf(req.get('range'), bytes) : null
  res.set({ ETag: tag, 'Accept-Ranges': 'bytes' })
  if (asked === 'unsatisfiable') {
    res.status(416).set('Content-Range', `bytes */${bytes}`).end()
    return
  }
  const { from, to } = asked ?? { from: 0, to: bytes - 1 }
  if (asked !== null) res.status(206).set('Content-Range', `bytes ${from}-${to}/${bytes}`)
  // With its length, so that a half file is known to be one.
  res
    .attachment(name)
    .type('application/octet-stream')
    .set('Content-Length', String(to - from + 1))
  await pipeline(Readable.from(jobs.read(id, name, from, to), { objectMode: false }), res)
}
