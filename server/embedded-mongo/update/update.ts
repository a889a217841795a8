import type { Document } from 'bson'
import { refuse } from '../errors.js'
import { necessary, readFilter } from '../query/filter.js'
import { compareValues, isEqual } from '../values/key.js'
import { isPosition } from '../values/path.js'
import { isDocument, typeName } from '../values/types.js'
import { changeField, isSame, OPERATORS, type Operation } from './operators.js'

/**
 * Gives the document after the update; the very same if nothing changes. The given one stays as it is. `isInsert` tells
 * that it is the seed of an upsert.
 *
 * @throws {CommandError} 66, 14, 28, 2 … as MongoDB does
 */
export type Update = (doc: Document, isInsert: boolean) => Document

type NamedOperation = Operation & { readonly name: string }

function pathParts(path: string): string[] {
  const parts = path.split('.')
  if (parts.includes('')) refuse(56, `The update path '${path}' contains an empty field name`)
  const dollar = parts.find((part) => part.startsWith('$'))
  if (dollar === '$' || dollar?.startsWith('$['))
    refuse(2, `The embedded store has no positional operators: '${dollar}' in path '${path}'`)
  if (dollar) refuse(52, `The dollar ($) prefixed field '${dollar}' in '${path}' is not valid for storage.`)
  return parts
}

/** In the order of paths a field stands just before those below it. @throws {CommandError} 40 when two overlap */
function checkConflicts(sorted: readonly Operation[]): void {
  for (const [i, { parts }] of sorted.entries()) {
    const next = sorted[i + 1]?.parts
    if (next && parts.every((part, at) => part === next[at]))
      refuse(40, `Updating the path '${next.join('.')}' would create a conflict at '${parts.join('.')}'`)
  }
}

function readOperator([name, fields]: [string, unknown]): NamedOperation[] {
  if (!Object.hasOwn(OPERATORS, name)) refuse(9, `Unknown modifier: ${name}. The embedded store has no such operator`)
  if (!isDocument(fields)) return refuse(9, `Modifiers operate on fields, but ${name} has a ${typeName(fields)}`)
  const { make, way } = OPERATORS[name]!
  return Object.entries(fields).map(([path, operand]) => ({
    name,
    parts: pathParts(path),
    change: make(operand, path),
    way,
  }))
}

/** MongoDB makes new fields in the order of their names, positions by value. */
function byPath(a: Operation, b: Operation): number {
  const at = a.parts.findIndex((part, i) => part !== b.parts[i])
  const [x, y] = [a.parts[at], b.parts[at]]
  if (x === undefined || y === undefined) return a.parts.length - b.parts.length
  return isPosition(x) && isPosition(y) ? Number(x) - Number(y) : compareValues(x, y)
}

/** The document with its id first, after a check that the id is what it was. */
function keepId(before: Document, after: Document): Document {
  if (before._id !== undefined && (after._id === undefined || !isEqual(before._id, after._id)))
    refuse(66, "Performing an update on the path '_id' would modify the immutable field '_id'")
  const { _id, ...fields } = after
  return _id === undefined ? after : { _id: before._id ?? _id, ...fields }
}

function compileOperators(update: Document): Update {
  const operations = Object.entries(update).flatMap(readOperator).sort(byPath)
  checkConflicts(operations)
  return (doc, isInsert) => {
    const due = operations.filter(({ name }) => isInsert || name !== '$setOnInsert')
    const after = due.reduce((changed, operation) => changeField(changed, operation) as Document, doc)
    return after === doc ? doc : keepId(doc, after)
  }
}

function compileReplacement(replacement: Document): Update {
  const dollar = Object.keys(replacement).find((name) => name.startsWith('$'))
  if (dollar) refuse(52, `The dollar ($) prefixed field '${dollar}' is not allowed in a replacement document`)
  return (doc) => {
    const after = keepId(doc, doc._id === undefined ? replacement : { _id: doc._id, ...replacement })
    return isSame(doc, after) ? doc : after
  }
}

/**
 * Compiles an update of operators, or a replacement document.
 *
 * @throws {CommandError} 9, 2, 40, 52 or 56 for what MongoDB refuses before it looks at a document
 */
export function compileUpdate(update: unknown, isMulti = false): Update {
  if (!isDocument(update)) return refuse(9, `An update must be a document, not of type ${typeName(update)}`)
  if (Object.keys(update)[0]?.startsWith('$')) return compileOperators(update)
  if (isMulti) refuse(9, 'multi update is not supported for replacement-style update')
  return compileReplacement(update)
}

/**
 * The document an upsert starts from: the equalities of the filter (also in `$and`, `$eq`, a one-element `$in` or
 * `$or`), `_id` first, then by path.
 *
 * @throws {CommandError} 54 if a path, or a part of it, is set twice
 */
export function seedFromFilter(filter: Document): Document {
  const equalities = necessary(readFilter(filter)).flatMap(({ op, path, values }): [string, unknown][] =>
    op === 'in' && values.length === 1 ? [[path, values[0]]] : [],
  )
  equalities.sort(([a], [b]) => Number(b === '_id') - Number(a === '_id') || compareValues(a, b))
  return equalities.reduce<Document>((seed, [path, value], i) => {
    const isTwice = equalities.some(([other], j) => (j !== i && other === path) || other.startsWith(`${path}.`))
    if (isTwice) refuse(54, `cannot infer query fields to set, path '${path}' is matched twice`)
    return changeField(seed, { parts: path.split('.'), change: () => value, way: 'made' }) as Document
  }, {})
}
