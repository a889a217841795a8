import { type Condition, type Filter, necessary } from '../query/filter.js'
import type { Sort } from '../query/sort.js'
import { type Collection, type Index, isById } from '../storage/catalogue.js'
import { type KeyRange, keyOf, rangeOf } from '../storage/keys.js'
import { isExactKey } from '../values/key.js'
import { isArray, typeName, typeOf } from '../values/types.js'

const MAX_POINTS = 1000

/** Where to look for the documents of a query. */
export interface Plan {
  readonly index: Index
  readonly ranges: readonly KeyRange[]
  readonly isReverse: boolean
  /** Whether the walk gives the order asked for. */
  readonly isSorted: boolean
  /** Whether the ranges begin with the whole keys of single documents. */
  readonly isPoints: boolean
  /** The larger, the fewer documents are to be looked at. */
  readonly score: number
}

/**
 * Whether the keys of an index serve a condition: not if a number in its path may be a position or a name, not with
 * arrays, which are spread over keys, and not in comparisons across types.
 */
function isServed({ op, path, values }: Condition): boolean {
  if (op === 'exists' || path.split('.').some((part) => /^\d+$/.test(part))) return false
  const isAcross = (value: unknown) => op !== 'in' && ['null', 'minKey', 'maxKey'].includes(typeName(value))
  return !values.some((value) => isArray(value) || isAcross(value))
}

/** The conditions of a filter that an index can serve: never all, so the filter must still run on what it yields. */
export const servedConditions = (filter: Filter): Condition[] => necessary(filter).filter(isServed)

/**
 * Chooses an index by rule: most equalities, then a range, then the order asked for. Sparse and partial indexes, which
 * leave documents out, are for uniqueness only.
 */
export function planQuery({ byId, indexes }: Collection, filter: Filter, sort: Sort = []): Plan {
  const conditions = servedConditions(filter)
  const own = planFor(byId, conditions, sort)
  if (own.isPoints) return own
  const others = indexes.filter(({ spec }) => !spec.sparse && !spec.partialFilterExpression)
  const plans = others.map((index) => planFor(index, conditions, sort))
  return plans.reduce((best, next) => (next.score > best.score ? next : best), own)
}

function planFor(index: Index, conditions: readonly Condition[], sort: Sort): Plan {
  const points = equalPoints(index, conditions)
  const used = points[0]?.length ?? index.fields.length
  const bounds = conditions.filter((one) => isBound(index, used, one))
  const bounded = points.flatMap((values) => boundRange(index, values, bounds) ?? [])
  const direction = points.length <= 1 ? sortDirection(index, used, sort) : undefined
  const isWhole = used === index.fields.length
  const isPoints = isById(index) && isWhole
  const isOneDocument = index.spec.unique === true && isWhole && points.length <= 1
  const [isBounded, isOrderServed] = [bounded.length > 0, sort.length > 0 && direction !== undefined]
  return {
    index,
    ranges: distinctRanges(isBounded ? bounded : points.map((values) => rangeOf(keyOf(index, values)))),
    isReverse: direction === -1,
    isSorted: direction !== undefined,
    isPoints,
    score: Number(isOneDocument) * 1000 + used * 10 + Number(isBounded) * 5 + Number(isOrderServed) * 4,
  }
}

/** The values that the first fields must have, as the product of the lists of values; one empty list if none. */
function equalPoints({ fields }: Index, conditions: readonly Condition[]): unknown[][] {
  let points: unknown[][] = [[]]
  for (const field of fields) {
    const values = conditions.find(({ op, path }) => path === field && op === 'in')?.values
    if (!values || points.length * values.length > MAX_POINTS) break
    points = points.flatMap((point) => values.map((value) => [...point, value]))
  }
  return points
}

const isBound = ({ fields }: Index, at: number, { op, path, values: [value] }: Condition) =>
  op !== 'in' && path === fields[at] && isExactKey(value, fields.length)

/**
 * The keys with `values` in the first fields and the next one within bounds of one type; undefined when no bound serves.
 * Of a multikey index only one side serves: the other may be met by another element of the array.
 */
function boundRange(index: Index, values: readonly unknown[], bounds: readonly Condition[]): KeyRange | undefined {
  const rankOf = (one: Condition) => typeOf(one.values[0]).rank
  const low = bounds.find(({ op }) => op.startsWith('gt'))
  const isOther = (one: Condition) => !low || (rankOf(one) === rankOf(low) && !index.isLoose)
  const high = bounds.find((one) => one.op.startsWith('lt') && isOther(one))
  if (!low && !high) return undefined
  const rangeAt = (one: Condition) => rangeOf(keyOf(index, [...values, one.values[0]]))
  // The byte of the type, behind the values before it, begins all keys that the bounds can mean.
  const bracket = rangeOf(rangeAt(low ?? high!).start.subarray(0, keyOf(index, values).length + 1))
  const [first, last] = index.directions[values.length] === 1 ? [low, high] : [high, low]
  return {
    start: first ? rangeAt(first)[first.op.endsWith('e') ? 'start' : 'end'] : bracket.start,
    end: last ? rangeAt(last)[last.op.endsWith('e') ? 'end' : 'start'] : bracket.end,
  }
}

/** The direction in which the index gives the order asked for, if it does; fields fixed to one value don't matter. */
function sortDirection({ fields, directions, isLoose }: Index, fixed: number, sort: Sort): 1 | -1 | undefined {
  if (sort.length === 0) return 1
  // Of an array one element meets the filter, but another one may decide the order.
  if (isLoose) return undefined
  const wanted = sort.filter(([field]) => !fields.slice(0, fixed).includes(field))
  const turns = wanted.map(([field, turn], i) => (fields[fixed + i] === field ? turn * directions[fixed + i]! : 0))
  if (turns.every((turn) => turn === 1)) return 1
  return turns.every((turn) => turn === -1) ? -1 : undefined
}

/** In key order and each once: a list may name a value twice. */
function distinctRanges(ranges: KeyRange[]): KeyRange[] {
  const sorted = [...ranges].sort((a, b) => Buffer.compare(a.start, b.start))
  return sorted.filter((range, i) => !sorted[i - 1]?.start.equals(range.start))
}
