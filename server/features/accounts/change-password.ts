import type { Account } from './account.js'
import type { AccountRepository } from './account.repository.js'
import type { CheckPassword } from './check-password.js'
import { hashPassword } from './hash-password.js'
import { type PasswordFault, passwordFault } from './password-rules.js'

export type ChangePasswordOutcome = 'changed' | 'password_wrong' | 'too_many_tries' | PasswordFault

/** Replaces the password of somebody who is signed in and knows the one so far. */
export type ChangePassword = (account: Account, current: string, next: string) => Promise<ChangePasswordOutcome>

export const makeChangePassword =
  (deps: {
    readonly accounts: Pick<AccountRepository, 'setPassword'>
    readonly checkPassword: CheckPassword
  }): ChangePassword =>
  async (account, current, next) => {
    const known = await deps.checkPassword(account, current)
    if (known !== 'right') return known
    const fault = await passwordFault(next, account.login)
    if (fault !== undefined) return fault
    const isSet = await deps.accounts.setPassword(account.login, await hashPassword(next))
    return isSet ? 'changed' : 'password_wrong'
  }
