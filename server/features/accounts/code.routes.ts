import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import { viewLanguage } from '../../platform/http/language.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes } from '../../platform/http/routes.js'
import type { Texts } from '../../platform/text.js'
import type { RecordEvent } from '../audit/index.js'
import { csrfTokenOf, isOwnForm } from './access.routes.js'
import type { AccountRepository } from './account.repository.js'
import { signInRefused } from './account-events.js'
import { type CodeFault, toCodeView } from './code.view.js'
import type { FinishSignIn } from './finish-sign-in.routes.js'
import type { SecondFactors } from './second-factor.js'
import { pendingOf } from './session.routes.js'
import { TRY_WINDOW_MINUTES } from './sign-in.js'

const codeRequest = { body: z.object({ code: z.string().max(100).default('') }) }
const STATUS: Readonly<Record<CodeFault, number>> = { wrong: 422, too_many_tries: 429, stale_form: 403 }

/** `/sign-in/code`: the second step, for accounts that have a second factor. */
export function codeRoutes(deps: {
  readonly accounts: Pick<AccountRepository, 'findById'>
  readonly secondFactors: SecondFactors
  readonly finishSignIn: FinishSignIn
  readonly recordEvent: RecordEvent
  readonly texts: Texts
  readonly now: () => Date
}): Router {
  const { router, get, post } = createRoutes()

  const show = (req: Request, res: Response, fault?: CodeFault) => {
    const t = deps.texts.translator(viewLanguage(res))
    const form = { csrfToken: csrfTokenOf(req), langQuery: String(res.locals.langQuery), ...(fault ? { fault } : {}) }
    res.status(fault ? STATUS[fault] : 200).render('accounts/code', toCodeView(form, t))
  }
  const beginAgain = (res: Response) => res.redirect(303, `/sign-in${res.locals.langQuery}`)

  get('/sign-in/code', 'public', (req, res) => (pendingOf(req, deps.now()) ? show(req, res) : beginAgain(res)))

  post('/sign-in/code', 'public', async (req, res) => {
    const { body } = parseRequest(req, codeRequest)
    const pending = pendingOf(req, deps.now())
    if (!pending) return beginAgain(res)
    if (!isOwnForm(req)) return show(req, res, 'stale_form')
    const outcome = await deps.secondFactors.check(pending.accountId, body.code)
    if (outcome === 'too_many_tries') res.set('Retry-After', String(TRY_WINDOW_MINUTES * 60))
    const account = await deps.accounts.findById(pending.accountId)
    if (outcome === 'wrong') await deps.recordEvent(signInRefused(account?.login ?? null))
    if (outcome !== 'right') return show(req, res, outcome)
    if (!account || account.disabledAt !== null) return beginAgain(res)
    return deps.finishSignIn(req, res, account, pending.next, pending.by)
  })

  return router
}
