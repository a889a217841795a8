import type { Document } from 'bson'

/** A compiled update. */
export interface Update {
  readonly apply: (doc: Document, filter: Document, isInsert: boolean) => { doc: Document; changed: boolean }
}

/** Compiles an update. */
export function compileUpdate(_update: Document, _options: { arrayFilters?: readonly Document[] }): Update {
  throw new Error('being written')
}
