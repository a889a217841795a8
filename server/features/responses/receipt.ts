import { createHmac } from 'node:crypto'

/** Crockford's base 32: no I, L, O, U, so that a code read aloud or written down comes back the same. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const GROUPS = 3
const GROUP_LENGTH = 4
const BITS = 5

/** A receipt code as printed on the thanks page and taken from an address. */
export const RECEIPT_PATTERN = /^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}$/

/**
 * The code a respondent may keep: proves that a response was received, says nothing of who or what.
 *
 * HMAC-SHA256 of the submission id, cut to 60 bits: among ten million responses two codes coincide with a chance of
 * about 1 in 23 000. Derived, so nothing beside the response is stored, and the id cannot be worked out from it.
 *
 * @param submissionId UUID of the submission
 * @param secret the server's secret; another one gives other codes
 * @see Crockford, D., "Base 32", https://www.crockford.com/base32.html
 */
export function receiptOf(submissionId: string, secret: string): string {
  const digest = createHmac('sha256', secret).update(`receipt:${submissionId.toLowerCase()}`).digest()
  let bits = digest.readBigUInt64BE() >> 4n
  let code = ''
  for (let i = 0; i < GROUPS * GROUP_LENGTH; i += 1) {
    code = ALPHABET[Number(bits & 31n)] + code
    bits >>= BigInt(BITS)
  }
  return code.match(/.{4}/g)?.join('-') ?? code
}
