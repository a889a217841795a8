import { mayDo } from '../../domain/access/permissions.js'
import { normalizeLogin } from './account.js'
import type { AccountRepository } from './account.repository.js'
import { hashOfToken, newBearerToken } from './bearer-token.js'
import type { TokenRecord, TokenRepository } from './token.repository.js'

export type CreateTokenOutcome =
  /** `token` is shown once and kept nowhere. */
  | { readonly kind: 'created'; readonly token: string; readonly record: TokenRecord }
  | { readonly kind: 'no_account' }
  | { readonly kind: 'role_not_allowed' }
  | { readonly kind: 'days_out_of_range' }

export type CreateToken = (input: { login: string; name: string; validDays: number }) => Promise<CreateTokenOutcome>

const DAY_MS = 24 * 60 * 60 * 1000
/** A forgotten token dies within a year. */
export const MAX_TOKEN_DAYS = 366

/** Makes bearer tokens for scripts and devices. */
export function makeCreateToken(deps: {
  accounts: AccountRepository
  tokens: TokenRepository
  now: () => Date
}): CreateToken {
  return async ({ login, name, validDays }) => {
    if (!(validDays >= 1 && validDays <= MAX_TOKEN_DAYS)) return { kind: 'days_out_of_range' }
    const account = await deps.accounts.findByLogin(normalizeLogin(login))
    if (!account || account.disabledAt) return { kind: 'no_account' }
    if (!mayDo(account.role, 'hold_token')) return { kind: 'role_not_allowed' }
    const token = newBearerToken()
    const createdAt = deps.now()
    const record = await deps.tokens.insert({
      tokenHash: hashOfToken(token),
      name: name.trim().normalize('NFC') || account.login,
      accountId: account.id,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + validDays * DAY_MS),
    })
    return { kind: 'created', token, record }
  }
}
