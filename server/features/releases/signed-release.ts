import { canonicalJson } from '../../domain/questionnaire/canonical.js'
import type { ReleaseSignature } from '../../domain/release/release.js'
import { isSignedBy, type Signer } from '../../platform/signing.js'
import { sha256 } from './digests.js'

const signedBytes = ({ release, manifestSha256, publishedAt, keyId }: Omit<ReleaseSignature, 'signature'>) =>
  Buffer.from(canonicalJson({ release, manifestSha256, publishedAt, keyId }))

/** Signs a release at the instant of its publication. */
export function signRelease(signer: Signer, release: string, manifest: string, publishedAt: Date): ReleaseSignature {
  const unsigned = {
    release,
    manifestSha256: sha256(manifest),
    publishedAt: publishedAt.toISOString(),
    keyId: signer.keyId,
  }
  return { ...unsigned, signature: signer.sign(signedBytes(unsigned)).toString('base64') }
}

/** Whether the signature is the key's; what it signs is compared apart. */
export const isSigned = (signature: ReleaseSignature, publicKey: string): boolean =>
  isSignedBy(signedBytes(signature), Buffer.from(signature.signature, 'base64'), publicKey)
