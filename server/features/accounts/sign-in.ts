import type { Counters } from '../../platform/limits/counters.js'
import { type Account, normalizeLogin } from './account.js'
import type { AccountRepository } from './account.repository.js'
import { isRightPassword } from './hash-password.js'
import { createTryLimiter } from './limit-tries.js'

export interface SignInRequest {
  readonly login: string
  readonly password: string
  /** Client address, only to limit tries; never stored. */
  readonly address: string
}

export type SignInOutcome =
  | { readonly kind: 'signed_in'; readonly account: Account }
  /** Unknown login, wrong password or disabled account: never told apart. `login`: where there is such an account, for the log alone. */
  | { readonly kind: 'refused'; readonly login: string | null }
  | { readonly kind: 'too_many_tries' }

export type SignIn = (request: SignInRequest) => Promise<SignInOutcome>

/** Stretch in which failed tries are counted. */
export const TRY_WINDOW_MINUTES = 15
/** An office behind one address gets this many times the allowance of one login. */
const LOGINS_PER_ADDRESS = 10
const TRY_WINDOW_MS = TRY_WINDOW_MINUTES * 60_000

/**
 * Checks a login and a password.
 *
 * Failures count per login and address together: who guesses at an account from elsewhere cannot lock its owner out.
 * A second, wider count per address stops one machine from trying one password on many logins.
 *
 * Processes that share the counters count together; a try that cannot be counted fails.
 *
 * @param deps.triesPerQuarterHour failures allowed per login and address in 15 minutes
 */
export function makeSignIn(deps: {
  accounts: AccountRepository
  triesPerQuarterHour: number
  counters: Counters
  now: () => Date
}): SignIn {
  const { counters, now, triesPerQuarterHour: tries } = deps
  const window = { windowMs: TRY_WINDOW_MS, counters, now }
  const perPair = createTryLimiter({ ...window, name: 'sign-in of a login', tries })
  const perAddress = createTryLimiter({ ...window, name: 'sign-in', tries: tries * LOGINS_PER_ADDRESS })

  return async ({ login: typed, password, address }) => {
    const login = normalizeLogin(typed)
    const pair = `${address} ${login}`
    if (!(await perAddress.take(address))) return { kind: 'too_many_tries' }
    if (!(await perPair.take(pair))) return { kind: 'too_many_tries' }
    const record = await deps.accounts.findByLogin(login)
    const isRight = await isRightPassword(record?.passwordHash, password)
    if (!record || !isRight || record.disabledAt !== null) return { kind: 'refused', login: record?.login ?? null }
    await perPair.forget(pair)
    await perAddress.giveBack(address)
    const { passwordHash: _, ...account } = record
    return { kind: 'signed_in', account }
  }
}
