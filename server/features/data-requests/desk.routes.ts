import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import { mayDo } from '../../domain/access/permissions.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes, type GuardOf } from '../../platform/http/routes.js'
import { problem } from '../../platform/problem.js'
import type { Texts } from '../../platform/text.js'
import type { Account } from '../accounts/index.js'
import type { FoundResponse } from '../responses/index.js'
import { contextOf } from './ask.routes.js'
import type { DataRequests, StepOutcome } from './data-requests.js'
import { REQUEST_CODE } from './data-requests.js'
import { type RequestFault, type RequestPage, toDeskView, toRequestView } from './desk.view.js'
import type { WithdrawResponse } from './withdraw-response.js'

const text = z.string().trim().max(2000).default('')
const wave = z.string().max(60).default('')
const params = z.object({ code: z.string().regex(REQUEST_CODE) })
const oneRequest = { params }
const extendRequest = { params, body: z.object({ reason: text }) }
const closeRequest = { params, body: z.object({ answer: text, state: z.enum(['fulfilled', 'refused']) }) }
const findRequest = { params, body: z.object({ wave }) }
const NOTHING = { reason: '', answer: '', wave: '' }

/** What the desk needs. */
export interface DeskNeeds {
  readonly dataRequests: DataRequests
  readonly findByReceipt: (waveId: string, receipt: string) => Promise<FoundResponse | undefined>
  readonly withdraw: WithdrawResponse
  readonly waves: { list(): Promise<readonly Wave[]> }
  readonly registry: Pick<UnitRegistry, 'nameOf'>
  readonly guardOf: GuardOf
  readonly currentAccount: (req: Request) => Account
  readonly csrfTokenOf: (req: Request) => string
  readonly texts: Texts
  readonly now: () => Date
}

/** `/request-desk`: requests of people about their own data, with their clocks. */
export function deskRoutes(deps: DeskNeeds): Router {
  const { router, get, post } = createRoutes(deps.guardOf)
  const { dataRequests } = deps
  const loginOf = (req: Request) => deps.currentAccount(req).login

  const show = async (
    req: Request,
    res: Response,
    said: Partial<Pick<RequestPage, 'fault' | 'found' | 'typed'>> = {},
  ) => {
    const { code } = parseRequest(req, oneRequest).params
    const request = await dataRequests.byCode(code)
    if (request === undefined) throw problem.notFound('request')
    const page: RequestPage = {
      request,
      words: await dataRequests.read(request, loginOf(req)),
      typed: NOTHING,
      fault: null,
      found: null,
      waves: await deps.waves.list(),
      registry: deps.registry,
      now: deps.now(),
      csrfToken: deps.csrfTokenOf(req),
      langQuery: String(res.locals.langQuery),
      ...said,
    }
    res.status(page.fault === null ? 200 : 422)
    res.render('data-requests/show', toRequestView(page, contextOf(deps.texts, res)))
  }

  async function answer(req: Request, res: Response, outcome: StepOutcome, typed: Partial<RequestPage['typed']> = {}) {
    if (outcome === 'unknown') throw problem.notFound('request')
    if (outcome !== 'done') return show(req, res, { fault: outcome, typed: { ...NOTHING, ...typed } })
    return res.redirect(303, `/request-desk/${parseRequest(req, oneRequest).params.code}${res.locals.langQuery}`)
  }

  /** The response of the request's receipt in a wave, or why there is none. */
  async function find(req: Request): Promise<{ wave: string; found: FoundResponse | undefined }> {
    const { params: asked, body } = parseRequest(req, findRequest)
    const request = await dataRequests.byCode(asked.code)
    if (request === undefined) throw problem.notFound('request')
    const words = await dataRequests.read(request, loginOf(req))
    const isKnown = (await deps.waves.list()).some(({ id }) => id === body.wave)
    const receipt = words?.receipt ?? ''
    const found = isKnown && receipt !== '' ? await deps.findByReceipt(body.wave, receipt) : undefined
    return { wave: body.wave, found }
  }

  get('/request-desk', 'see_requests', async (req, res) => {
    const mayOpen = mayDo(deps.currentAccount(req).role, 'handle_requests')
    const langQuery = String(res.locals.langQuery)
    const view = toDeskView(await dataRequests.list(), deps.now(), langQuery, mayOpen, contextOf(deps.texts, res))
    res.render('data-requests/desk', view)
  })

  get('/request-desk/:code', 'handle_requests', (req, res) => show(req, res))

  post('/request-desk/:code/acknowledge', 'handle_requests', async (req, res) => {
    const { code } = parseRequest(req, oneRequest).params
    return answer(req, res, await dataRequests.acknowledge(code, loginOf(req)))
  })

  post('/request-desk/:code/extend', 'handle_requests', async (req, res) => {
    const { params: asked, body } = parseRequest(req, extendRequest)
    return answer(req, res, await dataRequests.extend(asked.code, loginOf(req), body.reason), body)
  })

  post('/request-desk/:code/close', 'handle_requests', async (req, res) => {
    const { params: asked, body } = parseRequest(req, closeRequest)
    return answer(req, res, await dataRequests.close(asked.code, loginOf(req), body.state, body.answer), body)
  })

  post('/request-desk/:code/find', 'handle_requests', async (req, res) => {
    const { wave: asked, found } = await find(req)
    const typed = { ...NOTHING, wave: asked }
    return found === undefined ? show(req, res, { fault: 'not_found', typed }) : show(req, res, { found, typed })
  })

  post('/request-desk/:code/void', 'handle_requests', async (req, res) => {
    const { wave: asked, found } = await find(req)
    const fault = (kind: RequestFault) => show(req, res, { fault: kind, typed: { ...NOTHING, wave: asked } })
    if (found === undefined) return fault('not_found')
    const { t } = contextOf(deps.texts, res)
    const id = await deps.withdraw(found, t('requests.void_explanation'), loginOf(req))
    return id === undefined ? fault('void_refused') : res.redirect(303, `/voids/${id}${res.locals.langQuery}`)
  })

  return router
}
