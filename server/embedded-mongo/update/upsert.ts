import type { Document } from 'bson'

/** The document an upsert starts from: the equalities of the filter. */
export function seedFromFilter(_filter: Document): Document {
  throw new Error('being written')
}
