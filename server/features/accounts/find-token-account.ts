import { cityDay } from '../../domain/survey/day.js'
import type { Account } from './account.js'
import type { AccountRepository } from './account.repository.js'
import { hashOfToken } from './bearer-token.js'
import type { TokenRepository } from './token.repository.js'

/** The account a bearer token speaks for; `undefined` when unknown, expired, revoked or its account disabled. */
export type FindTokenAccount = (token: string) => Promise<Account | undefined>

/** Looks tokens up by their hash and notes the day of use, once a day. */
export function makeFindTokenAccount(deps: {
  accounts: AccountRepository
  tokens: TokenRepository
  now: () => Date
}): FindTokenAccount {
  return async (token) => {
    const record = await deps.tokens.findByHash(hashOfToken(token))
    const at = deps.now()
    if (!record || record.revokedAt !== null || record.expiresAt <= at) return undefined
    const account = await deps.accounts.findById(record.accountId)
    if (!account || account.disabledAt !== null) return undefined
    const today = cityDay(at)
    if (record.lastUsedOn !== today) await deps.tokens.markUsed(record.id, today)
    return account
  }
}
