import type { Actor } from '../../domain/audit/audit-event.js'
import { headText } from '../../domain/audit/head.js'
import { detailsOf, FIRST_ID, idAt, sealIn } from '../../domain/audit/seal.js'
import type { Signer } from '../../platform/signing.js'
import type { StoredResponses } from '../responses/index.js'
import type { AuditLog } from './audit.repository.js'
import { digestResponses } from './digest-responses.js'
import type { RecordEvent } from './record-event.js'

/** What the sealing needs. */
export interface SealNeeds {
  readonly log: AuditLog
  readonly recordEvent: RecordEvent
  readonly stored: StoredResponses
  /** Without a key the log is still chained, and nobody outside can check it. */
  readonly signer: Signer | null
  readonly now: () => Date
}

/** By then everything that was given an id is stored, also by a server whose clock is behind. */
const SETTLED_AFTER_MS = 10 * 60_000
const ACTOR: Actor = { type: 'job', name: 'seal' }

/** Puts the responses stored since the last seal under one, then signs the end of the log. */
export function makeSealLog({ log, recordEvent, stored, signer, now }: SealNeeds) {
  async function sealResponses(signal?: AbortSignal): Promise<void> {
    const last = await log.lastOf('responses_sealed')
    const fromId = (last && sealIn(last.details)?.toId) ?? FIRST_ID
    const toId = idAt(new Date(now().getTime() - SETTLED_AFTER_MS))
    if (toId <= fromId) return
    const found = await digestResponses(stored.between(fromId, toId), signal)
    const details = detailsOf({ fromId, toId, ...found })
    await recordEvent({ kind: 'responses_sealed', actor: ACTOR, subject: 'responses', details })
  }

  async function signEnd(): Promise<void> {
    const end = await log.end()
    if (signer === null || end.seq === 0) return
    const at = now().toISOString()
    const signature = signer.sign(Buffer.from(headText({ ...end, at }))).toString('base64')
    await log.addHead({ ...end, at, keyId: signer.keyId, signature })
  }

  return async (signal?: AbortSignal): Promise<void> => {
    await sealResponses(signal)
    await signEnd()
  }
}
