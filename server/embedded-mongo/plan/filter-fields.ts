import type { Document } from 'bson'

/** The first part of a dotted path. */
export const rootOf = (path: string): string => path.split('.', 1)[0]!

/** The top-level fields that a filter looks at; undefined when it may look at any. */
export function filterFields(filter: Document): Set<string> | undefined {
  const fields = new Set<string>()
  return collect(filter, fields) ? fields : undefined
}

function collect(filter: Document, fields: Set<string>): boolean {
  return Object.entries(filter).every(([name, wanted]) => {
    if (!name.startsWith('$')) return fields.add(rootOf(name)) && true
    return Array.isArray(wanted) && wanted.every((part) => collect(part, fields))
  })
}
