import type { AuditDetails } from './audit-event.js'

/**
 * The responses stored in a stretch of time, under one digest: one that is changed, taken out or put in later gives another.
 *
 * A stretch is one of ids, which carry the second at which a response was stored; it begins where the last one ended.
 */
export interface ResponseSeal {
  readonly fromId: string
  /** First id no longer in it. */
  readonly toId: string
  readonly count: number
  /** SHA-256, hexadecimal, over the canonical JSON of each response and a line feed, in the order of ids. */
  readonly digest: string
}

/** Below every id. */
export const FIRST_ID = '0'.repeat(24)

/** The smallest id that a response stored at an instant can have. */
export const idAt = (instant: Date): string =>
  `${Math.floor(instant.getTime() / 1000)
    .toString(16)
    .padStart(8, '0')}${'0'.repeat(16)}`

/** The second from which on an id can have been given. */
export const instantOf = (id: string): Date => new Date(Number.parseInt(id.slice(0, 8), 16) * 1000)

export const detailsOf = ({ fromId, toId, count, digest }: ResponseSeal): AuditDetails => ({
  fromId,
  toId,
  count,
  digest,
})

/** The seal that an event's details tell; `null` when they tell none. */
export function sealIn({ fromId, toId, count, digest }: AuditDetails): ResponseSeal | null {
  const isSeal =
    typeof fromId === 'string' && typeof toId === 'string' && typeof count === 'number' && typeof digest === 'string'
  return isSeal ? { fromId, toId, count, digest } : null
}
