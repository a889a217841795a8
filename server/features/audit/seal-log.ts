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
  /** Responses under one seal. */
  readonly mostInSeal?: number
}

/** By then everything that was given an id is stored, also by a server whose clock is behind. */
const SETTLED_AFTER_MS = 10 * 60_000
/** A server that is stopped before it has sealed what a million answers left goes on from here. */
const MOST_IN_SEAL = 50_000
const ACTOR: Actor = { type: 'job', name: 'seal' }

/** Puts the responses stored since the last seal under one, then signs the end of the log. */
export function makeSealLog({ log, recordEvent, stored, signer, now, mostInSeal = MOST_IN_SEAL }: SealNeeds) {
  /** @returns whether there are more */
  async function sealSome(signal?: AbortSignal): Promise<boolean> {
    const last = await log.lastOf('responses_sealed')
    const fromId = (last && sealIn(last.details)?.toId) ?? FIRST_ID
    const settledId = idAt(new Date(now().getTime() - SETTLED_AFTER_MS))
    if (settledId <= fromId) return false
    const { count, digest, nextId } = await digestResponses(stored.between(fromId, settledId), mostInSeal, signal)
    const details = detailsOf({ fromId, toId: nextId ?? settledId, count, digest })
    await recordEvent({ kind: 'responses_sealed', actor: ACTOR, subject: 'responses', details })
    return nextId !== null
  }

  async function signEnd(): Promise<void> {
    const end = await log.end()
    if (signer === null || end.seq === 0) return
    const at = now().toISOString()
    const signature = signer.sign(Buffer.from(headText({ ...end, at }))).toString('base64')
    await log.addHead({ ...end, at, keyId: signer.keyId, signature })
  }

  return async (signal?: AbortSignal): Promise<void> => {
    while (await sealSome(signal)) signal?.throwIfAborted()
    await signEnd()
  }
}
