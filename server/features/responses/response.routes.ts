import type { Request, RequestHandler, Response, Router } from 'express'
import { z } from 'zod'
import { LANGUAGES, type Language, RESPONDENT_TYPES } from '../../domain/survey/vocabulary.js'
import { viewLanguage } from '../../platform/http/language.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes } from '../../platform/http/routes.js'
import { problem } from '../../platform/problem.js'
import type { Texts } from '../../platform/text.js'
import { continueForm, type Nav } from './continue-form.js'
import { AT_START, type FormState, openState } from './form-state.js'
import { toThanksView } from './notice.view.js'
import type { FormNeeds, PageAnswer } from './page-answer.js'
import { formHref, type PageContext } from './page-context.js'
import { RECEIPT_PATTERN } from './receipt.js'
import { renderRestart, renderStopped } from './render-form.js'
import { simulatedHere } from './simulated-here.js'
import { showStart, showStartAgain, startForm } from './start-form.js'

const MAX_FIELD = 64_000

const place = z.object({
  unitUid: z.string().regex(/^[a-z0-9.-]{1,80}$/),
  service: z.string().regex(/^[A-Z]{2,8}$/),
})
const options = z.object({
  as: z.enum(RESPONDENT_TYPES).catch('citizen'),
  view: z.string().optional().catch(undefined),
  via: z.string().optional().catch(undefined),
})
const startRequest = { params: place, query: options }
const stepRequest = {
  params: place,
  query: options,
  body: z
    .object({
      nav: z.enum(['next', 'back', 'decline', ...LANGUAGES.map((code) => `lang:${code}` as const)]).default('next'),
      state: z.string().max(MAX_FIELD).optional(),
      month: z.string().max(7).default(''),
      consent: z.literal('1').optional(),
    })
    .catchall(z.union([z.string(), z.array(z.string())])),
}
const thanksRequest = {
  params: place,
  query: options.extend({ receipt: z.string().regex(RECEIPT_PATTERN), again: z.literal('1').optional() }),
}

type Options = z.output<typeof options>
type Step = z.output<typeof stepRequest.body>

function contextOf(res: Response, texts: Texts, asked: Options, language: Language = viewLanguage(res)): PageContext {
  const isSwitched = language !== viewLanguage(res)
  return {
    language,
    t: texts.translator(language),
    chosenLanguage: isSwitched || res.locals.langQuery !== '' ? language : null,
    respondentType: asked.as,
    isWholeForm: asked.view === 'one',
    isFromFinder: asked.via === 'finder',
  }
}

/** Whether the reader followed a link of an agency's page; another site's pages and QR codes are another door. */
function isFromFinder(req: Request): boolean {
  const referrer = req.get('referer') ?? ''
  if (!URL.canParse(referrer)) return false
  const { host, pathname } = new URL(referrer)
  return host === req.get('host') && pathname.startsWith('/u/')
}

/** Lets the browser's own back button show a page again; a page marked `no-store` would be lost to it. */
const keepForBackButton: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'private, no-cache')
  next()
}

/** Pages of the form: `/r/:unitUid/:service`, short and stable, since they are printed as QR codes. */
export function responseRoutes(deps: FormNeeds & { readonly texts: Texts; readonly limiter: RequestHandler }): Router {
  const { router, get, post } = createRoutes()
  const path = '/r/:unitUid/:service'

  get(path, 'public', keepForBackButton, async (req, res) => {
    const { params, query } = parseRequest(req, startRequest)
    const via = isFromFinder(req) ? 'finder' : query.via
    const context = contextOf(res, deps.texts, { ...query, via })
    send(res, context, params, await showStart(deps, context, params.unitUid, params.service))
  })

  post(path, 'public', deps.limiter, keepForBackButton, async (req, res) => {
    const { params, query, body } = parseRequest(req, stepRequest)
    const language = body.nav.startsWith('lang:') ? (body.nav.slice('lang:'.length) as Language) : viewLanguage(res)
    const context = contextOf(res, deps.texts, query, language)
    send(res, context, params, await answerStep(deps, context, params, body))
  })

  get(`${path}/thanks`, 'public', async (req: Request, res) => {
    const { params, query } = parseRequest(req, thanksRequest)
    const context = contextOf(res, deps.texts, query)
    if ((await simulatedHere(deps, context, params)).isSimulated) res.locals.isSimulated = true
    res.render('survey/thanks', toThanksView(context, { receipt: query.receipt, isSecondTry: query.again === '1' }))
  })

  return router
}

async function answerStep(
  deps: FormNeeds,
  context: PageContext,
  params: z.output<typeof place>,
  { nav, state: sealed, month, consent, ...posted }: Step,
): Promise<PageAnswer> {
  if (nav === 'decline') {
    return renderStopped(context, 'no_consent', await simulatedHere(deps, context, params))
  }
  const restart = async (why: 'broken' | 'expired') =>
    renderRestart(context, why, params, await simulatedHere(deps, context, params))
  let state: FormState | undefined
  if (sealed !== undefined) {
    const reading = openState(sealed, deps.secret, deps.now())
    if (reading.kind !== 'valid') return restart(reading.kind)
    state = reading.state
    const isHere = state.unitUid === params.unitUid && state.service === params.service
    if (!isHere) return restart('broken')
  }
  if (state !== undefined && state.at !== AT_START) return continueForm(deps, context, state, nav as Nav, posted)
  const start = { month, hasConsented: consent !== undefined, state }
  return nav.startsWith('lang:')
    ? showStartAgain(deps, context, params, start)
    : startForm(deps, context, params, start)
}

function send(res: Response, context: PageContext, { unitUid, service }: z.output<typeof place>, answer: PageAnswer) {
  if (answer.kind === 'unknown') throw problem.notFound(answer.what)
  if (answer.kind === 'thanks') {
    const href = new URL(formHref(context, unitUid, service, '/thanks'), 'http://site')
    href.searchParams.set('receipt', answer.receipt)
    if (answer.isSecondTry) href.searchParams.set('again', '1')
    return res.redirect(303, `${href.pathname}${href.search}`)
  }
  // A language switched on the page counts for the whole page, header included.
  res.locals.language = context.language
  if (context.chosenLanguage !== null) res.locals.langQuery = `?lang=${context.chosenLanguage}`
  if (answer.isSimulated) res.locals.isSimulated = true
  res.status(answer.status).render(answer.template, answer.view)
}
