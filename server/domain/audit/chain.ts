/**
 * The chain: each event carries the hash of the one before, so that an event cannot be changed, taken out, put in or moved without
 * changing every later hash; and those are signed.
 */
import { canonicalJson } from '../questionnaire/canonical.js'
import type { AuditEvent, AuditNote } from './audit-event.js'

/** SHA-256 of a text in UTF-8, hexadecimal. */
export type Hash = (text: string) => string

/** The last event so far. */
export type ChainEnd = Pick<AuditEvent, 'seq' | 'hash'>

/** Before the first event. */
export const CHAIN_START: ChainEnd = { seq: 0, hash: '0'.repeat(64) }

const hashOf = ({ hash: _, ...rest }: AuditEvent, hash: Hash) => hash(canonicalJson(rest))

/** The event that a note becomes after the last one. */
export function linkAfter(end: ChainEnd, note: AuditNote, at: string, hash: Hash): AuditEvent {
  const { kind, actor, subject, details } = note
  const event = { seq: end.seq + 1, at, kind, actor, subject, details, previousHash: end.hash, hash: '' }
  return { ...event, hash: hashOf(event, hash) }
}

/** Where a log is not what was written. */
export interface ChainFault {
  /**
   * `missing`: events before this one are gone. `out_of_place`: it stands where another belongs. `changed`: its text is another
   * than its hash says. `unlinked`: the one before is another than it was written after.
   */
  readonly kind: 'missing' | 'out_of_place' | 'changed' | 'unlinked'
  readonly seq: number
}

function isChanged(event: AuditEvent, hash: Hash): boolean {
  try {
    return hashOf(event, hash) !== event.hash
  } catch {
    // Something that no event can hold was written into it.
    return true
  }
}

/**
 * Checks that an event follows on the one before.
 *
 * @returns `null` when it does
 */
export function faultAfter(end: ChainEnd, event: AuditEvent, hash: Hash): ChainFault | null {
  const { seq } = event
  if (seq > end.seq + 1) return { kind: 'missing', seq }
  if (seq <= end.seq) return { kind: 'out_of_place', seq }
  if (isChanged(event, hash)) return { kind: 'changed', seq }
  return event.previousHash === end.hash ? null : { kind: 'unlinked', seq }
}
