import { randomBytes } from 'node:crypto'
import { hash, type Options, verify } from '@node-rs/argon2'
import { normalizePassword } from './password-rules.js'

/**
 * Argon2id with 19 MiB of memory, two passes, one lane.
 *
 * @see OWASP Cheat Sheet Series, "Password Storage", section Argon2id: minimum of m=19456 (19 MiB), t=2, p=1
 */
const ARGON2ID: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 }

/** The hash to store, in PHC string form with its own random salt. */
export function hashPassword(password: string): Promise<string> {
  return hash(normalizePassword(password), ARGON2ID)
}

let hashOfNobody: Promise<string> | undefined

/**
 * Whether the password belongs to the hash.
 *
 * Without a hash (no such login) it works as long and says no, so that the time taken does not tell which logins exist.
 */
export async function isRightPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  hashOfNobody ??= hashPassword(randomBytes(32).toString('base64'))
  const matches = await verify(passwordHash ?? (await hashOfNobody), normalizePassword(password))
  return matches && passwordHash !== undefined
}
