import { canonicalJson } from '../questionnaire/canonical.js'
import type { AuditDetails } from './audit-event.js'

/**
 * Answers that were removed from sealed responses because their time was over: what the stretch was before, and what it is since.
 *
 * Signed, so that who can write into the database can make none; and fixed to what lay there before, so that nothing else is
 * changed under its cover.
 */
export interface Removal {
  readonly wave: string
  /** Codes of the items, separated by spaces. */
  readonly items: string
  /** The responses that lost them, separated by spaces; absent: every one of the wave that had any. */
  readonly ids?: string
  /** The stretch of one seal. */
  readonly fromId: string
  readonly toId: string
  /** Responses in the stretch, and how many of them lost something. */
  readonly count: number
  readonly removed: number
  /** Digest before; that of the seal, or of the removal before. */
  readonly before: string
  readonly digest: string
  /** Of the key that signed it. */
  readonly keyId: string
  /** Base64, over `removalText`. */
  readonly signature: string
}

/** What the signature covers. */
export const removalText = ({ signature: _, ...facts }: Omit<Removal, 'signature'> & { signature?: string }): string =>
  canonicalJson(facts)

export const removalDetails = (removal: Removal): AuditDetails => ({ ...removal })

const TEXTS = ['wave', 'items', 'fromId', 'toId', 'before', 'digest', 'keyId', 'signature'] as const
const COUNTS = ['count', 'removed'] as const

/** The removal that an event's details tell; `null` when they tell none. */
export function removalIn(details: AuditDetails): Removal | null {
  const isRemoval =
    TEXTS.every((name) => typeof details[name] === 'string') &&
    COUNTS.every((name) => typeof details[name] === 'number')
  const isOfSome = details.ids === undefined || typeof details.ids === 'string'
  return isRemoval && isOfSome ? (details as unknown as Removal) : null
}

/** Which answers a removal takes out. */
export interface Without {
  readonly wave: string
  readonly items: readonly string[]
  /** Of these responses alone; absent: of every one of the wave. */
  readonly ids?: readonly string[]
}

export const withoutOf = ({ wave, items, ids }: Removal): Without => ({
  wave,
  items: items.split(' '),
  ...(ids === undefined ? {} : { ids: ids.split(' ') }),
})

/** A stretch of responses by its two ends. */
export const stretchKey = ({ fromId, toId }: Pick<Removal, 'fromId' | 'toId'>): string => `${fromId} ${toId}`
