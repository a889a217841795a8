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

/** The same of bytes that come one piece after the other. */
export function saltedMeter(salt: string) {
  const hmac = createHmac('sha256', Buffer.from(salt, 'hex'))
  let bytes = 0
  return {
    add(piece: Uint8Array): void {
      hmac.update(piece)
      bytes += piece.length
    },
    result: () => ({ bytes, digest: hmac.digest('hex') }),
  }
}
