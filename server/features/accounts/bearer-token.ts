import { createHash, randomBytes } from 'node:crypto'

const TOKEN_BYTES = 32

const randomText = () => randomBytes(TOKEN_BYTES).toString('base64url')

/** A new secret for a link; 256 random bits. */
export const newLinkToken = (): string => randomText()

/** A new secret of 256 random bits; the prefix lets secret scanners find one that was left lying about. */
export function newBearerToken(): string {
  return `hailong_${randomText()}`
}

/**
 * What is stored of a token.
 *
 * A plain SHA-256 is enough: 256 random bits cannot be guessed, so a slow hash would protect nothing.
 */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
