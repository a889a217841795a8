import type { Document } from 'bson'
import { CommandError, location } from '../errors.js'
import { fieldOf, MISSING } from '../values/path.js'
import { isArray, isDocument, setField } from '../values/types.js'

/** Computes a value, or MISSING, from a document. */
export type Expression = (doc: Document) => unknown

/** A field path of the aggregation language: an array on the way gives the array of what its documents have. */
function lookUp(value: unknown, parts: readonly string[], at: number): unknown {
  if (at === parts.length) return value
  if (isArray(value)) return value.map((item) => lookUp(item, parts, at)).filter((item) => item !== MISSING)
  return isDocument(value) ? lookUp(fieldOf(value, parts[at] as string), parts, at + 1) : MISSING
}

function fieldPath(text: string): Expression {
  const path = text.slice(1)
  if (path.startsWith('$')) throw location(17276, `Use of undefined variable: ${path.slice(1)}`)
  const parts = path.split('.')
  if (path === '') throw location(16872, "'$' by itself is not a valid FieldPath")
  if (parts.includes('')) throw location(15998, 'FieldPath field names may not be empty strings.')
  return (doc) => lookUp(doc, parts, 0)
}

/**
 * Compiles the expressions that this store knows: constants, `$field.paths` and documents of them.
 * @throws {CommandError} 168 on an operator
 */
export function compileExpression(spec: unknown): Expression {
  if (typeof spec === 'string' && spec.startsWith('$')) return fieldPath(spec)
  if (isArray(spec)) {
    const items = spec.map(compileExpression)
    return (doc) => items.map((item) => valueOrNull(item(doc)))
  }
  if (!isDocument(spec)) return () => spec
  const fields = Object.entries(spec).map(([name, value]): [string, Expression] => {
    if (name.startsWith('$')) {
      throw new CommandError(168, 'InvalidPipelineOperator', `Unrecognized expression '${name}'`)
    }
    if (name.includes('.')) throw location(16410, 'FieldPath field names may not contain dots here.')
    return [name, compileExpression(value)]
  })
  return (doc) => {
    const result: Document = {}
    for (const [name, compute] of fields) {
      const value = compute(doc)
      if (value !== MISSING) setField(result, name, value)
    }
    return result
  }
}

/** MISSING as null. */
export const valueOrNull = (value: unknown): unknown => (value === MISSING ? null : value)
