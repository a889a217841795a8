import type { Response, Router } from 'express'
import { z } from 'zod'
import { viewLanguage } from '../../platform/http/language.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { limitPerAddress } from '../../platform/http/rate-limit.js'
import { createRoutes } from '../../platform/http/routes.js'
import type { Counters } from '../../platform/limits/counters.js'
import type { Texts } from '../../platform/text.js'
import { type NewPasswordFault, toInvitationView } from './invitation.view.js'
import type { Invitations } from './invite.js'

const token = z.string().max(100).default('')
const openRequest = { query: z.object({ token: token.catch('') }) }
const password = z.string().max(1000).default('')
const acceptRequest = { body: z.object({ token, password, repeated: password }) }

const PER_MINUTE = 30

/**
 * `/invitation?token=…`: the invited set their password.
 *
 * The token stands in the query, which no log holds. It also proves that the form is ours, so that no session is needed.
 */
export function invitationRoutes(deps: {
  readonly invitations: Invitations
  readonly counters: Counters
  readonly texts: Texts
  readonly now: () => Date
}): Router {
  const { router, get, post } = createRoutes()

  const show = async (res: Response, given: string, fault?: NewPasswordFault) => {
    const invitation = await deps.invitations.find(given)
    const t = deps.texts.translator(viewLanguage(res))
    const invited = invitation ? { invitation, token: given, ...(fault ? { fault } : {}) } : null
    const status = invited === null ? 410 : fault ? 422 : 200
    res.status(status).render('accounts/invitation', toInvitationView(invited, String(res.locals.langQuery), t))
  }

  router.use('/invitation', limitPerAddress(PER_MINUTE, { ...deps, name: 'invitations' }))

  get('/invitation', 'public', async (req, res) => show(res, parseRequest(req, openRequest).query.token))

  post('/invitation', 'public', async (req, res) => {
    const { body } = parseRequest(req, acceptRequest)
    if (body.password !== body.repeated) return show(res, body.token, 'password_differs')
    const outcome = await deps.invitations.accept(body.token, body.password)
    if (outcome.kind === 'invalid') return show(res, body.token, outcome.fault)
    if (outcome.kind === 'gone') return show(res, '')
    const params = new URLSearchParams(String(res.locals.langQuery).slice(1))
    params.set('notice', 'password_set')
    return res.redirect(303, `/sign-in?${params}`)
  })

  return router
}
