import { isIsoDay } from '../survey/day.js'
import type { Period } from '../survey/vocabulary.js'
import { isOfUnits, type Role } from './permissions.js'

/** What of its unit an account may see: some services, some days. `null` services are all of them. */
export interface ScopeLimits {
  readonly services: readonly string[] | null
  /** Half-open. */
  readonly period: Period
}

export const UNLIMITED: ScopeLimits = { services: null, period: { from: null, to: null } }

/** Services that an account may be limited to; with more it need not be limited. */
const MOST_SERVICES = 60

export type LimitFault =
  /** Roles that see the city see it whole: they void, publish and export. */
  'limits_unused' | 'service_unknown' | 'limit_day_wrong' | 'limit_days_reversed'

export const isLimited = ({ services, period: { from, to } }: ScopeLimits): boolean =>
  services !== null || from !== null || to !== null

/** The first rule that limits break, or `null`. */
export function limitFault(
  { services, period: { from, to } }: ScopeLimits,
  role: Role,
  isService: (code: string) => boolean,
): LimitFault | null {
  if (!isOfUnits(role)) return isLimited({ services, period: { from, to } }) ? 'limits_unused' : null
  const isKnown =
    services === null || (services.length <= MOST_SERVICES && services.length > 0 && services.every(isService))
  if (!isKnown) return 'service_unknown'
  if ([from, to].some((day) => day !== null && !isIsoDay(day))) return 'limit_day_wrong'
  return from !== null && to !== null && from >= to ? 'limit_days_reversed' : null
}
