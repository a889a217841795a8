import type { Document } from 'bson'
import { badValue, CommandError, location } from '../errors.js'
import { entriesOf, isArray, isDocument, isNumeric, setField } from '../values/types.js'
import { isTruthy } from './predicates.js'

/** The named fields, each whole (true) or with fields of its own. */
type Fields = Map<string, Fields | true>

interface Plan {
  readonly fields: Fields
  isInclusion?: boolean
  keepsId?: boolean
}

function place(root: Fields, path: string): void {
  const parts = path.split('.')
  if (parts.includes('')) throw location(path === '' ? 40352 : 15998, 'FieldPath field names may not be empty strings.')
  let at = root
  for (const part of parts.slice(0, -1)) {
    const next = at.get(part) ?? new Map()
    if (next === true) throw location(31249, `Path collision at ${path} remaining portion ${parts[parts.length - 1]}`)
    at.set(part, next)
    at = next
  }
  const last = parts[parts.length - 1] as string
  if (at.has(last)) throw location(31250, `Path collision at ${path}`)
  at.set(last, true)
}

function addFlag(plan: Plan, path: string, isIncluded: boolean): void {
  if (path === '_id') {
    plan.keepsId = isIncluded
    return
  }
  if (plan.isInclusion === !isIncluded) {
    throw isIncluded
      ? location(31253, `Cannot do inclusion on field ${path} in exclusion projection`)
      : location(31254, `Cannot do exclusion on field ${path} in inclusion projection`)
  }
  plan.isInclusion = isIncluded
  place(plan.fields, path)
}

function addField(plan: Plan, path: string, value: unknown): void {
  if (path.startsWith('$')) throw location(16410, "FieldPath field names may not start with '$'.")
  if (path.endsWith('.$')) throw location(31276, 'the embedded store has no positional projection')
  if (isNumeric(value) || typeof value === 'boolean') {
    addFlag(plan, path, isTruthy(value))
    return
  }
  if (!isDocument(value)) throw badValue(`the embedded store computes no fields: ${path} must be 0, 1, true or false`)
  const [first] = Object.keys(value)
  if (first === undefined) throw location(51270, 'An empty sub-projection is not a valid value.')
  if (first.startsWith('$')) {
    throw new CommandError(168, 'InvalidPipelineOperator', `Unrecognized expression '${first}'`)
  }
  for (const [name, below] of Object.entries(value)) addField(plan, `${path}.${name}`, below)
}

const REMOVED = Symbol('removed')

function project(value: unknown, fields: Fields, isInclusion: boolean): unknown {
  if (isArray(value)) return value.map((item) => project(item, fields, isInclusion)).filter((item) => item !== REMOVED)
  if (!isDocument(value)) return isInclusion ? REMOVED : value
  const result: Document = {}
  for (const [name, field] of entriesOf(value)) {
    const wanted = fields.get(name)
    const isKept = wanted === undefined ? !isInclusion : wanted !== true || isInclusion
    if (!isKept) continue
    const kept = wanted === undefined || wanted === true ? field : project(field, wanted, isInclusion)
    if (kept !== REMOVED) setField(result, name, kept)
  }
  return result
}

/**
 * Compiles a projection: inclusion or exclusion of fields by path.
 * @throws {CommandError} 31253, 31254 for a mixture, 31249, 31250 for paths that overlap, 2 or 168 for computed fields
 */
export function compileProjection(spec: Document | undefined): (doc: Document) => Document {
  if (!spec || Object.keys(spec).length === 0) return (doc) => doc
  const plan: Plan = { fields: new Map() }
  for (const [path, value] of Object.entries(spec)) addField(plan, path, value)
  const isInclusion = plan.isInclusion ?? plan.keepsId === true
  if ((plan.keepsId ?? true) === isInclusion && !plan.fields.has('_id')) plan.fields.set('_id', true)
  return (doc) => project(doc, plan.fields, isInclusion) as Document
}
