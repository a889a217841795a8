import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import { viewLanguage } from '../../platform/http/language.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes, type GuardOf } from '../../platform/http/routes.js'
import { problem } from '../../platform/problem.js'
import type { Texts } from '../../platform/text.js'
import { MOST_NAME, MOST_VIEWS, viewAddress } from '../../platform/view-address.js'
import type { Account } from '../accounts/index.js'
import { type ReportContext, reportFormats } from '../index-reports/index.js'
import type { SavedViewRepository } from './saved-view.repository.js'
import { NOTHING_TYPED, type SaveFault, type TypedView, toSavedViewsView } from './saved-views.view.js'

const listRequest = { query: z.object({ address: z.string().max(2000).optional().catch(undefined) }) }
const saveRequest = {
  body: z.object({
    name: z.string().trim().max(200).default(''),
    address: z.string().trim().max(2000).default(''),
    shared: z.literal('1').optional(),
  }),
}
const removeRequest = { params: z.object({ view: z.uuid() }) }

/** What the page needs. */
export interface SavedViewNeeds {
  readonly views: SavedViewRepository
  readonly guardOf: GuardOf
  readonly currentAccount: (req: Request) => Account
  readonly csrfTokenOf: (req: Request) => string
  readonly texts: Texts
  readonly now: () => Date
}

/** `/views`: pages of figures under a name, one's own and those that others share. */
export function savedViewRoutes(deps: SavedViewNeeds): Router {
  const { router, get, post } = createRoutes(deps.guardOf)
  const { views } = deps

  const show = async (req: Request, res: Response, typed: TypedView, fault: SaveFault | null = null) => {
    const language = viewLanguage(res)
    const context: ReportContext = { language, t: deps.texts.translator(language), formats: reportFormats(language) }
    const { login } = deps.currentAccount(req)
    const page = {
      views: await views.listFor(login),
      login,
      typed,
      fault,
      csrfToken: deps.csrfTokenOf(req),
      langQuery: String(res.locals.langQuery),
    }
    res.status(fault === null ? 200 : 422).render('saved-views/list', toSavedViewsView(page, context))
  }

  get('/views', 'see_reports', (req, res) => {
    const { address = '' } = parseRequest(req, listRequest).query
    return show(req, res, { ...NOTHING_TYPED, address: viewAddress(address)?.address ?? '' })
  })

  post('/views', 'see_reports', async (req, res) => {
    const { name, address, shared } = parseRequest(req, saveRequest).body
    const isShared = shared !== undefined
    const typed = { name, address, isShared }
    const { login } = deps.currentAccount(req)
    const page = viewAddress(address)
    if (name === '') return show(req, res, typed, 'name_missing')
    if (name.length > MOST_NAME) return show(req, res, typed, 'name_long')
    if (page === null) return show(req, res, typed, 'address_wrong')
    const isNew = !(await views.has(login, name))
    if (isNew && (await views.countOf(login)) >= MOST_VIEWS) return show(req, res, typed, 'too_many')
    await views.save({ login, name, address: page.address, isShared, savedAt: deps.now() })
    return res.redirect(303, `/views${res.locals.langQuery}`)
  })

  post('/views/:view/remove', 'see_reports', async (req, res) => {
    const { view } = parseRequest(req, removeRequest).params
    if (!(await views.remove(deps.currentAccount(req).login, view))) throw problem.notFound('view')
    res.redirect(303, `/views${res.locals.langQuery}`)
  })

  return router
}
