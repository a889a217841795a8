import type { Counters } from '../../platform/limits/counters.js'
import { type Account, normalizeLogin } from './account.js'
import type { AccountRepository } from './account.repository.js'
import { isRightPassword } from './hash-password.js'
import type { KnownDevices } from './known-device.js'
import { createTryLimiter } from './limit-tries.js'

export interface SignInRequest {
  readonly login: string
  readonly password: string
  /** Client address, only to limit tries; never stored. */
  readonly address: string
  /** Shown by a browser in which somebody signed in before. */
  readonly deviceMark?: string | undefined
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
export const TRY_WINDOW_MS = TRY_WINDOW_MINUTES * 60_000

/**
 * Checks a login and a password.
 *
 * A browser in which the login was signed in before has an allowance of its own. Nobody else can use it up, so that its owner is
 * never locked out by those who guess. All others share three: per login and address, so that an office is not shut out by one
 * of it; per address, against one password tried on many logins; per login, against many machines that guess at one account.
 *
 * Processes that share the counters count together; a try that cannot be counted fails.
 *
 * @param deps.triesPerQuarterHour failures allowed per login and address in 15 minutes
 */
export function makeSignIn(deps: {
  accounts: AccountRepository
  triesPerQuarterHour: number
  devices: KnownDevices
  counters: Counters
  now: () => Date
}): SignIn {
  const { counters, now, triesPerQuarterHour: tries } = deps
  const window = { windowMs: TRY_WINDOW_MS, counters, now }
  const perPair = createTryLimiter({ ...window, name: 'sign-in of a login', tries })
  const perDevice = createTryLimiter({ ...window, name: 'sign-in on a known device', tries })
  const perAddress = createTryLimiter({ ...window, name: 'sign-in', tries: tries * LOGINS_PER_ADDRESS })
  const perLogin = createTryLimiter({
    ...window,
    name: 'sign-in of a login anywhere',
    tries: tries * LOGINS_PER_ADDRESS,
  })

  /** The allowances that a try draws on, the narrowest first: one that is refused there takes nothing from the others. */
  function allowancesOf(login: string, address: string, mark: string | undefined) {
    const device = deps.devices.recognise(mark, login)
    if (device !== undefined) return [[perDevice, `${device} ${login}`]] as const
    return [
      [perPair, `${address} ${login}`],
      [perAddress, address],
      [perLogin, login],
    ] as const
  }

  return async ({ login: typed, password, address, deviceMark }) => {
    const login = normalizeLogin(typed)
    const allowances = allowancesOf(login, address, deviceMark)
    for (const [limiter, key] of allowances) if (!(await limiter.take(key))) return { kind: 'too_many_tries' }
    const record = await deps.accounts.findByLogin(login)
    const isRight = await isRightPassword(record?.passwordHash, password)
    if (!record || !isRight || record.disabledAt !== null) return { kind: 'refused', login: record?.login ?? null }
    const [[own, ownKey], ...shared] = allowances
    await own.forget(ownKey)
    for (const [limiter, key] of shared) await limiter.giveBack(key)
    const { passwordHash: _, ...account } = record
    return { kind: 'signed_in', account }
  }
}
