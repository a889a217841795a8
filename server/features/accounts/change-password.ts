import type { Counters } from '../../platform/limits/counters.js'
import type { Account } from './account.js'
import type { AccountRepository } from './account.repository.js'
import { hashPassword, isRightPassword } from './hash-password.js'
import { createTryLimiter } from './limit-tries.js'
import { type PasswordFault, passwordFault } from './password-rules.js'
import { TRY_WINDOW_MS } from './sign-in.js'

export type ChangePasswordOutcome = 'changed' | 'password_wrong' | 'too_many_tries' | PasswordFault

/** Replaces the password of somebody who is signed in and knows the one so far. */
export type ChangePassword = (account: Account, current: string, next: string) => Promise<ChangePasswordOutcome>

/** Binds the change to where accounts are kept; tries count by account, so that an open session is no oracle. */
export function makeChangePassword(deps: {
  readonly accounts: AccountRepository
  readonly triesPerQuarterHour: number
  readonly counters: Counters
  readonly now: () => Date
}): ChangePassword {
  const { accounts, counters, now, triesPerQuarterHour: tries } = deps
  const limiter = createTryLimiter({ name: 'own password', tries, windowMs: TRY_WINDOW_MS, counters, now })
  return async ({ id, login }, current, next) => {
    if (!(await limiter.take(id))) return 'too_many_tries'
    const record = await accounts.findByLogin(login)
    if (!(await isRightPassword(record?.passwordHash, current))) return 'password_wrong'
    await limiter.forget(id)
    const fault = await passwordFault(next, login)
    if (fault !== undefined) return fault
    return (await accounts.setPassword(login, await hashPassword(next))) ? 'changed' : 'password_wrong'
  }
}
