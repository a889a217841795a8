import type { Document } from 'bson'
import { keyText } from '../values/key.js'
import { MISSING, walkPath } from '../values/path.js'
import { isArray } from '../values/types.js'

/** The different values of a path over documents, in the order of their first appearance; arrays by their elements. */
export function distinctValues(docs: Iterable<Document>, path: string): unknown[] {
  const found = new Map<string, unknown>()
  const parts = path.split('.')
  for (const doc of docs) {
    walkPath(doc, parts, 0, (value) => {
      const values = isArray(value) ? value : value === MISSING ? [] : [value]
      for (const one of values) if (!found.has(keyText(one))) found.set(keyText(one), one)
      return false
    })
  }
  return [...found.values()]
}
