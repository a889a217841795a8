import type { Counters } from '../../platform/limits/counters.js'
import type { Account } from './account.js'
import type { AccountRepository } from './account.repository.js'
import { isRightPassword } from './hash-password.js'
import { createTryLimiter } from './limit-tries.js'
import { TRY_WINDOW_MS } from './sign-in.js'

/** Whether somebody who is signed in knows the password of the account. */
export type CheckPassword = (
  account: Account,
  password: string,
) => Promise<'right' | 'password_wrong' | 'too_many_tries'>

/** Binds the check to where accounts are kept; tries count by account, so that an open session is no oracle. */
export function makeCheckPassword(deps: {
  readonly accounts: Pick<AccountRepository, 'findByLogin'>
  readonly triesPerQuarterHour: number
  readonly counters: Counters
  readonly now: () => Date
}): CheckPassword {
  const { accounts, counters, now, triesPerQuarterHour: tries } = deps
  const limiter = createTryLimiter({ name: 'own password', tries, windowMs: TRY_WINDOW_MS, counters, now })
  return async ({ id, login }, password) => {
    if (!(await limiter.take(id))) return 'too_many_tries'
    const record = await accounts.findByLogin(login)
    if (!(await isRightPassword(record?.passwordHash, password))) return 'password_wrong'
    await limiter.forget(id)
    return 'right'
  }
}
