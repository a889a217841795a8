import type { Role } from '../../domain/access/permissions.js'

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
  readonly createdAt: Date
  /** From when on the account is refused; `null` while in use. */
  readonly disabledAt: Date | null
}

/** An account as stored, with the hash of its password. */
export interface AccountRecord extends Account {
  /** Argon2id in PHC string form, salt included. */
  readonly passwordHash: string
}

/** The form under which a login is stored and looked up: case and outer spaces do not count. */
export function normalizeLogin(typed: string): string {
  return typed.trim().normalize('NFKC').toLowerCase()
}
