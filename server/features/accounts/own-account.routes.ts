import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import { viewLanguage } from '../../platform/http/language.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes, type GuardOf } from '../../platform/http/routes.js'
import type { Texts } from '../../platform/text.js'
import type { RecordEvent } from '../audit/index.js'
import { csrfTokenOf, currentAccount } from './access.routes.js'
import { ownChange } from './account-events.js'
import type { ChangePassword } from './change-password.js'
import { type OwnPasswordFault, toOwnAccountView } from './own-account.view.js'
import { OWN_SAYINGS, type OwnSaying } from './provider.view.js'
import type { SessionBook } from './session.repository.js'
import { storedSessionId } from './session-store.js'
import { TRY_WINDOW_MINUTES } from './sign-in.js'

const password = z.string().max(1000).default('')
const passwordRequest = { body: z.object({ current: password, password, repeated: password }) }
const showRequest = { query: z.object({ provider: z.enum(OWN_SAYINGS).optional().catch(undefined) }) }
const endRequest = { body: z.object({ session: z.string().regex(/^[0-9a-f]{64}$/) }) }

/** What the page of one's own account needs. */
export interface OwnAccountNeeds {
  readonly guardOf: GuardOf
  readonly changePassword: ChangePassword
  readonly sessions: SessionBook
  /** Where accounts can be tied to a person; `null` where there is no provider. */
  readonly provider: { readonly name: string | null; isTied(accountId: string): Promise<boolean> } | null
  readonly recordEvent: RecordEvent
  readonly texts: Texts
  readonly now: () => Date
}

interface Said {
  readonly fault?: OwnPasswordFault
  readonly isChanged?: boolean
  readonly ofProvider?: OwnSaying
}

/** `/account`: one's own password, and the browsers in which one is signed in. */
export function ownAccountRoutes(deps: OwnAccountNeeds): Router {
  const { router, get, post } = createRoutes(deps.guardOf)
  const { sessions } = deps

  const show = async (req: Request, res: Response, said: Said = {}) => {
    const account = currentAccount(req)
    const provider = deps.provider && { name: deps.provider.name, isTied: await deps.provider.isTied(account.id) }
    const page = {
      account,
      sessions: await sessions.listOf(account.id, deps.now()),
      ownSessionId: storedSessionId(req.sessionID),
      csrfToken: csrfTokenOf(req),
      langQuery: String(res.locals.langQuery),
      provider,
      ...said,
    }
    const language = viewLanguage(res)
    const view = toOwnAccountView(page, language, TRY_WINDOW_MINUTES, deps.texts.translator(language))
    res.status(said.fault ? 422 : 200).render('accounts/own', view)
  }
  const back = (res: Response) => res.redirect(303, `/account${res.locals.langQuery}`)

  get('/account', 'signed_in', (req, res) => {
    const { provider } = parseRequest(req, showRequest).query
    return show(req, res, provider ? { ofProvider: provider } : {})
  })

  post('/account/password', 'signed_in', async (req, res) => {
    const { body } = parseRequest(req, passwordRequest)
    if (body.password !== body.repeated) return show(req, res, { fault: 'password_differs' })
    const account = currentAccount(req)
    const outcome = await deps.changePassword(account, body.current, body.password)
    if (outcome !== 'changed') return show(req, res, { fault: outcome })
    await deps.recordEvent(ownChange('password_set', account))
    await sessions.endOthers(account.id, storedSessionId(req.sessionID))
    return show(req, res, { isChanged: true })
  })

  post('/account/sessions/end', 'signed_in', async (req, res) => {
    const { session } = parseRequest(req, endRequest).body
    // One's own ends by signing out, which also clears the browser's cookie.
    if (session !== storedSessionId(req.sessionID)) await sessions.end(currentAccount(req).id, session)
    back(res)
  })

  post('/account/sessions/end-others', 'signed_in', async (req, res) => {
    await sessions.endOthers(currentAccount(req).id, storedSessionId(req.sessionID))
    back(res)
  })

  return router
}
