import type { Document } from 'bson'
import { badValue, CommandError, location } from '../errors.js'
import { toDouble } from '../values/numbers.js'
import { entriesOf, isArray, isDocument, isNumeric, setField } from '../values/types.js'
import { compileElement } from './filter.js'
import { isTruthy, type ValueTest } from './predicates.js'

/** What to do at one field: keep or drop it, cut its array, or go on below it. */
type Node =
  | { readonly kind: 'flag' }
  | { readonly kind: 'slice'; readonly cut: (array: unknown[]) => unknown[] }
  | Branch

interface Branch {
  readonly kind: 'branch'
  readonly fields: Map<string, Node>
}

interface Plan {
  readonly root: Branch
  readonly elements: Map<string, ValueTest>
  isInclusion: boolean | undefined
  keepsId: boolean | undefined
}

const branch = (): Branch => ({ kind: 'branch', fields: new Map() })

function place(root: Branch, path: string, node: Node): void {
  const parts = path.split('.')
  if (parts.includes('')) throw location(path === '' ? 40352 : 15998, 'FieldPath field names may not be empty strings.')
  let at = root
  for (const part of parts.slice(0, -1)) {
    const next = at.fields.get(part) ?? branch()
    if (next.kind !== 'branch') throw location(31249, `Path collision at ${path}`)
    at.fields.set(part, next)
    at = next
  }
  const last = parts[parts.length - 1] as string
  if (at.fields.has(last)) throw location(31250, `Path collision at ${path}`)
  at.fields.set(last, node)
}

const wholeNumber = (value: unknown): number => {
  if (!isNumeric(value)) throw location(28667, 'Invalid $slice syntax: its arguments must be numbers')
  return Math.trunc(toDouble(value))
}

function slicer(operand: unknown): (array: unknown[]) => unknown[] {
  if (!isArray(operand)) {
    const count = wholeNumber(operand)
    return (array) => (count < 0 ? array.slice(count) : array.slice(0, count))
  }
  if (operand.length !== 2) throw location(28667, 'Invalid $slice syntax: it takes one number or two')
  const [skip, limit] = [wholeNumber(operand[0]), wholeNumber(operand[1])]
  if (limit <= 0) throw location(28729, '$slice limit must be positive')
  return (array) => {
    const from = skip < 0 ? Math.max(0, array.length + skip) : skip
    return array.slice(from, from + limit)
  }
}

function addOperator(plan: Plan, path: string, operators: Document): void {
  const [[name, operand] = ['', undefined]] = Object.entries(operators)
  if (name === '$slice') {
    place(plan.root, path, { kind: 'slice', cut: slicer(operand) })
    return
  }
  if (name !== '$elemMatch') {
    throw new CommandError(168, 'InvalidPipelineOperator', `Unrecognized expression '${name}'`)
  }
  if (!isDocument(operand)) throw location(31274, 'elemMatch: Invalid argument, object required, but got another type')
  if (path.includes('.')) throw location(31275, 'Cannot use $elemMatch projection on a nested field.')
  plan.elements.set(path, compileElement(operand))
  if (plan.isInclusion === undefined) plan.isInclusion = true
}

function addFlag(plan: Plan, path: string, isIncluded: boolean): void {
  if (path === '_id') {
    plan.keepsId = isIncluded
    return
  }
  if (plan.isInclusion !== undefined && plan.isInclusion !== isIncluded) {
    throw isIncluded
      ? location(31253, `Cannot do inclusion on field ${path} in exclusion projection`)
      : location(31254, `Cannot do exclusion on field ${path} in inclusion projection`)
  }
  plan.isInclusion = isIncluded
  place(plan.root, path, { kind: 'flag' })
}

function addField(plan: Plan, path: string, value: unknown): void {
  if (path.startsWith('$')) throw location(16410, "FieldPath field names may not start with '$'.")
  if (path.endsWith('.$')) throw location(31276, 'the embedded store has no positional projection')
  if (!isDocument(value)) {
    if (!isNumeric(value) && typeof value !== 'boolean') {
      throw badValue(`the embedded store does not compute fields: ${path} must be 0, 1, true or false`)
    }
    addFlag(plan, path, isTruthy(value))
    return
  }
  const names = Object.keys(value)
  if (names.length === 0)
    throw location(51270, 'An empty sub-projection is not a valid value. Found empty object at path')
  if (names[0]?.startsWith('$')) addOperator(plan, path, value)
  else for (const [name, below] of Object.entries(value)) addField(plan, `${path}.${name}`, below)
}

const REMOVED = Symbol('removed')

function applyTo(value: unknown, node: Node, isInclusion: boolean): unknown {
  if (node.kind === 'slice') return isArray(value) ? node.cut(value) : value
  if (node.kind === 'flag') return isInclusion ? value : REMOVED
  if (isArray(value)) return value.map((item) => applyTo(item, node, isInclusion)).filter((item) => item !== REMOVED)
  if (isDocument(value)) return applyToFields(value, node, isInclusion)
  return isInclusion ? REMOVED : value
}

function applyToFields(doc: Document, { fields }: Branch, isInclusion: boolean): Document {
  const result: Document = {}
  for (const [name, value] of entriesOf(doc)) {
    const node = fields.get(name)
    const kept = node ? applyTo(value, node, isInclusion) : isInclusion ? REMOVED : value
    if (kept !== REMOVED) setField(result, name, kept)
  }
  return result
}

function applyElements(source: Document, result: Document, elements: Plan['elements']): Document {
  for (const [name, test] of elements) {
    delete result[name]
    const array: unknown = Object.hasOwn(source, name) ? source[name] : undefined
    const found = isArray(array) ? array.findIndex(test) : -1
    if (found >= 0) setField(result, name, [(array as unknown[])[found]])
  }
  return result
}

/**
 * Compiles a projection: inclusion or exclusion by path, `$slice` and `$elemMatch`.
 * @throws {CommandError} 31253, 31254 for a mixture, 31249, 31250 for paths that overlap, 2 or 168 for computed fields
 */
export function compileProjection(spec: Document | undefined): (doc: Document) => Document {
  if (!spec || Object.keys(spec).length === 0) return (doc) => doc
  const plan: Plan = { root: branch(), elements: new Map(), isInclusion: undefined, keepsId: undefined }
  for (const [path, value] of Object.entries(spec)) addField(plan, path, value)
  const isIdAlone = plan.root.fields.size === 0 && plan.elements.size === 0
  const isInclusion = plan.isInclusion ?? (isIdAlone && plan.keepsId === true)
  if ((plan.keepsId ?? true) === isInclusion) plan.root.fields.set('_id', { kind: 'flag' })
  return (doc) => applyElements(doc, applyToFields(doc, plan.root, isInclusion), plan.elements)
}
