import { Schema } from 'mongoose'
import { isLimited, type ScopeLimits, UNLIMITED } from '../../domain/access/limits.js'

/** Services and days that an account is limited to, as stored. */
export const limitsSchema = new Schema(
  {
    services: { type: [String], default: null },
    from: { type: String, default: null, match: /^\d{4}-\d\d-\d\d$/ },
    to: { type: String, default: null, match: /^\d{4}-\d\d-\d\d$/ },
  },
  { _id: false, strict: 'throw' },
)

/** As stored; absent in accounts made before there were any. */
export interface StoredLimits {
  readonly services: string[] | null
  readonly from: string | null
  readonly to: string | null
}

export const toStoredLimits = (limits: ScopeLimits): StoredLimits | null =>
  isLimited(limits) ? { services: limits.services && [...limits.services], ...limits.period } : null

export const fromStoredLimits = (stored: StoredLimits | null | undefined): ScopeLimits =>
  stored ? { services: stored.services, period: { from: stored.from, to: stored.to } } : UNLIMITED
