import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** A text that a copy of the database does not give away. */
export interface SecretBox {
  seal(text: string): string
  /** `undefined` when it was sealed with another secret, or altered. */
  open(sealed: string): string | undefined
}

/**
 * Seals texts with AES-256-GCM.
 *
 * @param secret of the server; without it nothing sealed can be read
 * @param purpose gives each use a key of its own
 */
export function createSecretBox(secret: string, purpose: string): SecretBox {
  const key = createHmac('sha256', secret).update(purpose).digest()
  return {
    seal(text) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(CIPHER, key, nonce)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url')
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES))
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
      try {
        return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)).toString('utf8') + decipher.final('utf8')
      } catch {
        // The tag does not fit: another secret, or altered.
        return undefined
      }
    },
  }
}
