/** Accounts of staff: signing in, sessions, bearer tokens of scripts, and the guards of staff pages. */

import type { Actor } from '../../domain/audit/audit-event.js'
import { createRoutes } from '../../platform/http/routes.js'
import type { Counters } from '../../platform/limits/counters.js'
import type { Connection } from '../../platform/mongo/connect.js'
import type { Texts } from '../../platform/text.js'
import type { RecordEvent } from '../audit/index.js'
import { currentAccount, guards, loadAccount, scopes, staffLocals } from './access.routes.js'
import { normalizeLogin } from './account.js'
import { mongoAccountRepository } from './account.repository.js'
import { accountRoutes } from './account.routes.js'
import { type AccountListNeeds, accountListRoutes } from './account-list.routes.js'
import { makeCreateAccount } from './create-account.js'
import { makeCreateToken } from './create-token.js'
import { makeFindTokenAccount } from './find-token-account.js'
import { mongoInvitationRepository } from './invitation.repository.js'
import { invitationRoutes } from './invitation.routes.js'
import { makeInvitations } from './invite.js'
import { notesOf, recordedBook } from './recorded-book.js'
import { sessionModel } from './session.model.js'
import { sessionHandlers } from './session.routes.js'
import { makeSignIn } from './sign-in.js'
import { mongoTokenRepository } from './token.repository.js'

export type { Account } from './account.js'
export type { AccountFault } from './create-account.js'
export { MAX_TOKEN_DAYS } from './create-token.js'
export { INVITATION_DAYS, MAX_INVITATION_DAYS, type NewInvitation } from './invite.js'
export { type NoteChange, notesOf, recordedBook } from './recorded-book.js'

/** Keeping accounts and tokens: what the commands use. */
export function createAccountBook(deps: { connection: Connection; now: () => Date }) {
  const accounts = mongoAccountRepository(deps.connection)
  const tokens = mongoTokenRepository(deps.connection)
  const stored = mongoInvitationRepository(deps.connection)
  const invitations = makeInvitations({ accounts, invitations: stored, now: deps.now })
  return {
    accounts,
    tokens,
    createAccount: makeCreateAccount({ accounts, now: deps.now }),
    invitations,
    createToken: makeCreateToken({ accounts, tokens, now: deps.now }),
    listAccounts: () => accounts.list(),
    disableAccount: async (login: string) => {
      await invitations.withdraw(normalizeLogin(login))
      return accounts.disable(normalizeLogin(login), deps.now())
    },
    listTokens: () => tokens.list(),
    revokeToken: (id: string) => tokens.revoke(id, deps.now()),
  }
}

/**
 * Everything the application mounts for staff.
 *
 * Indexes of its collections are built by `buildIndexes` of platform/mongo, after this call.
 */
export function createAccounts(deps: {
  readonly connection: Connection
  readonly secret: string
  readonly secureCookies: boolean
  readonly sessionIdleMinutes: number
  readonly limits: { readonly signInTriesPerQuarterHour: number }
  readonly counters: Counters
  readonly texts: Texts
  /** Writes down who signs in and what is downloaded. */
  readonly recordEvent: RecordEvent
  readonly registry: Parameters<typeof scopes>[0]['registry'] & AccountListNeeds['registry']
  /** Address that people type; links are built from it. */
  readonly publicUrl: string
  readonly now: () => Date
}) {
  const { accounts, tokens, ...book } = createAccountBook(deps)
  const { counters, now } = deps
  const signIn = makeSignIn({ accounts, counters, now, triesPerQuarterHour: deps.limits.signInTriesPerQuarterHour })
  sessionModel(deps.connection)
  const guardOf = guards(makeFindTokenAccount({ accounts, tokens, now }), deps.recordEvent)
  const pages = createRoutes()
  pages.router.use(accountRoutes({ ...deps, signIn }))
  const bookOf = (actor: Actor) => recordedBook(book, notesOf(deps.recordEvent, actor))
  pages.router.use(invitationRoutes({ ...deps, ...bookOf({ type: 'account', name: 'invited' }) }))
  pages.router.use(accountListRoutes({ ...deps, bookOf, guardOf }))
  return {
    staffSession: [...sessionHandlers(deps), loadAccount({ accounts }), staffLocals(deps.texts)],
    pages: pages.router,
    guardOf,
    currentAccount,
    scopeOf: scopes(deps),
    ...book,
  }
}
