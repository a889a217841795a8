/** Accounts of staff: signing in, sessions, bearer tokens of scripts, and the guards of staff pages. */

import type { Actor } from '../../domain/audit/audit-event.js'
import type { ServiceCatalogue } from '../../domain/units/service.js'
import { createRoutes } from '../../platform/http/routes.js'
import type { Counters } from '../../platform/limits/counters.js'
import type { Connection } from '../../platform/mongo/connect.js'
import { createSecretBox } from '../../platform/secret-box.js'
import type { Texts } from '../../platform/text.js'
import type { RecordEvent } from '../audit/index.js'
import {
  csrfTokenOf,
  currentAccount,
  guards,
  loadAccount,
  noteScopeRefusals,
  scopes,
  staffLocals,
} from './access.routes.js'
import { normalizeLogin } from './account.js'
import { mongoAccountRepository } from './account.repository.js'
import { accountRoutes } from './account.routes.js'
import { type AccountListNeeds, accountListRoutes } from './account-list.routes.js'
import { makeChangePassword } from './change-password.js'
import { makeCheckPassword } from './check-password.js'
import { codeRoutes } from './code.routes.js'
import { makeCreateAccount } from './create-account.js'
import { makeCreateToken } from './create-token.js'
import { makeFindTokenAccount } from './find-token-account.js'
import { makeFinishSignIn } from './finish-sign-in.routes.js'
import { mongoIdentities } from './identity.repository.js'
import { createIdentityProvider, type ProviderSettings } from './identity-provider.js'
import { mongoInvitationRepository } from './invitation.repository.js'
import { invitationRoutes } from './invitation.routes.js'
import { makeInvitations } from './invite.js'
import { createKnownDevices } from './known-device.js'
import { type LimitNeeds, limitRoutes } from './limits.routes.js'
import { makeNoteRefusal } from './note-refusals.js'
import { ownAccountRoutes } from './own-account.routes.js'
import { CALLBACK_PATH, providerRoutes } from './provider.routes.js'
import { notesOf, recordedBook } from './recorded-book.js'
import { makeSecondFactors } from './second-factor.js'
import { secondFactorRoutes } from './second-factor.routes.js'
import { mongoSessionBook } from './session.repository.js'
import { sessionHandlers } from './session.routes.js'
import { makeSetLimits } from './set-limits.js'
import { makeSignIn } from './sign-in.js'
import { mongoTokenRepository } from './token.repository.js'

export type { Account } from './account.js'
export type { AccountFault } from './create-account.js'
export { MAX_TOKEN_DAYS } from './create-token.js'
export { INVITATION_DAYS, MAX_INVITATION_DAYS, type NewInvitation } from './invite.js'
export { type NoteChange, notesOf, recordedBook } from './recorded-book.js'

/** Keeping accounts and tokens: what the commands use. */
export function createAccountBook(deps: {
  readonly connection: Connection
  readonly services: Pick<ServiceCatalogue, 'byCode'>
  readonly now: () => Date
}) {
  const { connection, now } = deps
  const isService = (code: string) => deps.services.byCode(code) !== undefined
  const accounts = mongoAccountRepository(connection)
  const tokens = mongoTokenRepository(connection)
  const sessions = mongoSessionBook(connection)
  const identities = mongoIdentities(connection)

  /** Whoever has a session by then may be the one that the change is to keep out. */
  async function endSessions(login: string): Promise<void> {
    const account = await accounts.findByLogin(login)
    if (account) await sessions.endOthers(account.id)
  }
  const replacePassword = async (login: string, passwordHash: string) => {
    const isReplaced = await accounts.setPassword(login, passwordHash)
    // Whoever tied the account may be the one that the new password is to keep out.
    const account = await accounts.findByLogin(login)
    if (account) await identities.untie(account.id)
    await endSessions(login)
    return isReplaced
  }
  const stored = mongoInvitationRepository(connection)
  const invitations = makeInvitations({ accounts, invitations: stored, replacePassword, isService, now })
  return {
    accounts,
    tokens,
    sessions,
    identities,
    invitations,
    createAccount: makeCreateAccount({ accounts, isService, now }),
    createToken: makeCreateToken({ accounts, tokens, now }),
    setLimits: makeSetLimits({ accounts, isService }),
    listAccounts: () => accounts.list(),
    async disableAccount(typed: string) {
      const login = normalizeLogin(typed)
      await invitations.withdraw(login)
      const isDisabled = await accounts.disable(login, now())
      await endSessions(login)
      return isDisabled
    },
    /** For who lost the phone and the recovery codes; the next sign-in takes the password alone. */
    async removeSecondFactor(typed: string) {
      const login = normalizeLogin(typed)
      const isRemoved = await accounts.removeSecondFactor(login)
      await endSessions(login)
      return isRemoved
    },
    listTokens: () => tokens.list(),
    revokeToken: (id: string) => tokens.revoke(id, now()),
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
  readonly services: LimitNeeds['services']
  /** Address that people type; links are built from it. */
  readonly publicUrl: string
  /** The city's identity provider, where it has one. */
  readonly identityProvider?: ProviderSettings | null
  /** Is told why the provider could not be used. */
  readonly warn?: (error: unknown) => void
  readonly now: () => Date
}) {
  const { accounts, tokens, sessions, identities, ...book } = createAccountBook(deps)
  const { counters, now, secret, texts } = deps
  const devices = createKnownDevices(secret)
  const box = createSecretBox(secret, 'second factor')
  const common = {
    accounts,
    sessions,
    counters,
    texts,
    now,
    recordEvent: deps.recordEvent,
    triesPerQuarterHour: deps.limits.signInTriesPerQuarterHour,
  }
  const signIn = makeSignIn({ ...common, devices })
  const secondFactors = makeSecondFactors({ ...common, box })
  const finishSignIn = makeFinishSignIn({ ...deps, devices })
  const noteRefusal = makeNoteRefusal(deps.recordEvent, now)
  const guardOf = guards(makeFindTokenAccount({ accounts, tokens, now }), deps.recordEvent, noteRefusal)
  const pages = createRoutes()
  const checkPassword = makeCheckPassword(common)
  const provider = deps.identityProvider
    ? createIdentityProvider(deps.identityProvider, `${deps.publicUrl}${CALLBACK_PATH}`, deps.warn ?? (() => {}))
    : null
  const ties = provider && { name: provider.name, isTied: identities.isTied }
  pages.router.use(accountRoutes({ ...common, signIn, finishSignIn, provider, secureCookies: deps.secureCookies }))
  if (provider) {
    pages.router.use(providerRoutes({ ...common, provider, identities, checkPassword, finishSignIn, guardOf }))
  }
  pages.router.use(codeRoutes({ ...common, secondFactors, finishSignIn }))
  const bookOf = (actor: Actor) => recordedBook(book, notesOf(deps.recordEvent, actor))
  pages.router.use(invitationRoutes({ ...deps, ...bookOf({ type: 'account', name: 'invited' }) }))
  pages.router.use(
    ownAccountRoutes({
      ...common,
      guardOf,
      provider: ties,
      changePassword: makeChangePassword({ accounts, checkPassword }),
    }),
  )
  pages.router.use(secondFactorRoutes({ ...common, guardOf, secondFactors }))
  pages.router.use(accountListRoutes({ ...deps, bookOf, guardOf }))
  pages.router.use(limitRoutes({ ...deps, bookOf, guardOf }))
  return {
    staffSession: [...sessionHandlers(deps), loadAccount({ accounts }), staffLocals(texts)],
    pages: pages.router,
    /** Before failures are answered. */
    noteFailure: noteScopeRefusals(noteRefusal),
    guardOf,
    currentAccount,
    csrfTokenOf,
    scopeOf: scopes(deps),
    ...book,
  }
}
