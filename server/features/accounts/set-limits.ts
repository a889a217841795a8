import { type LimitFault, limitFault, type ScopeLimits } from '../../domain/access/limits.js'
import { normalizeLogin } from './account.js'
import type { AccountRepository } from './account.repository.js'

export type SetLimitsOutcome =
  | { readonly kind: 'set' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'invalid'; readonly fault: LimitFault }

/** Limits an account in use, or lifts its limits; its next request obeys. */
export type SetLimits = (login: string, limits: ScopeLimits) => Promise<SetLimitsOutcome>

/** Binds it to where accounts are kept. */
export const makeSetLimits =
  (deps: {
    readonly accounts: Pick<AccountRepository, 'findByLogin' | 'setLimits'>
    readonly isService: (code: string) => boolean
  }): SetLimits =>
  async (typed, limits) => {
    const login = normalizeLogin(typed)
    const account = await deps.accounts.findByLogin(login)
    if (account === undefined || account.disabledAt !== null) return { kind: 'unknown' }
    const fault = limitFault(limits, account.role, deps.isService)
    if (fault !== null) return { kind: 'invalid', fault }
    return (await deps.accounts.setLimits(login, limits)) ? { kind: 'set' } : { kind: 'unknown' }
  }
