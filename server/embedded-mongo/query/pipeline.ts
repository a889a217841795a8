import type { Document } from 'bson'

/** A compiled aggregation: what the storage should select, and what to do with it. */
export interface Pipeline {
  readonly match: Document
  readonly run: (docs: Iterable<Document>) => Iterable<Document>
}

/** Compiles an aggregation pipeline. */
export function compilePipeline(_stages: readonly Document[]): Pipeline {
  throw new Error('being written')
}
