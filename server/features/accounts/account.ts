import type { ScopeLimits } from '../../domain/access/limits.js'
import { needsSecondFactor, type Role } from '../../domain/access/permissions.js'

/** A member of staff who can sign in, without the secret part. */
export interface Account {
  readonly id: string
  /** `[a-z0-9._-]{2,60}`, never reused. */
  readonly login: string
  /** Shown in the page header. */
  readonly name: string
  readonly role: Role
  /** The unit of an agency's account; `null` for every other role. */
  readonly unitUid: string | null
  /** What of the unit it may see. */
  readonly limits: ScopeLimits
  readonly createdAt: Date
  /** From when on the account is refused; `null` while in use. */
  readonly disabledAt: Date | null
  /** Whether signing in takes a code of an app beside the password. */
  readonly hasSecondFactor: boolean
}

/** What is stored of a second factor. */
export interface StoredSecondFactor {
  /** The app's secret, which the database alone does not give away. */
  readonly sealedSecret: string
  /** Time step of the last code taken: none is taken twice. */
  readonly lastStep: number
  readonly recoveryHashes: readonly string[]
}

/** An account as stored, with the hash of its password. */
export interface AccountRecord extends Account {
  /** Argon2id in PHC string form, salt included. */
  readonly passwordHash: string
}

/** Whether the account may do nothing yet but set its second factor up. */
export const owesSecondFactor = ({ role, hasSecondFactor }: Account): boolean =>
  !hasSecondFactor && needsSecondFactor(role)

/** The form under which a login is stored and looked up: case and outer spaces do not count. */
export function normalizeLogin(typed: string): string {
  return typed.trim().normalize('NFKC').toLowerCase()
}
