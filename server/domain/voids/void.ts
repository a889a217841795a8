import type { Channel, IsoDay } from '../survey/vocabulary.js'

/** Why responses are taken out of the figures; in words in `views/text/voids.json`. */
export const VOID_REASONS = [
  'stuffed',
  'under_pressure',
  'test_entry',
  'duplicate',
  'wrong_unit',
  'consent_withdrawn',
  'other',
] as const
export type VoidReason = (typeof VOID_REASONS)[number]

/**
 * Where a void stands. It counts from `approved` on; what was approved is taken back by a void of its own with `lifts`, by two
 * persons again.
 */
export const VOID_STATES = ['proposed', 'approved', 'rejected'] as const
export type VoidState = (typeof VOID_STATES)[number]

/**
 * Whether a void is one person's own wish: a single response, by consent withdrawn. Its answers are erased once nobody can have made a
 * mistake any more. What takes many responses out erases nothing, whatever its reason.
 */
export const isErasure = ({
  reason,
  responseCount,
  lifts,
}: Pick<ResponseVoid, 'reason' | 'responseCount' | 'lifts'>): boolean =>
  reason === 'consent_withdrawn' && responseCount === 1 && lifts === null

/** Days between a void and the erasure of its answers, in which it can be taken back. */
export const ERASE_AFTER_DAYS = 10

/** Most responses of one void: its list is one document. */
export const MOST_VOIDED = 20_000

/** Which responses somebody means; those found when it is proposed are meant for good, whatever comes in later. */
export interface VoidRule {
  readonly waveId: string
  readonly unitUid: string
  /** `null`: every service. */
  readonly service: string | null
  /** `null`: every way in. */
  readonly channel: Channel | null
  /** First day of reception. */
  readonly from: IsoDay
  /** First day no longer meant. */
  readonly to: IsoDay
}

/** Responses set apart from the figures, or back among them. The responses themselves are never touched. */
export interface ResponseVoid {
  readonly id: string
  readonly rule: VoidRule
  /** The void that this one takes back; `null` for one that takes out. */
  readonly lifts: string | null
  readonly reason: VoidReason
  readonly explanation: string
  readonly responseCount: number
  readonly state: VoidState
  readonly proposedBy: string
  readonly proposedAt: Date
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly note: string | null
  /** When the figures were told; `null` until then, and after a crash done again. */
  readonly appliedAt: Date | null
}
