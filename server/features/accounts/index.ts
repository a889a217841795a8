/** Accounts of staff: signing in, sessions, bearer tokens of scripts, and the guards of staff pages. */
import type { Counters } from '../../platform/limits/counters.js'
import type { Connection } from '../../platform/mongo/connect.js'
import type { Texts } from '../../platform/text.js'
import { currentAccount, guards, loadAccount, scopes, staffLocals } from './access.routes.js'
import { normalizeLogin } from './account.js'
import { mongoAccountRepository } from './account.repository.js'
import { accountRoutes } from './account.routes.js'
import { makeCreateAccount } from './create-account.js'
import { makeCreateToken } from './create-token.js'
import { makeFindTokenAccount } from './find-token-account.js'
import { sessionModel } from './session.model.js'
import { sessionHandlers } from './session.routes.js'
import { makeSignIn } from './sign-in.js'
import { mongoTokenRepository } from './token.repository.js'

export type { Account } from './account.js'
export type { AccountFault } from './create-account.js'
export { MAX_TOKEN_DAYS } from './create-token.js'

/** Keeping accounts and tokens: what the commands use. */
export function createAccountBook(deps: { connection: Connection; now: () => Date }) {
  const accounts = mongoAccountRepository(deps.connection)
  const tokens = mongoTokenRepository(deps.connection)
  return {
    accounts,
    tokens,
    createAccount: makeCreateAccount({ accounts, now: deps.now }),
    createToken: makeCreateToken({ accounts, tokens, now: deps.now }),
    listAccounts: () => accounts.list(),
    disableAccount: (login: string) => accounts.disable(normalizeLogin(login), deps.now()),
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
  readonly registry: Parameters<typeof scopes>[0]['registry']
  readonly now: () => Date
}) {
  const { accounts, tokens, ...book } = createAccountBook(deps)
  const { counters, now } = deps
  const signIn = makeSignIn({ accounts, counters, now, triesPerQuarterHour: deps.limits.signInTriesPerQuarterHour })
  sessionModel(deps.connection)
  return {
    staffSession: [...sessionHandlers(deps), loadAccount({ accounts }), staffLocals(deps.texts)],
    pages: accountRoutes({ signIn, counters, texts: deps.texts, now }),
    guardOf: guards(makeFindTokenAccount({ accounts, tokens, now })),
    currentAccount,
    scopeOf: scopes(deps),
    ...book,
  }
}
