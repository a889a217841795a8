import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import { viewLanguage } from '../../platform/http/language.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes, type GuardOf } from '../../platform/http/routes.js'
import type { Texts } from '../../platform/text.js'
import type { RecordEvent } from '../audit/index.js'
import { currentAccount, sessionAccount } from './access.routes.js'
import type { AccountRepository } from './account.repository.js'
import { ownChange, signInRefused } from './account-events.js'
import type { CheckPassword } from './check-password.js'
import type { FinishSignIn } from './finish-sign-in.routes.js'
import type { Identities } from './identity.repository.js'
import type { IdentityProvider } from './identity-provider.js'
import { localPath } from './local-path.js'
import { toProviderView } from './provider.view.js'
import { startPending } from './session.routes.js'
import { TRY_WINDOW_MINUTES } from './sign-in.js'
import type { ProviderTrip } from './sign-in-ways.js'

/** Where the provider sends browsers back to. */
export const CALLBACK_PATH = '/sign-in/provider/callback'

const MINUTE_MS = 60_000
/** Time to sign in at the provider, who may ask for more than a password. */
const ANSWER_MS = 15 * MINUTE_MS
/** Time to go on to the provider after the password. */
const TIE_MS = 5 * MINUTE_MS

const startRequest = { query: z.object({ next: z.string().max(2000).optional().catch(undefined) }) }
const tieRequest = { body: z.object({ password: z.string().max(1000).default('') }) }

/** What signing in by the city's identity provider needs. */
export interface ProviderNeeds {
  readonly provider: IdentityProvider
  readonly identities: Identities
  readonly accounts: Pick<AccountRepository, 'findById'>
  readonly checkPassword: CheckPassword
  readonly finishSignIn: FinishSignIn
  readonly guardOf: GuardOf
  readonly recordEvent: RecordEvent
  readonly texts: Texts
  readonly now: () => Date
}

/**
 * `/sign-in/provider` there and back, and `/account/provider` to tie one's account to a person at the provider.
 *
 * Nobody gets an account by being known to the provider: whoever has one ties it, with the password. No form leads to the provider
 * itself, since browsers hold back forms that leave the site (`form-action`): a link does. Starts, each of which stores a session, are
 * limited with the pages of signing in.
 */
export function providerRoutes(deps: ProviderNeeds): Router {
  const { router, get, post } = createRoutes(deps.guardOf)
  const { provider, identities } = deps

  /** To a page of the account or of signing in, with what is to be said there. */
  const to = (res: Response, path: '/sign-in' | '/account', said: string) => {
    const params = new URLSearchParams(String(res.locals.langQuery).slice(1))
    params.set('provider', said)
    res.redirect(303, `${path}?${params}`)
  }

  async function leave(req: Request, res: Response, purpose: ProviderTrip['purpose'], next: string | null) {
    const begun = await provider.begin()
    if (begun === undefined) return to(res, purpose === 'tie' ? '/account' : '/sign-in', 'away')
    const trip: ProviderTrip = { ...begun.checks, purpose, next, begunAt: deps.now().getTime() }
    Object.assign(req.session, { trip })
    res.redirect(303, begun.address)
  }

  /** The trip that this browser began, which is over now whatever comes of it. */
  function takeTrip(req: Request): ProviderTrip | undefined {
    const { trip } = req.session
    delete req.session.trip
    return trip !== undefined && deps.now().getTime() - trip.begunAt < ANSWER_MS ? trip : undefined
  }

  async function signInAs(req: Request, res: Response, identity: string, next: string | null) {
    const accountId = await identities.accountOf(identity)
    const account = accountId === undefined ? undefined : await deps.accounts.findById(accountId)
    if (account === undefined || account.disabledAt !== null) {
      await deps.recordEvent(signInRefused(account?.login ?? null, 'provider'))
      return to(res, '/sign-in', 'not_tied')
    }
    if (!account.hasSecondFactor) return deps.finishSignIn(req, res, account, next ?? undefined, 'provider')
    await startPending(req, account.id, next ?? undefined, deps.now(), 'provider')
    return res.redirect(303, `/sign-in/code${res.locals.langQuery}`)
  }

  async function tie(req: Request, res: Response, identity: string) {
    const account = sessionAccount(req)
    if (account === undefined) return to(res, '/sign-in', 'invalid')
    const outcome = await identities.tie(account.id, identity, deps.now())
    if (outcome === 'tied') await deps.recordEvent(ownChange('provider_tied', account))
    return to(res, '/account', outcome)
  }

  get('/sign-in/provider', 'public', (req, res) =>
    leave(req, res, 'sign_in', localPath(parseRequest(req, startRequest).query.next ?? '') ?? null),
  )

  get(CALLBACK_PATH, 'public', async (req, res) => {
    const trip = takeTrip(req)
    if (trip === undefined) return to(res, sessionAccount(req) ? '/account' : '/sign-in', 'invalid')
    const answer = await provider.finish(req.originalUrl.split('?')[1] ?? '', trip)
    if (answer.kind === 'identified') {
      return trip.purpose === 'tie' ? tie(req, res, answer.identity) : signInAs(req, res, answer.identity, trip.next)
    }
    if (trip.purpose === 'tie') return to(res, '/account', answer.kind)
    if (answer.kind === 'invalid') await deps.recordEvent(signInRefused(null, 'provider'))
    return to(res, '/sign-in', answer.kind)
  })

  post('/account/provider', 'signed_in', async (req, res) => {
    const { password } = parseRequest(req, tieRequest).body
    const outcome = await deps.checkPassword(currentAccount(req), password)
    if (outcome === 'too_many_tries') res.set('Retry-After', String(TRY_WINDOW_MINUTES * 60))
    if (outcome !== 'right') return to(res, '/account', outcome)
    req.session.mayTieUntil = deps.now().getTime() + TIE_MS
    const t = deps.texts.translator(viewLanguage(res))
    return res.render('accounts/provider', toProviderView(provider.name, String(res.locals.langQuery), t))
  })

  get('/account/provider/go', 'signed_in', (req, res) => {
    const until = req.session.mayTieUntil ?? 0
    delete req.session.mayTieUntil
    return deps.now().getTime() < until ? leave(req, res, 'tie', null) : to(res, '/account', 'invalid')
  })

  post('/account/provider/untie', 'signed_in', async (req, res) => {
    const account = currentAccount(req)
    if (await identities.untie(account.id)) await deps.recordEvent(ownChange('provider_untied', account))
    return to(res, '/account', 'untied')
  })

  return router
}
