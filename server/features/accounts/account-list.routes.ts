import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import type { Role } from '../../domain/access/permissions.js'
import type { Actor } from '../../domain/audit/audit-event.js'
import { cityDay } from '../../domain/survey/day.js'
import type { ServiceCatalogue } from '../../domain/units/service.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { viewLanguage } from '../../platform/http/language.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes, type GuardOf } from '../../platform/http/routes.js'
import { problem } from '../../platform/problem.js'
import type { Texts } from '../../platform/text.js'
import { csrfTokenOf, currentAccount } from './access.routes.js'
import { actorOf } from './account-events.js'
import { type InviteFault, type TypedHolder, toAccountListView } from './account-list.view.js'
import type { NewInvitation } from './invite.js'
import { limitFields } from './limits.routes.js'
import { NO_LIMITS_TYPED, toLimits } from './limits.view.js'
import type { recordedBook } from './recorded-book.js'

const typedText = z.string().max(200).default('')
const inviteRequest = {
  body: z.object({ login: typedText, name: typedText, role: typedText, unit: typedText, ...limitFields }),
}
const accountRequest = { params: z.object({ login: z.string().regex(/^[a-z0-9._-]{2,60}$/) }) }
const NOTHING_TYPED: TypedHolder = { login: '', name: '', role: '', unit: '', ...NO_LIMITS_TYPED }

interface Shown {
  readonly typed?: TypedHolder
  readonly faults?: readonly InviteFault[]
  readonly made?: NewInvitation
}

type AccountBook = ReturnType<typeof recordedBook>

/** What the page of accounts needs. */
export interface AccountListNeeds {
  readonly guardOf: GuardOf
  /** The book as somebody keeps it, whose changes are written down. */
  readonly bookOf: (actor: Actor) => AccountBook
  readonly registry: Pick<UnitRegistry, 'byUid' | 'validOn' | 'nameOf'>
  readonly services: Pick<ServiceCatalogue, 'all' | 'byCode'>
  readonly publicUrl: string
  readonly texts: Texts
  readonly now: () => Date
}

/** `/accounts`: who has an account, inviting, new links for those who lost their password, disabling. */
export function accountListRoutes(deps: AccountListNeeds): Router {
  const { router, get, post } = createRoutes(deps.guardOf)
  const { registry } = deps
  const bookOf = (req: Request) => deps.bookOf(actorOf(currentAccount(req)))

  const show = async (req: Request, res: Response, { typed = NOTHING_TYPED, faults = [], made }: Shown = {}) => {
    const book = bookOf(req)
    const page = {
      accounts: await book.listAccounts(),
      invitations: await book.invitations.listOpen(),
      registry,
      services: deps.services,
      today: cityDay(deps.now()),
      ownId: currentAccount(req).id,
      csrfToken: csrfTokenOf(req),
      langQuery: String(res.locals.langQuery),
      publicUrl: deps.publicUrl,
      typed,
      faults,
      made: made ?? null,
    }
    const language = viewLanguage(res)
    const view = toAccountListView(page, language, deps.texts.translator(language))
    res.status(faults.length > 0 ? 422 : 200).render('accounts/list', view)
  }

  get('/accounts', 'manage_accounts', (req, res) => show(req, res))

  post('/accounts', 'manage_accounts', async (req, res) => {
    const { body: typed } = parseRequest(req, inviteRequest)
    if (typed.unit !== '' && !registry.byUid(typed.unit)) return show(req, res, { typed, faults: ['unit_unknown'] })
    const { login, name, unit } = typed
    const outcome = await bookOf(req).invitations.invite({
      login,
      name,
      role: typed.role as Role,
      unitUid: unit || undefined,
      limits: toLimits(typed),
    })
    switch (outcome.kind) {
      case 'invited':
        return show(req, res, { made: outcome })
      case 'duplicate':
        return show(req, res, { typed, faults: ['login_taken'] })
      case 'invalid':
        return show(req, res, { typed, faults: outcome.faults })
      case 'days_out_of_range':
        throw new RangeError('The standard number of days is out of range')
    }
  })

  post('/accounts/:login/renew', 'manage_accounts', async (req, res) => {
    const made = await bookOf(req).invitations.renew(parseRequest(req, accountRequest).params.login)
    if (!made) throw problem.notFound('account')
    return show(req, res, { made })
  })

  post('/accounts/:login/withdraw', 'manage_accounts', async (req, res) => {
    await bookOf(req).invitations.withdraw(parseRequest(req, accountRequest).params.login)
    res.redirect(303, `/accounts${res.locals.langQuery}`)
  })

  post('/accounts/:login/remove-second-factor', 'manage_accounts', async (req, res) => {
    if (!(await bookOf(req).removeSecondFactor(parseRequest(req, accountRequest).params.login)))
      throw problem.notFound('account')
    res.redirect(303, `/accounts${res.locals.langQuery}`)
  })

  post('/accounts/:login/disable', 'manage_accounts', async (req, res) => {
    const { login } = parseRequest(req, accountRequest).params
    // Nobody shuts the door behind themselves.
    if (login === currentAccount(req).login) throw problem.notAllowed()
    if (!(await bookOf(req).disableAccount(login))) throw problem.notFound('account')
    res.redirect(303, `/accounts${res.locals.langQuery}`)
  })

  return router
}
