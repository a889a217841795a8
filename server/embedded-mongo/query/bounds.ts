import type { Document } from 'bson'

/** A necessary condition on one field that an index can serve. */
export interface Bound {
  readonly op: 'eq' | 'in' | 'gt' | 'gte' | 'lt' | 'lte' | 'prefix' | 'exists'
  readonly value: unknown
}

/** The necessary conditions of a filter by field path; never complete, so the filter itself must still run. */
export function filterBounds(_filter: Document): Map<string, Bound[]> {
  throw new Error('being written')
}
