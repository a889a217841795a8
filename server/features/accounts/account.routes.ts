import type { Request, Response, Router } from 'express'
import { ipKeyGenerator } from 'express-rate-limit'
import { z } from 'zod'
import { viewLanguage } from '../../platform/http/language.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { limitPerAddress } from '../../platform/http/rate-limit.js'
import { createRoutes } from '../../platform/http/routes.js'
import type { Counters } from '../../platform/limits/counters.js'
import { problem } from '../../platform/problem.js'
import type { Texts } from '../../platform/text.js'
import type { RecordEvent } from '../audit/index.js'
import { csrfTokenOf, homeOf, isOwnForm, sessionAccount } from './access.routes.js'
import { signedOut, signInRefused } from './account-events.js'
import { deviceMarkOf, type FinishSignIn } from './finish-sign-in.routes.js'
import { localPath } from './local-path.js'
import { SIGN_IN_SAYINGS } from './provider.view.js'
import { endSession, sessionCookie, startPending } from './session.routes.js'
import { type SignIn, TRY_WINDOW_MINUTES } from './sign-in.js'
import { type SignInFault, type SignInForm, toSignInView } from './sign-in.view.js'

/** What may be said above the form, by the page that leads here. */
const NOTICES = ['password_set'] as const

const openRequest = {
  query: z.object({
    next: z.string().max(2000).optional().catch(undefined),
    notice: z.enum(NOTICES).optional().catch(undefined),
    provider: z.enum(SIGN_IN_SAYINGS).optional().catch(undefined),
  }),
}
const signInRequest = {
  body: z.object({
    login: z.string().max(200).default(''),
    password: z.string().max(1000).default(''),
    next: z.string().max(2000).default(''),
  }),
}

const STATUS: Readonly<Record<SignInFault, number>> = {
  refused: 422,
  too_many_tries: 429,
  stale_form: 403,
  provider_away: 422,
  provider_refused: 403,
  provider_invalid: 400,
  provider_not_tied: 403,
}

/** Each page shown to a stranger stores a session; enough for an office that begins its day behind one address. */
const PAGES_PER_MINUTE = 120

/** `/sign-in` and `/sign-out`. */
export function accountRoutes(deps: {
  signIn: SignIn
  recordEvent: RecordEvent
  finishSignIn: FinishSignIn
  secureCookies: boolean
  /** Where staff can also sign in. */
  provider: { readonly name: string | null } | null
  counters: Counters
  texts: Texts
  now: () => Date
}): Router {
  const { router, get, post } = createRoutes()

  const show = (req: Request, res: Response, typed: Omit<SignInForm, 'provider'>) => {
    const t = deps.texts.translator(viewLanguage(res))
    const form = { ...typed, provider: deps.provider }
    const view = toSignInView({ ...form, csrfToken: csrfTokenOf(req), langQuery: String(res.locals.langQuery) }, t)
    res.status(form.fault ? STATUS[form.fault] : 200).render('accounts/sign-in', view)
  }

  router.use('/sign-in', limitPerAddress(PAGES_PER_MINUTE, { ...deps, name: 'sign-in pages' }))

  get('/sign-in', 'public', (req, res) => {
    const { query } = parseRequest(req, openRequest)
    const next = localPath(query.next ?? '')
    const account = sessionAccount(req)
    if (account) return res.redirect(303, next ?? homeOf(account))
    const notice = query.notice ? { notice: query.notice } : {}
    const fault = deps.provider && query.provider ? { fault: `provider_${query.provider}` as const } : {}
    return show(req, res, { login: '', next: next ?? '', ...notice, ...fault })
  })

  post('/sign-in', 'public', async (req, res) => {
    const { body } = parseRequest(req, signInRequest)
    const next = localPath(body.next)
    const form = { login: body.login, next: next ?? '' }
    if (!isOwnForm(req)) return show(req, res, { ...form, fault: 'stale_form' })
    // IPv6 addresses count by their /56: one connection has as many addresses as it likes.
    const from = { address: ipKeyGenerator(req.ip ?? ''), deviceMark: deviceMarkOf(req) }
    const outcome = await deps.signIn({ ...body, ...from })
    if (outcome.kind === 'too_many_tries') res.set('Retry-After', String(TRY_WINDOW_MINUTES * 60))
    if (outcome.kind === 'refused') await deps.recordEvent(signInRefused(outcome.login))
    if (outcome.kind !== 'signed_in') return show(req, res, { ...form, fault: outcome.kind })
    const { account } = outcome
    if (!account.hasSecondFactor) return deps.finishSignIn(req, res, account, next)
    await startPending(req, account.id, next, deps.now())
    return res.redirect(303, `/sign-in/code${res.locals.langQuery}`)
  })

  post('/sign-out', 'public', async (req, res) => {
    const account = sessionAccount(req)
    if (account) {
      if (!isOwnForm(req)) throw problem.staleForm()
      await deps.recordEvent(signedOut(account))
      await endSession(req)
      res.clearCookie(sessionCookie(deps.secureCookies), { path: '/', secure: deps.secureCookies })
      // What the browser keeps of pages goes as well; the mark of a known device stays.
      res.set('Clear-Site-Data', '"cache", "storage"')
    }
    res.redirect(303, `/sign-in${res.locals.langQuery}`)
  })

  return router
}
