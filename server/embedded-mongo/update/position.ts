import type { Document } from 'bson'
import { badValue } from '../errors.js'
import { compileFilter } from '../query/filter.js'
import { isOperators } from '../query/predicates.js'
import { fieldOf } from '../values/path.js'
import { isArray, isDocument, setField } from '../values/types.js'
import type { Context, Operation } from './apply.js'

type Condition = [path: string, wanted: unknown]

const NO_MATCH = 'The positional operator did not find the match needed from the query.'
const NEGATIVE = ['$ne', '$nin', '$not', '$exists']

/** The conditions of a filter, joined by AND, on an array or on what is below it. */
function conditionsOn(array: string, filter: Document): Condition[] {
  return Object.entries(filter).flatMap(([path, wanted]): Condition[] => {
    if (path === '$and' && isArray(wanted))
      return wanted.filter(isDocument).flatMap((part) => conditionsOn(array, part))
    return path === array || path.startsWith(`${array}.`) ? [[path, wanted]] : []
  })
}

/** A document with nothing but one field. */
function nest(parts: readonly string[], value: unknown): Document {
  const [name = '', ...below] = parts
  const doc: Document = {}
  setField(doc, name, below.length > 0 ? nest(below, value) : value)
  return doc
}

function positionIn(parts: readonly string[], { doc, filter }: Context): number {
  let array: unknown = doc
  for (const part of parts) array = isArray(array) || isDocument(array) ? fieldOf(array, part) : undefined
  const conditions = conditionsOn(parts.join('.'), filter)
  const [condition] = conditions
  if (!isArray(array) || !condition) throw badValue(NO_MATCH)
  const [path, wanted] = condition
  const isNegative = isOperators(wanted) && Object.keys(wanted).some((name) => NEGATIVE.includes(name))
  if (conditions.length > 1 || isNegative) {
    throw badValue(
      `${NO_MATCH} The embedded store needs exactly one positive condition on the array '${parts.join('.')}'.`,
    )
  }
  const test = compileFilter({ [path]: wanted })
  const found = array.findIndex((item) => test(nest(parts, [item])))
  if (found < 0) throw badValue(NO_MATCH)
  return found
}

/** Puts the position of the element that the filter matched in the place of `$` in a path. */
export function resolvePosition(operation: Operation, context: Context): Operation {
  const at = operation.parts.indexOf('$')
  if (at < 0) return operation
  const position = String(positionIn(operation.parts.slice(0, at), context))
  return { ...operation, parts: operation.parts.map((part, i) => (i === at ? position : part)) }
}
