import type { Document } from 'bson'

/** Compiles a projection. */
export function compileProjection(_spec: Document | undefined): (doc: Document) => Document {
  throw new Error('being written')
}
