import { randomBytes } from 'node:crypto'
import { hash, type Options, verify } from '@node-rs/argon2'

/**
 * Argon2id with 19 MiB of memory, two passes, one lane.
 *
 * @see OWASP Cheat Sheet Series, "Password Storage", section Argon2id: minimum of m=19456 (19 MiB), t=2, p=1
 */
const ARGON2ID: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 }

/** Rule: shorter passwords are refused. */
export const MIN_PASSWORD_LENGTH = 12
/** Longer ones are refused, so that nobody can make the server hash megabytes. */
export const MAX_PASSWORD_LENGTH = 200

export type PasswordFault = 'password_too_short' | 'password_too_long' | 'password_is_login'

/** One spelling per password: "ế" typed as one character or as three is the same. */
const normalize = (password: string) => password.normalize('NFKC')

/**
 * What is wrong with a new password; length counts characters as people see code points.
 *
 * No rules on digits or symbols: length is what counts.
 *
 * @see NIST SP 800-63B, section 5.1.1.2 (length over composition rules)
 */
export function passwordFault(password: string, login: string): PasswordFault | undefined {
  const text = normalize(password)
  const length = [...text].length
  if (length < MIN_PASSWORD_LENGTH) return 'password_too_short'
  if (length > MAX_PASSWORD_LENGTH) return 'password_too_long'
  return text.toLowerCase() === login.toLowerCase() ? 'password_is_login' : undefined
}

/** The hash to store, in PHC string form with its own random salt. */
export function hashPassword(password: string): Promise<string> {
  return hash(normalize(password), ARGON2ID)
}

let hashOfNobody: Promise<string> | undefined

/**
 * Whether the password belongs to the hash.
 *
 * Without a hash (no such login) it works as long and says no, so that the time taken does not tell which logins exist.
 */
export async function isRightPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  hashOfNobody ??= hashPassword(randomBytes(32).toString('base64'))
  const matches = await verify(passwordHash ?? (await hashOfNobody), normalize(password))
  return matches && passwordHash !== undefined
}
