import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import type { LimitFault } from '../../domain/access/limits.js'
import { isOfUnits } from '../../domain/access/permissions.js'
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
import { type TypedLimits, toLimitFields, toLimits, toTyped } from './limits.view.js'
import type { recordedBook } from './recorded-book.js'

const code = z.string().max(60)
/** The fields of limits in a form: a box for each service, none ticked for all. */
export const limitFields = {
  services: z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(code).max(200)),
  from: z.string().trim().max(20).default(''),
  to: z.string().trim().max(20).default(''),
}

const params = z.object({ login: z.string().regex(/^[a-z0-9._-]{2,60}$/) })

/** What the page of limits needs. */
export interface LimitNeeds {
  readonly guardOf: GuardOf
  readonly bookOf: (actor: Actor) => Pick<ReturnType<typeof recordedBook>, 'listAccounts' | 'setLimits'>
  readonly registry: Pick<UnitRegistry, 'nameOf'>
  readonly services: Pick<ServiceCatalogue, 'all' | 'byCode'>
  readonly texts: Texts
  readonly now: () => Date
}

/** `/accounts/:login/limits`: which services and days of its unit an account may see. */
export function limitRoutes(deps: LimitNeeds): Router {
  const { router, get, post } = createRoutes(deps.guardOf)
  const bookOf = (req: Request) => deps.bookOf(actorOf(currentAccount(req)))

  const find = async (req: Request) => {
    const { login } = parseRequest(req, { params }).params
    const account = (await bookOf(req).listAccounts()).find((one) => one.login === login)
    // Roles that see the city see it whole.
    if (!account || account.disabledAt !== null || !isOfUnits(account.role)) throw problem.notFound('account')
    return account
  }

  const show = async (req: Request, res: Response, typed?: TypedLimits, fault: LimitFault | null = null) => {
    const account = await find(req)
    const language = viewLanguage(res)
    const t = deps.texts.translator(language)
    const title = t('accounts.limits_title', { name: account.name })
    const fields = toLimitFields(typed ?? toTyped(account.limits), fault, { language, t, services: deps.services })
    res.status(fault === null ? 200 : 422).render('accounts/limits', {
      pageTitle: fault === null ? title : t('accounts.title_with_error', { title }),
      heading: title,
      extraStyle: 'accounts.css',
      csrfToken: csrfTokenOf(req),
      action: `/accounts/${account.login}/limits${res.locals.langQuery}`,
      backHref: `/accounts${res.locals.langQuery}`,
      lead: t('accounts.limits_of', {
        login: account.login,
        role: t(`accounts.role_${account.role}`),
        unit: account.unitUid === null ? '' : deps.registry.nameOf(account.unitUid, cityDay(deps.now()))[language],
      }),
      fields,
      error: fields.servicesError ?? fields.daysError,
      errorHref: fields.daysError === null ? '#limit-services' : '#limit-from',
    })
  }

  get('/accounts/:login/limits', 'manage_accounts', (req, res) => show(req, res))

  post('/accounts/:login/limits', 'manage_accounts', async (req, res) => {
    const { login } = await find(req)
    const { body: typed } = parseRequest(req, { params, body: z.object(limitFields) })
    const outcome = await bookOf(req).setLimits(login, toLimits(typed))
    if (outcome.kind === 'unknown') throw problem.notFound('account')
    if (outcome.kind === 'invalid') return show(req, res, typed, outcome.fault)
    res.redirect(303, `/accounts${res.locals.langQuery}`)
  })

  return router
}
