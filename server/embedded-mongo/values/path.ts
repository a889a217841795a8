import type { Document } from 'bson'

/** The values a filter on `path` looks at, with MongoDB's array fan-out. */
export function valuesAtPath(_doc: Document, _path: string): unknown[] {
  throw new Error('being written')
}

/** The index keys of a document: one list per entry; missing fields are null. */
export function indexValues(_doc: Document, _fields: readonly string[]): { keys: unknown[][]; multikey: boolean } {
  throw new Error('being written')
}
