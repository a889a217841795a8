import type { RequestHandler, Response, Router } from 'express'
import { z } from 'zod'
import { REQUEST_KINDS } from '../../domain/privacy/data-request.js'
import { viewLanguage } from '../../platform/http/language.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes } from '../../platform/http/routes.js'
import type { Texts } from '../../platform/text.js'
import { type ReportContext, reportFormats } from '../index-reports/index.js'
import { RECEIPT_PATTERN } from '../responses/index.js'
import { type AskFault, NOTHING_TYPED, type TypedRequest, toAskView, toStatusView } from './ask.view.js'
import { type DataRequests, REQUEST_CODE } from './data-requests.js'

const text = (most: number) => z.string().trim().max(most).default('')
const askRequest = {
  body: z.object({ kind: text(20), receipt: text(40), contact: text(200), words: text(2000) }),
}
const statusRequest = {
  query: z.object({ code: text(40).catch(''), made: z.literal('1').optional().catch(undefined) }),
}

/** A code as people type it: any case, with spaces or without dashes. */
const asCode = (typed: string): string => typed.toUpperCase().replaceAll(/\s/g, '')

export const contextOf = (texts: Texts, res: Response): ReportContext => {
  const language = viewLanguage(res)
  return { language, t: texts.translator(language), formats: reportFormats(language) }
}

/** `/requests`: what people want to know, change or end about their own data; by a code, without an account. */
export function askRoutes(deps: {
  readonly dataRequests: DataRequests
  readonly limiter: RequestHandler
  readonly texts: Texts
}): Router {
  const { router, get, post } = createRoutes()

  const show = (
    res: Response,
    {
      typed = NOTHING_TYPED,
      fault = null,
      code = '',
    }: { typed?: TypedRequest; fault?: AskFault | null; code?: string },
  ) => {
    const page = { typed, fault, code, langQuery: String(res.locals.langQuery) }
    res.status(fault === null ? 200 : 422).render('data-requests/ask', toAskView(page, contextOf(deps.texts, res)))
  }

  get('/requests', 'public', (_req, res) => show(res, {}))

  post('/requests', 'public', deps.limiter, async (req, res) => {
    const typed = parseRequest(req, askRequest).body
    const kind = REQUEST_KINDS.find((one) => one === typed.kind)
    const receipt = asCode(typed.receipt)
    if (kind === undefined) return show(res, { typed, fault: 'kind_missing' })
    if (receipt !== '' && !RECEIPT_PATTERN.test(receipt)) return show(res, { typed, fault: 'receipt_wrong' })
    // Without either nobody could tell what is asked.
    if (receipt === '' && typed.words === '') return show(res, { typed, fault: 'nothing_said' })
    const words = { contact: typed.contact, words: typed.words, receipt }
    const code = await deps.dataRequests.ask(kind, viewLanguage(res), words)
    const params = new URLSearchParams(String(res.locals.langQuery).slice(1))
    params.set('code', code)
    params.set('made', '1')
    res.redirect(303, `/requests/status?${params}`)
  })

  get('/requests/status', 'public', deps.limiter, async (req, res) => {
    const { query } = parseRequest(req, statusRequest)
    const code = asCode(query.code)
    if (code === '') return res.redirect(303, `/requests${res.locals.langQuery}`)
    const request = REQUEST_CODE.test(code) ? await deps.dataRequests.byCode(code) : undefined
    if (request === undefined) return show(res, { code: query.code, fault: 'code_wrong' })
    return res.render('data-requests/status', toStatusView(request, query.made === '1', contextOf(deps.texts, res)))
  })

  return router
}
