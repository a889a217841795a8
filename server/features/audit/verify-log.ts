import type { AuditEvent } from '../../domain/audit/audit-event.js'
import { CHAIN_START, type ChainEnd, type ChainFault, faultAfter, type Hash } from '../../domain/audit/chain.js'
import { type AuditHead, headText } from '../../domain/audit/head.js'
import { type Removal, removalIn, removalText, stretchKey, withoutOf } from '../../domain/audit/removal.js'
import { FIRST_ID, type ResponseSeal, sealIn } from '../../domain/audit/seal.js'
import type { StoredResponses } from '../responses/index.js'
import type { AuditLog } from './audit.repository.js'
import { digestResponses, withoutItems } from './digest-responses.js'

/** What is wrong with a log, or with what it seals. */
export type LogFault =
  | ChainFault
  /** A head is not signed by the key it is checked with. */
  | { readonly kind: 'bad_signature'; readonly seq: number }
  /** The log does not hold the event that was signed: it was cut off, or written anew. */
  | { readonly kind: 'head_not_in_log'; readonly seq: number; readonly at: string }
  /** Seals leave out a stretch of time, or overlap. */
  | { readonly kind: 'seal_gap'; readonly seq: number }
  /** Responses were changed, taken out or put in since they were sealed. */
  | {
      readonly kind: 'responses_differ'
      readonly seq: number
      readonly seal: ResponseSeal
      readonly foundCount: number
    }
  /** A removal that nobody with the key signed, or that began from something else than was there. */
  | { readonly kind: 'bad_removal'; readonly seq: number }
  /** A removal was written down and not carried out to its end: the job goes on with it. */
  | { readonly kind: 'removal_unfinished'; readonly seq: number; readonly seal: ResponseSeal }
  /** Responses that no intake stored: their ids are none. */
  | { readonly kind: 'foreign_responses'; readonly count: number }

/** What was looked through. */
export interface LogCheck {
  readonly faults: readonly LogFault[]
  readonly eventCount: number
  readonly headCount: number
  readonly sealedCount: number
  /** Responses stored since the last seal: nothing is known of them yet. */
  readonly unsealedCount: number
  readonly end: ChainEnd
}

/** What a check needs. */
export interface VerifyNeeds {
  readonly log: Pick<AuditLog, 'stream' | 'streamHeads'>
  readonly stored: StoredResponses
  readonly hash: Hash
  /** Whether the key that heads are to be signed by signed this one. */
  readonly isSigned: (bytes: Uint8Array, by: Pick<AuditHead, 'keyId' | 'signature'>) => boolean
  /** Heads that somebody kept elsewhere: what was cut off here is in them. */
  readonly keptHeads: readonly AuditHead[]
}

async function headsOf({ log, keptHeads }: VerifyNeeds): Promise<readonly AuditHead[]> {
  const heads = [...keptHeads]
  for await (const head of log.streamHeads()) heads.push(head)
  return heads.toSorted((a, b) => a.seq - b.seq)
}

/** A seal, or what removals have left of it since. */
interface SealedNow extends ResponseSeal {
  /** The last removal from it. */
  readonly removal: Removal | null
}

/** Each seal against what lies in the database now, and the stretches between them. */
async function checkSeals(seals: ReadonlyMap<number, SealedNow>, stored: StoredResponses) {
  const faults: LogFault[] = []
  let end = FIRST_ID
  let sealedCount = 0
  for (const [seq, seal] of seals) {
    if (seal.fromId !== end) faults.push({ kind: 'seal_gap', seq })
    end = seal.toId
    const found = await digestResponses(stored.between(seal.fromId, seal.toId))
    sealedCount += found.count
    const isSame = found.count === seal.count && found.digest === seal.digest
    if (isSame) continue
    const isUnfinished = seal.removal !== null && (await digestWithout(stored, seal.removal)) === seal.digest
    faults.push(
      isUnfinished
        ? { kind: 'removal_unfinished', seq, seal }
        : { kind: 'responses_differ', seq, seal, foundCount: found.count },
    )
  }
  const { count: unsealedCount } = await digestResponses(stored.between(end, null))
  const foreign = (await stored.count()) - sealedCount - unsealedCount
  if (foreign > 0) faults.push({ kind: 'foreign_responses', count: foreign })
  return { faults, sealedCount, unsealedCount }
}

/** The digest of a stretch as it will be once its removal is carried out. */
async function digestWithout(stored: StoredResponses, removal: Removal): Promise<string> {
  const without = withoutOf(removal)
  const { fromId, toId } = removal
  async function* cut() {
    for await (const response of stored.between(fromId, toId)) yield withoutItems(response, without)
  }
  return (await digestResponses(cut())).digest
}

/** A seal after a removal, or `null` where the removal cannot be right. */
function afterRemoval(
  seals: ReadonlyMap<number, SealedNow>,
  removal: Removal,
  isSigned: VerifyNeeds['isSigned'],
): readonly [number, SealedNow] | null {
  const found = [...seals].find(([, seal]) => stretchKey(seal) === stretchKey(removal))
  if (found === undefined || found[1].digest !== removal.before || found[1].count !== removal.count) return null
  if (!isSigned(Buffer.from(removalText(removal)), removal)) return null
  return [found[0], { ...found[1], digest: removal.digest, removal }]
}

/**
 * Looks through the whole log, its signed heads and the responses that it seals, and names everything that is not as written.
 *
 * While responses come in, those of the last minutes may be told as foreign or not; a check of a copy is exact.
 */
export async function verifyLog(needs: VerifyNeeds): Promise<LogCheck> {
  const { log, stored, hash, isSigned } = needs
  const heads = await headsOf(needs)
  const wanted = new Set(heads.map(({ seq }) => seq))
  const faults: LogFault[] = []
  const hashes = new Map<number, string>()
  const seals = new Map<number, SealedNow>()
  let end: ChainEnd = CHAIN_START
  let eventCount = 0
  const takeRemoval = ({ seq, details }: AuditEvent) => {
    const removal = removalIn(details)
    const left = removal && afterRemoval(seals, removal, isSigned)
    if (left) seals.set(...left)
    else faults.push({ kind: 'bad_removal', seq })
  }
  const take = (event: AuditEvent) => {
    const fault = faultAfter(end, event, hash)
    if (fault !== null) faults.push(fault)
    const seal = event.kind === 'responses_sealed' ? sealIn(event.details) : null
    if (seal !== null) seals.set(event.seq, { ...seal, removal: null })
    if (event.kind === 'answers_removed') takeRemoval(event)
    if (wanted.has(event.seq)) hashes.set(event.seq, event.hash)
    end = event
    eventCount += 1
  }
  for await (const event of log.stream()) take(event)
  for (const head of heads) {
    const { seq, at } = head
    if (!isSigned(Buffer.from(headText(head)), head)) faults.push({ kind: 'bad_signature', seq })
    else if (hashes.get(seq) !== head.hash) faults.push({ kind: 'head_not_in_log', seq, at })
  }
  const { faults: sealFaults, ...counts } = await checkSeals(seals, stored)
  const { seq, hash: endHash } = end
  return {
    faults: [...faults, ...sealFaults],
    eventCount,
    headCount: heads.length,
    ...counts,
    end: { seq, hash: endHash },
  }
}
