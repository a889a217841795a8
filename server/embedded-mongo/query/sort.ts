import type { Document } from 'bson'

/** Compiles a sort specification to a comparison of documents. */
export function compileSort(_spec: Document): (a: Document, b: Document) => number {
  throw new Error('being written')
}
