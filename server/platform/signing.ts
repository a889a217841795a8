/** Signatures under what others must be able to check without us: releases, and whatever else is sealed. Ed25519 (RFC 8032). */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'

/** Signs with the city's private key. */
export interface Signer {
  /** SHA-256 of the public key (DER, SubjectPublicKeyInfo), 64 lower-case hexadecimal digits. */
  readonly keyId: string
  /** PEM, as `openssl pkey -pubin` reads it. */
  readonly publicKey: string
  /** @returns 64 bytes; equal for equal bytes */
  sign(bytes: Uint8Array): Buffer
}

const ALGORITHM = 'ed25519'

function onlyEd25519(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== ALGORITHM) throw new RangeError(`Not an Ed25519 key but ${key.asymmetricKeyType}`)
  return key
}

const pemOf = (publicKey: KeyObject) => publicKey.export({ type: 'spki', format: 'pem' }).toString()

/**
 * The name of a public key.
 *
 * @param publicKey PEM
 * @throws when it is no Ed25519 key
 */
export function keyIdOf(publicKey: string): string {
  const der = onlyEd25519(createPublicKey(publicKey)).export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(der).digest('hex')
}

/** A new private key as the setting `SIGNING_KEY` takes it: PKCS #8, DER, base64 in one line. */
export const newSigningKey = (): string =>
  generateKeyPairSync(ALGORITHM).privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')

/**
 * A signer of the private key in `SIGNING_KEY`.
 *
 * @throws when the text is no Ed25519 key in PKCS #8
 */
export function createSigner(signingKey: string): Signer {
  const key = onlyEd25519(createPrivateKey({ key: Buffer.from(signingKey, 'base64'), format: 'der', type: 'pkcs8' }))
  const publicKey = pemOf(createPublicKey(key))
  return { keyId: keyIdOf(publicKey), publicKey, sign: (bytes) => sign(null, bytes, key) }
}

/**
 * Whether the signature is of these bytes by this key.
 *
 * @param publicKey PEM
 * @throws when it is no Ed25519 key
 */
export const isSignedBy = (bytes: Uint8Array, signature: Uint8Array, publicKey: string): boolean =>
  verify(null, bytes, onlyEd25519(createPublicKey(publicKey)), signature)

/** Whether a setting holds a key that `createSigner` takes. */
export function isSigningKey(text: string): boolean {
  try {
    createSigner(text)
    return true
  } catch {
    return false
  }
}
