import { type Condition, type Filter, necessary, readFilter } from '../query/filter.js'
import type { Sort } from '../query/sort.js'
import type { Collection, Index } from '../storage/catalogue.js'
import type { KeyRange } from '../storage/keys.js'
import { isEqual, isExactKey } from '../values/key.js'
import { toDouble } from '../values/numbers.js'
import { isArray, isNumeric, typeName } from '../values/types.js'
import { boundRange, equalRange, type KeyShape } from './key-ranges.js'

const MAX_POINTS = 1000

/** Where to look for the documents of a query. */
export interface Plan {
  /** The index to walk; undefined for the documents themselves, which lie in the order of `_id`. */
  readonly index: Index | undefined
  readonly ranges: readonly KeyRange[]
  readonly isReverse: boolean
  /** Whether the walk gives the order asked for. */
  readonly isSorted: boolean
  /** Whether the ranges begin with the whole keys of single documents. */
  readonly isPoints: boolean
}

type Candidate = Plan & { readonly score: number }

/** Whether index keys hold the value as it is: arrays are spread over keys, and NaN compares otherwise. */
const isPlain = (value: unknown): boolean =>
  !isArray(value) && !(isNumeric(value) && Number.isNaN(toDouble(value))) && value !== undefined

const isRangeable = (value: unknown) => isPlain(value) && !['null', 'minKey', 'maxKey'].includes(typeName(value))

/** Whether an index can serve a condition. A number in a path is a position or a name; keys know only one of the two. */
function isServed({ op, path, value }: Condition): boolean {
  if (path.split('.').some((part) => /^\d+$/.test(part))) return false
  if (op === 'exists') return true
  if (op === 'in') return (value as unknown[]).every(isPlain)
  return op === 'eq' ? isPlain(value) : isRangeable(value)
}

/** The conditions of a filter that an index can serve: never all, so the filter must still run on what it yields. */
export const servedConditions = (filter: Filter): Condition[] => necessary(filter).filter(isServed)

/** Chooses an index by rule: most equalities, then a range, then the order asked for. */
export function planQuery(collection: Collection, filter: Filter, sort: Sort = []): Plan {
  const byId: KeyShape = { id: collection.id, fields: ['_id'], directions: [1], isLoose: false }
  const conditions = servedConditions(filter)
  const own = candidate(byId, undefined, conditions, sort)
  if (own.isPoints) return own
  return collection.indexes
    .filter((index) => isComplete(index, filter, conditions))
    .map((index) => candidate(index, index, conditions, sort))
    .reduce((best, next) => (next.score > best.score ? next : best), own)
}

/** Whether every match of the filter is in the index: sparse and partial ones leave documents out. */
function isComplete({ spec, fields }: Index, filter: Filter, served: readonly Condition[]): boolean {
  const impliesPresence = ({ op, value }: Condition) =>
    op === 'in' ? !(value as unknown[]).includes(null) : op !== 'eq' || value !== null
  if (spec.sparse && !served.some((one) => fields.includes(one.path) && impliesPresence(one))) return false
  if (!spec.partialFilterExpression) return true
  // Every condition of the index's filter has to be among those of the query, word for word.
  const partial = readFilter(spec.partialFilterExpression)
  const isSame = (a: Condition, b: Condition) => a.op === b.op && a.path === b.path && isEqual(a.value, b.value)
  const isPlainAnd = 'parts' in partial && partial.parts.every((part) => !('parts' in part))
  return isPlainAnd && necessary(partial).every((one) => necessary(filter).some((other) => isSame(one, other)))
}

function candidate(shape: KeyShape, index: Index | undefined, conditions: readonly Condition[], sort: Sort): Candidate {
  const points = equalPoints(shape, conditions)
  const used = points[0]?.length ?? shape.fields.length
  const bounds = conditions.filter((one) => isBound(shape, used, one))
  const bounded = points.flatMap((values) => boundRange(shape, values, bounds) ?? [])
  const isBounded = bounded.length > 0
  const direction = points.length <= 1 ? sortDirection(shape, used, sort) : undefined
  const isOneDocument = (index?.spec.unique ?? true) && used === shape.fields.length && points.length <= 1
  const isOrderServed = sort.length > 0 && direction !== undefined
  return {
    index,
    ranges: distinctRanges(isBounded ? bounded : points.map((values) => equalRange(shape, values))),
    isReverse: direction === -1,
    isSorted: direction !== undefined,
    isPoints: !index && used === 1,
    score: Number(isOneDocument) * 1000 + used * 10 + Number(isBounded) * 5 + Number(isOrderServed) * 4,
  }
}

const isBound = ({ fields }: KeyShape, at: number, { op, path, value }: Condition) =>
  path === fields[at] && (op.startsWith('gt') || op.startsWith('lt')) && isExactKey(value, fields.length)

/** The values that the first fields must have, as the product of the equalities and `$in` lists; one empty list if none. */
function equalPoints(shape: KeyShape, conditions: readonly Condition[]): unknown[][] {
  let points: unknown[][] = [[]]
  for (const field of shape.fields) {
    const condition = conditions.find(({ op, path }) => path === field && (op === 'eq' || op === 'in'))
    if (!condition) break
    const values = condition.op === 'eq' ? [condition.value] : (condition.value as unknown[])
    if (points.length * values.length > MAX_POINTS) break
    points = points.flatMap((point) => values.map((value) => [...point, value]))
  }
  return points
}

/** The direction in which the index gives the order asked for, if it does; fields fixed to one value don't matter. */
function sortDirection({ fields, directions, isLoose }: KeyShape, fixed: number, sort: Sort): 1 | -1 | undefined {
  if (sort.length === 0) return 1
  // Of an array one element meets the filter, but another one may decide the order.
  if (isLoose) return undefined
  const wanted = sort.filter(([field]) => !fields.slice(0, fixed).includes(field))
  const turns = wanted.map(([field, direction], i) =>
    fields[fixed + i] === field ? direction * directions[fixed + i]! : 0,
  )
  if (turns.every((turn) => turn === 1)) return 1
  return turns.every((turn) => turn === -1) ? -1 : undefined
}

/** In key order and each once: an `$in` may name a value twice. */
function distinctRanges(ranges: KeyRange[]): KeyRange[] {
  const sorted = [...ranges].sort((a, b) => Buffer.compare(a.start, b.start))
  return sorted.filter((range, i) => !sorted[i - 1]?.start.equals(range.start))
}
