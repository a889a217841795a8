import { canonicalJson } from '../questionnaire/canonical.js'
import type { ChainEnd } from './chain.js'

/** The end of the log at an instant, signed: whoever kept it can tell whether the log before it was rewritten. */
export interface AuditHead extends ChainEnd {
  /** Instant of the signature, ISO 8601 in UTC. */
  readonly at: string
  readonly keyId: string
  /** Ed25519 over `headText`, base64. */
  readonly signature: string
}

/** What is signed: canonical JSON (RFC 8785) of place, hash and instant. */
export const headText = ({ seq, hash, at }: Pick<AuditHead, 'seq' | 'hash' | 'at'>): string =>
  canonicalJson({ log: 'hai-long-audit', seq, hash, at })
