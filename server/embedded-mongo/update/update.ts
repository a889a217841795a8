import type { Document } from 'bson'
import {
  badValue,
  conflictingUpdateOperators,
  dollarPrefixedFieldName,
  emptyFieldName,
  failedToParse,
  immutableField,
} from '../errors.js'
import { compareStrings, compareValues } from '../values/compare.js'
import { isArray, isDocument, typeName } from '../values/types.js'
import { applyOperation, copyOf, describe, isSame, type Operation } from './apply.js'
import { OPERATORS } from './operators.js'

/** A compiled update. */
export interface Update {
  /**
   * The document after the update; `isInsert` tells that `doc` is the seed of an upsert. The given document stays as
   * it is.
   * @throws {CommandError} 66, 14, 28, 2 … as MongoDB does
   */
  readonly apply: (doc: Document, filter: Document, isInsert: boolean) => { doc: Document; changed: boolean }
}

function checkPath(path: string): string[] {
  if (path === '') throw emptyFieldName('An empty update path is not valid.')
  const parts = path.split('.')
  if (parts.includes('')) {
    throw emptyFieldName(`The update path '${path}' contains an empty field name, which is not allowed.`)
  }
  const dollar = parts.find((part) => part.startsWith('$'))
  if (dollar === '$' || dollar?.startsWith('$[')) {
    throw badValue(`The embedded store has no positional operators: '${dollar}' in path '${path}'`)
  }
  if (dollar) {
    throw dollarPrefixedFieldName(`The dollar ($) prefixed field '${dollar}' in '${path}' is not valid for storage.`)
  }
  return parts
}

function checkConflicts(operations: readonly Operation[]): void {
  const seen = new Set<string>()
  const above = new Set<string>()
  for (const { path, parts } of operations) {
    const prefixes = parts.map((_, i) => parts.slice(0, i + 1).join('.'))
    const conflict = prefixes.find((prefix) => seen.has(prefix)) ?? (above.has(path) ? path : undefined)
    if (conflict !== undefined) {
      throw conflictingUpdateOperators(`Updating the path '${path}' would create a conflict at '${conflict}'`)
    }
    seen.add(path)
    for (const prefix of prefixes) above.add(prefix)
  }
}

function parse(update: Document): (Operation & { name: string })[] {
  return Object.entries(update).flatMap(([name, fields]) => {
    const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined
    if (!operator) {
      throw failedToParse(
        `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
      )
    }
    if (!isDocument(fields)) {
      throw failedToParse(
        `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${name}: ${describe(fields)}}`,
      )
    }
    return Object.entries(fields).map(([path, operand]) => {
      const parts = checkPath(path)
      return { name, path, parts, change: operator.make(operand, path), way: operator.way }
    })
  })
}

/** MongoDB makes new fields in the order of their names, numbers by value. */
function byPath(a: Operation, b: Operation): number {
  for (const [i, part] of a.parts.entries()) {
    const other = b.parts[i]
    if (other === undefined) return 1
    if (part === other) continue
    const isNumber = /^\d+$/.test(part) && /^\d+$/.test(other)
    return isNumber ? Number(part) - Number(other) : compareStrings(part, other)
  }
  return -1
}

/** The document with its id first, after a check that the id is what it was. */
function keepId(before: Document, after: Document): Document {
  if (before._id === undefined) {
    const { _id, ...fields } = after
    return _id === undefined ? after : { _id, ...fields }
  }
  if (after._id === undefined || compareValues(before._id, after._id) !== 0) {
    throw immutableField("Performing an update on the path '_id' would modify the immutable field '_id'")
  }
  return Object.keys(after)[0] === '_id' ? Object.assign(after, { _id: before._id }) : { ...after, _id: before._id }
}

function compileOperators(update: Document): Update {
  const operations = parse(update)
  checkConflicts(operations)
  operations.sort(byPath)
  return {
    apply(doc, _filter, isInsert) {
      const result = copyOf(doc)
      let changed = false
      for (const operation of operations) {
        if (operation.name === '$setOnInsert' && !isInsert) continue
        if (applyOperation(result, operation, { doc, isInsert })) changed = true
      }
      return { doc: changed ? keepId(doc, result) : doc, changed }
    },
  }
}

function compileReplacement(replacement: Document): Update {
  const dollar = Object.keys(replacement).find((name) => name.startsWith('$'))
  if (dollar) {
    throw dollarPrefixedFieldName(
      `The dollar ($) prefixed field '${dollar}' in '${dollar}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    )
  }
  return {
    apply(doc) {
      const { _id, ...fields } = replacement
      if (_id !== undefined && doc._id !== undefined && compareValues(doc._id, _id) !== 0) {
        throw immutableField(
          `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${describe(_id)}`,
        )
      }
      const id: unknown = doc._id ?? _id
      const result: Document = id === undefined ? fields : { _id: id, ...fields }
      return { doc: result, changed: !isSame(doc, result) }
    },
  }
}

/**
 * Compiles an update of operators, or a replacement document.
 * @throws {CommandError} 9, 2, 40, 52 or 56 for what MongoDB refuses before it looks at a document
 */
export function compileUpdate(update: Document, options: { arrayFilters?: readonly Document[] }): Update {
  if (isArray(update)) throw failedToParse('the embedded store has no pipeline-style updates')
  if (options.arrayFilters?.length) throw failedToParse('the embedded store has no arrayFilters')
  return Object.keys(update)[0]?.startsWith('$') ? compileOperators(update) : compileReplacement(update)
}
