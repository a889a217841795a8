/** Who may pass: accounts of a request, guards for pages and API, and the token that proves a form is ours. */

import { csrfSync } from 'csrf-sync'
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import { lets, type Permission, type Role, type Rule } from '../../domain/access/permissions.js'
import { type Scope, scopeOfUnit, wholeCity } from '../../domain/access/scope.js'
import { cityDay } from '../../domain/survey/day.js'
import { viewLanguage } from '../../platform/http/language.js'
import type { GuardOf } from '../../platform/http/routes.js'
import { Problem, problem } from '../../platform/problem.js'
import type { Texts } from '../../platform/text.js'
import { viewAddress } from '../../platform/view-address.js'
import type { RecordEvent } from '../audit/index.js'
import { type Account, owesSecondFactor } from './account.js'
import type { AccountRepository } from './account.repository.js'
import { recordDownload } from './account-events.js'
import type { FindTokenAccount } from './find-token-account.js'
import type { NoteRefusal } from './note-refusals.js'
import { renewSession } from './session.routes.js'

type ScopeRegistry = Parameters<typeof scopeOfUnit>[0]

const accounts = new WeakMap<Request, Account>()

/**
 * The account behind a request that a guard let pass.
 *
 * @throws {Problem} 401 when nobody is signed in
 */
export function currentAccount(req: Request): Account {
  const account = accounts.get(req)
  if (!account) throw problem.signInNeeded()
  return account
}

/** The account of the session, where there is one. */
export const sessionAccount = (req: Request): Account | undefined => accounts.get(req)

/** What the account behind a request may read: its unit as of today, or the whole city. */
export const scopes =
  (deps: { readonly registry: ScopeRegistry; readonly now: () => Date }) =>
  (req: Request): Scope => {
    const { unitUid, limits } = currentAccount(req)
    return unitUid === null
      ? wholeCity('roles without a unit')
      : scopeOfUnit(deps.registry, unitUid, cityDay(deps.now()), {
          services: limits.services === null ? 'all' : new Set(limits.services),
          period: limits.period,
        })
  }

const csrf = csrfSync({
  size: 32,
  getTokenFromRequest: (req) => (req.body as { _csrf?: string } | undefined)?._csrf ?? req.get('x-csrf-token'),
})

/** The token that forms of this session carry. */
export const csrfTokenOf = (req: Request): string => csrf.generateToken(req)

/** Whether the request's form was made for this session. */
export const isOwnForm = (req: Request): boolean => csrf.isRequestValid(req)

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']
const isApi = (req: Request) => req.originalUrl.startsWith('/api/')

/** Finds the account of the session; an account that was disabled since loses the session. */
export function loadAccount(deps: { accounts: AccountRepository }): RequestHandler {
  return async (req, _res, next) => {
    const { accountId } = req.session
    if (accountId === undefined) return next()
    const account = await deps.accounts.findById(accountId)
    if (account && account.disabledAt === null) accounts.set(req, account)
    else await renewSession(req)
    next()
  }
}

/** Pages in the header, in its order, each for those who may open it, with the end of its text's key. */
const FIGURES = [
  ['/city', 'see_reports', 'city'],
  ['/reports', 'see_reports', 'reports'],
  ['/series', 'see_reports', 'series'],
  ['/agency', 'see_scores', 'agency'],
] as const satisfies readonly Page[]
const WORK = [
  ['/exports', 'export_microdata', 'exports'],
  ['/release-desk', 'see_drafts', 'release_desk'],
  ['/voids', 'see_voids', 'voids'],
  ['/request-desk', 'see_requests', 'requests'],
] as const satisfies readonly Page[]
const CARE = [
  ['/admin', 'manage_waves', 'admin'],
  ['/accounts', 'manage_accounts', 'accounts'],
  ['/audit/events', 'read_audit', 'audit_events'],
] as const satisfies readonly Page[]

type Page = readonly [path: string, permission: Permission, name: string]
type HasRole = Pick<Account, 'role'>

/** Where a role begins its work, by what it is for. */
const HOMES: Readonly<Record<Role, string>> = {
  administrator: '/admin',
  analyst: '/reports',
  method_owner: '/reports',
  auditor: '/audit/events',
  monitor: '/city',
  agency_head: '/agency',
  agency_viewer: '/agency',
  // Who hands in answers has no page of staff: the citizen's.
  enumerator: '/',
  kiosk: '/',
}

/** Where an account begins its work. */
export const homeOf = ({ role }: HasRole): string => HOMES[role]

/** Where the page that is being read can be kept under a name; `null` where it is no page of figures. */
function saveHrefOf(req: Request, res: Response): string | null {
  const page = req.method === 'GET' ? viewAddress(req.originalUrl) : null
  if (page === null) return null
  const params = new URLSearchParams(String(res.locals.langQuery).slice(1))
  params.set('address', page.address)
  return `/views?${params}`
}

interface HeaderLink {
  readonly href: string
  readonly label: string
  readonly isCurrent: boolean
}

/** Links under one word, so that the header stays one line; a single link stands for itself. */
const grouped = (label: string, links: readonly HeaderLink[]) =>
  links.length < 2 ? links : [{ label, links, isCurrent: links.some(({ isCurrent }) => isCurrent) }]

/** Fills `res.locals.staff`: name, links of the role, all and as the header gathers them, token of the sign-out form. */
export function staffLocals(texts: Texts): RequestHandler {
  return (req, res, next) => {
    const account = accounts.get(req)
    if (!account) return next()
    const t = texts.translator(viewLanguage(res))
    const path = req.originalUrl.split('?')[0] ?? ''
    const linksOf = (pages: readonly Page[]): readonly HeaderLink[] =>
      pages
        .filter(([, permission]) => lets(permission, account.role))
        .map(([href, , name]) => ({
          href: `${href}${res.locals.langQuery}`,
          label: t(`accounts.link_${name}`),
          isCurrent: path === href || path.startsWith(`${href}/`),
        }))
    const [figures, work, care] = [linksOf(FIGURES), linksOf(WORK), linksOf(CARE)]
    res.locals.staff = {
      name: account.name,
      accountHref: `/account${res.locals.langQuery}`,
      csrfToken: csrfTokenOf(req),
      saveHref: lets('see_reports', account.role) ? saveHrefOf(req, res) : null,
      links: [...figures, ...work, ...care],
      entries: [...figures, ...grouped(t('accounts.links_work'), work), ...grouped(t('accounts.links_care'), care)],
    }
    next()
  }
}

/** Sends a person to sign in and back; tells a program that it must. */
function askToSignIn(req: Request, res: Response) {
  if (isApi(req)) {
    res.set('WWW-Authenticate', 'Bearer realm="api"')
    throw problem.signInNeeded()
  }
  const params = new URLSearchParams(req.method === 'GET' ? { next: req.originalUrl } : {})
  if (res.locals.langQuery) params.set('lang', viewLanguage(res))
  res.redirect(303, params.size > 0 ? `/sign-in?${params}` : '/sign-in')
}

/** A password alone does not open these roles: the way leads to where the second factor is set up. */
function askForSecondFactor(req: Request, res: Response) {
  if (isApi(req)) throw problem.secondFactorNeeded()
  res.redirect(303, `/account/second-factor${res.locals.langQuery}`)
}

function bearerOf(req: Request): string | undefined {
  const [scheme = '', token = ''] = (req.get('authorization') ?? '').split(' ', 2)
  return isApi(req) && scheme.toLowerCase() === 'bearer' ? token : undefined
}

/** What keeps an account from a route: its role, a second factor that it owes, or a form that was made for another session. */
function obstacleTo(
  req: Request,
  rule: Rule,
  account: Account,
  hasToken: boolean,
): 'role' | 'form' | 'second_factor' | null {
  if (!lets(rule, account.role)) return 'role'
  if (hasToken) return null
  if (rule !== 'signed_in' && owesSecondFactor(account)) return 'second_factor'
  return SAFE_METHODS.includes(req.method) || isOwnForm(req) ? null : 'form'
}

const pathOf = (req: Request) => req.originalUrl.split('?')[0] ?? ''

/** Written down before it is told. */
async function refuse(why: 'role' | 'form', note: () => Promise<void>): Promise<never> {
  await note()
  throw why === 'role' ? problem.notAllowed() : problem.staleForm()
}

/** Writes down who asked for figures of a unit that is not theirs; the answer stays that there are none. */
export const noteScopeRefusals =
  (noteRefusal: NoteRefusal): ErrorRequestHandler =>
  (error, req, _res, next) => {
    const account = accounts.get(req)
    if (!(error instanceof Problem) || !error.isOutsideScope || account === undefined) return next(error)
    noteRefusal(account, null, 'scope', pathOf(req)).then(
      () => next(error),
      (failure) => next(failure),
    )
  }

/** Makes guards that let pass only whom a rule lets; changes by a session need the form's token, and files and refusals are written down. */
export const guards =
  (findTokenAccount: FindTokenAccount, recordEvent: RecordEvent, noteRefusal: NoteRefusal): GuardOf =>
  (rule) =>
  async (req, res, next) => {
    const bearer = bearerOf(req)
    // A token speaks for itself: a wrong one is not made good by a session in the same browser.
    const account = bearer === undefined ? accounts.get(req) : await findTokenAccount(bearer)
    if (!account) return askToSignIn(req, res)
    const obstacle = obstacleTo(req, rule, account, bearer !== undefined)
    if (obstacle === 'second_factor') return askForSecondFactor(req, res)
    if (obstacle !== null) return refuse(obstacle, () => noteRefusal(account, rule, obstacle, pathOf(req)))
    accounts.set(req, account)
    await recordDownload(recordEvent, account, req)
    next()
  }
