import type { Counters } from '../../platform/limits/counters.js'
import type { SecretBox } from '../../platform/secret-box.js'
import type { Account } from './account.js'
import type { AccountRepository } from './account.repository.js'
import { createTryLimiter } from './limit-tries.js'
import { codeStep, newCodeSecret } from './one-time-code.js'
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-codes.js'
import { TRY_WINDOW_MS } from './sign-in.js'

export type CodeOutcome = 'right' | 'wrong' | 'too_many_tries'

/** The codes of an app, and those that stand in for it. */
export interface SecondFactors {
  /** A new secret, sealed: kept in the session until its first code has come. */
  begin(): string
  /** The secret of a sealed one; `undefined` when it is not ours. */
  reveal(sealed: string): string | undefined
  /** Takes a secret into use after its first code. @returns recovery codes, shown this once; `undefined` for a wrong code */
  enrol(account: Account, sealed: string, code: string): Promise<readonly string[] | undefined>
  /** Checks a code of the app or a recovery code; each works once. */
  check(accountId: string, typed: string): Promise<CodeOutcome>
}

const spaceless = (typed: string) => typed.replaceAll(/\s/g, '')

/**
 * Binds the second factor to where accounts are kept.
 *
 * Tries count by account, wherever they come from: whoever can make one has the password already.
 */
export function makeSecondFactors(deps: {
  readonly accounts: AccountRepository
  readonly box: SecretBox
  readonly triesPerQuarterHour: number
  readonly counters: Counters
  readonly now: () => Date
}): SecondFactors {
  const { accounts, box, counters, now, triesPerQuarterHour: tries } = deps
  const limiter = createTryLimiter({ name: 'second factor', tries, windowMs: TRY_WINDOW_MS, counters, now })

  async function isRight(accountId: string, typed: string): Promise<boolean> {
    const code = spaceless(typed)
    if (!/^\d{6}$/.test(code)) return accounts.takeRecoveryCode(accountId, hashOfRecoveryCode(code))
    const sealed = await accounts.findSealedSecret(accountId)
    const secret = sealed === undefined ? undefined : box.open(sealed)
    const step = secret === undefined ? undefined : codeStep(secret, code, now())
    return step !== undefined && accounts.takeCodeStep(accountId, step)
  }

  return {
    begin: () => box.seal(newCodeSecret()),
    reveal: (sealed) => box.open(sealed),
    async enrol(account, sealed, typed) {
      const secret = box.open(sealed)
      const step = secret === undefined ? undefined : codeStep(secret, spaceless(typed), now())
      if (step === undefined) return undefined
      const codes = newRecoveryCodes()
      const recoveryHashes = codes.map(hashOfRecoveryCode)
      const isFirst = await accounts.addSecondFactor(account.id, {
        sealedSecret: sealed,
        lastStep: step,
        recoveryHashes,
      })
      return isFirst ? codes : undefined
    },
    async check(accountId, typed) {
      if (!(await limiter.take(accountId))) return 'too_many_tries'
      if (!(await isRight(accountId, typed))) return 'wrong'
      await limiter.forget(accountId)
      return 'right'
    },
  }
}
