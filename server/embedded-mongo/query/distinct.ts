import type { Document } from 'bson'
import { keyText } from '../values/key.js'
import { MISSING, walkPath } from '../values/path.js'
import { isArray } from '../values/types.js'

/** The different values of a path over documents, in the order of their first appearance; arrays by their elements. */
export function distinctValues(docs: Iterable<Document>, path: string): unknown[] {
  const found = new Map<string, unknown>()
  const add = (value: unknown) => {
    const key = keyText(value)
    if (!found.has(key)) found.set(key, value)
  }
  for (const doc of docs) {
    walkPath(doc, path.split('.'), 0, (value) => {
      if (isArray(value)) value.forEach(add)
      else if (value !== MISSING) add(value)
      return false
    })
  }
  return [...found.values()]
}
