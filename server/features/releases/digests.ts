import { createHash, createHmac } from 'node:crypto'

/** 64 lower-case hexadecimal digits. */
export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/**
 * The digest of a restricted file under the release's salt (64 hexadecimal digits): who has no salt cannot try out contents.
 *
 * @see RFC 2104
 */
export const saltedDigest = (salt: string, bytes: Uint8Array): string =>
  createHmac('sha256', Buffer.from(salt, 'hex')).update(bytes).digest('hex')
