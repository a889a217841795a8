import { createHash } from 'node:crypto'
import type { AuditNote } from '../../domain/audit/audit-event.js'
import {
  type Removal,
  removalDetails,
  removalIn,
  removalText,
  stretchKey,
  type Without,
} from '../../domain/audit/removal.js'
import { type ResponseSeal, sealIn } from '../../domain/audit/seal.js'
import type { Signer } from '../../platform/signing.js'
import type { StoredResponses } from '../responses/index.js'
import type { AuditLog } from './audit.repository.js'
import { textOf, withoutItems } from './digest-responses.js'
import type { RecordEvent } from './record-event.js'

/** What removing needs. */
export interface RemovalNeeds {
  readonly log: Pick<AuditLog, 'stream'>
  readonly stored: StoredResponses
  readonly recordEvent: RecordEvent
  readonly signer: Signer | null
}

/** What came of removing answers from all sealed responses of a wave. */
export interface RemovalOutcome {
  /** Responses that lost something in this run. */
  readonly removed: number
  /** Stretches that are not as they were sealed: nothing of them was touched. */
  readonly altered: readonly ResponseSeal[]
  /** Last id that is under a seal. */
  readonly sealedTo: string | null
}

const ACTOR: AuditNote['actor'] = { type: 'job', name: 'retention' }

/** Each sealed stretch with what it is to be now. */
async function stretchesOf(log: RemovalNeeds['log']): Promise<readonly ResponseSeal[]> {
  const stretches = new Map<string, ResponseSeal>()
  for await (const { kind, details } of log.stream()) {
    const seal = kind === 'responses_sealed' ? sealIn(details) : null
    if (seal !== null) stretches.set(stretchKey(seal), seal)
    const removal = kind === 'answers_removed' ? removalIn(details) : null
    const sealed = removal && stretches.get(stretchKey(removal))
    if (removal && sealed) stretches.set(stretchKey(removal), { ...sealed, digest: removal.digest })
  }
  return [...stretches.values()]
}

/** Digests of a stretch as it lies there, and without the answers; and who has one. */
async function digestsOf(stored: StoredResponses, { fromId, toId }: ResponseSeal, without: Without) {
  const [as, cut] = [createHash('sha256'), createHash('sha256')]
  const withAnswer: string[] = []
  let count = 0
  for await (const response of stored.between(fromId, toId)) {
    const left = withoutItems(response, without)
    as.update(`${textOf(response)}\n`, 'utf8')
    cut.update(`${textOf(left)}\n`, 'utf8')
    count += 1
    if (left.fields !== response.fields) withAnswer.push(response.id)
  }
  return { count, before: as.digest('hex'), digest: cut.digest('hex'), withAnswer }
}

/** Writes a removal down, signed. */
async function recordRemoval(
  { recordEvent }: Pick<RemovalNeeds, 'recordEvent'>,
  signer: Signer,
  facts: Omit<Removal, 'keyId' | 'signature'>,
): Promise<void> {
  const own = { ...facts, keyId: signer.keyId }
  const signature = signer.sign(Buffer.from(removalText(own))).toString('base64')
  await recordEvent({
    kind: 'answers_removed',
    actor: ACTOR,
    subject: facts.wave,
    details: removalDetails({ ...own, signature }),
  })
}

const mayHold = ({ fromId, toId }: ResponseSeal, { ids }: Without) =>
  ids === undefined || ids.some((id) => fromId <= id && id < toId)

const factsOf = ({ wave, items, ids }: Without) => ({
  wave,
  items: items.join(' '),
  ...(ids === undefined ? {} : { ids: ids.join(' ') }),
})

/**
 * Removes answers from the sealed responses of a wave, or from some of them, stretch by stretch: first the event, signed, then the act. A crash between the two
 * is made good by the next run. A stretch that is not as it was sealed is left alone.
 *
 * @throws {Error} without a key: what nobody signed could be anybody's
 */
export function makeRemoveAnswers(needs: RemovalNeeds) {
  const { log, stored, signer } = needs
  return async (without: Without, signal?: AbortSignal): Promise<RemovalOutcome> => {
    if (signer === null) throw new Error('Answers cannot be removed without SIGNING_KEY: the removal must be signed')
    const stretches = await stretchesOf(log)
    const altered: ResponseSeal[] = []
    let removed = 0
    for (const stretch of stretches.filter((one) => mayHold(one, without))) {
      signal?.throwIfAborted()
      const { withAnswer, ...found } = await digestsOf(stored, stretch, without)
      if (withAnswer.length === 0) continue
      // After the removal already: written down by a run that did not come to its end.
      if (![found.before, found.digest].includes(stretch.digest)) {
        altered.push(stretch)
        continue
      }
      const { fromId, toId } = stretch
      const facts = { ...factsOf(without), fromId, toId, ...found, removed: withAnswer.length }
      if (found.before === stretch.digest) await recordRemoval(needs, signer, facts)
      await stored.removeAnswers(withAnswer, without.items)
      removed += withAnswer.length
    }
    return { removed, altered, sealedTo: stretches.at(-1)?.toId ?? null }
  }
}

export type RemoveAnswers = ReturnType<typeof makeRemoveAnswers>
