import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import { viewLanguage } from '../../platform/http/language.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes, type GuardOf } from '../../platform/http/routes.js'
import type { Texts } from '../../platform/text.js'
import type { RecordEvent } from '../audit/index.js'
import { csrfTokenOf, currentAccount, homeOf } from './access.routes.js'
import { ownChange } from './account-events.js'
import type { SecondFactors } from './second-factor.js'
import { toRecoveryCodesView, toSecondFactorView } from './second-factor.view.js'
import type { SessionBook } from './session.repository.js'
import { storedSessionId } from './session-store.js'

const codeRequest = { body: z.object({ code: z.string().max(100).default('') }) }

/** `/account/second-factor`: setting up the app whose code signing in takes beside the password. */
export function secondFactorRoutes(deps: {
  readonly guardOf: GuardOf
  readonly secondFactors: SecondFactors
  readonly sessions: SessionBook
  readonly recordEvent: RecordEvent
  readonly texts: Texts
}): Router {
  const { router, get, post } = createRoutes(deps.guardOf)
  const { secondFactors } = deps

  /** The secret stays the same until its first code has come: a page loaded again must not undo what the app has read. */
  const secretOf = (req: Request) => {
    const kept = req.session.enrolling
    const secret = kept === undefined ? undefined : secondFactors.reveal(kept)
    if (secret !== undefined) return secret
    req.session.enrolling = secondFactors.begin()
    return secondFactors.reveal(req.session.enrolling) as string
  }

  const show = (req: Request, res: Response, isWrong = false) => {
    const { login, role } = currentAccount(req)
    const t = deps.texts.translator(viewLanguage(res))
    const page = { login, role, secret: secretOf(req), isWrong, csrfToken: csrfTokenOf(req) }
    const view = toSecondFactorView(page, String(res.locals.langQuery), t)
    res.status(isWrong ? 422 : 200).render('accounts/second-factor', view)
  }

  get('/account/second-factor', 'signed_in', (req, res) =>
    currentAccount(req).hasSecondFactor ? res.redirect(303, `/account${res.locals.langQuery}`) : show(req, res),
  )

  post('/account/second-factor', 'signed_in', async (req, res) => {
    const { body } = parseRequest(req, codeRequest)
    const account = currentAccount(req)
    if (account.hasSecondFactor) return res.redirect(303, `/account${res.locals.langQuery}`)
    const sealed = req.session.enrolling
    const codes = sealed === undefined ? undefined : await secondFactors.enrol(account, sealed, body.code)
    if (codes === undefined) return show(req, res, true)
    delete req.session.enrolling
    await deps.recordEvent(ownChange('second_factor_set', account))
    await deps.sessions.endOthers(account.id, storedSessionId(req.sessionID))
    const t = deps.texts.translator(viewLanguage(res))
    return res.render(
      'accounts/recovery-codes',
      toRecoveryCodesView(codes, `${homeOf(account)}${res.locals.langQuery}`, t),
    )
  })

  return router
}
