import type { Document } from 'bson'
import { type Bound, filterBounds } from '../query/bounds.js'
import type { Collection, Index } from '../storage/catalogue.js'
import type { KeyRange } from '../storage/range-scan.js'
import { compareValues } from '../values/compare.js'
import { boundRanges, equalRange, type KeyShape } from './key-ranges.js'

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
  /** Whether a document may come more than once. */
  readonly isMultikey: boolean
}

type Bounds = ReadonlyMap<string, readonly Bound[]>
type Candidate = Plan & { readonly score: number }

/**
 * Chooses an index by rule: most equalities, then a range, then the order asked for. The filter must still run on
 * what the plan yields.
 */
export function planQuery(collection: Collection, filter: Document, sort: Document = {}): Plan {
  const byId: KeyShape = { id: collection.id, fields: ['_id'], directions: [1], multikey: false, truncated: false }
  const bounds = filterBounds(filter)
  const own = candidate(byId, undefined, bounds, sort)
  if (own.isPoints) return own
  const usable = collection.indexes.filter((index) => isComplete(index, bounds))
  const candidates = usable.map((index) => candidate(index, index, bounds, sort))
  return candidates.reduce((best, next) => (next.score > best.score ? next : best), own)
}

/** Whether every match of the filter is in the index: sparse and partial ones leave documents out. */
function isComplete(index: Index, bounds: Bounds): boolean {
  const has = (field: string) => bounds.get(field)?.some(impliesPresence) ?? false
  if (index.sparse && !index.fields.some(has)) return false
  return Object.entries(index.partialFilterExpression ?? {}).every(([field, wanted]) => {
    if (isExistence(wanted)) return has(field)
    return bounds.get(field)?.some(({ op, value }) => op === 'eq' && compareValues(value, wanted) === 0) ?? false
  })
}

const isExistence = (wanted: unknown) => JSON.stringify(wanted) === '{"$exists":true}'

function impliesPresence({ op, value }: Bound): boolean {
  if (op === 'in') return (value as unknown[]).every((item) => item !== null)
  return op !== 'eq' || value !== null
}

function candidate(shape: KeyShape, index: Index | undefined, bounds: Bounds, sort: Document): Candidate {
  const points = equalPoints(shape, bounds)
  const used = points[0]?.length ?? shape.fields.length
  const next = bounds.get(shape.fields[used] ?? '')
  const isServed = next && points.length > 0 && !sharesArray(shape, used)
  const bounded = isServed ? points.map((values) => boundRanges(shape, values, next)) : []
  const isBounded = bounded.length > 0 && bounded.every((ranges) => ranges !== undefined)
  const ranges = isBounded ? bounded.flat() : points.map((values) => equalRange(shape, values))
  const direction = points.length <= 1 ? sortDirection(shape, used, sort) : undefined
  const wantsSort = Object.keys(sort).length > 0
  const isOneDocument = (index ? index.unique : true) && used === shape.fields.length && points.length <= 1
  return {
    index,
    ranges: distinctRanges(ranges as KeyRange[]),
    isReverse: direction === -1,
    isSorted: direction !== undefined,
    isPoints: !index && used === 1,
    isMultikey: shape.multikey,
    score:
      (isOneDocument ? 1000 : 0) + used * 10 + (isBounded ? 5 : 0) + (wantsSort && direction !== undefined ? 4 : 0),
  }
}

/** The values that the first fields must have, as the product of the equalities and `$in` lists; one empty list if none. */
function equalPoints(shape: KeyShape, bounds: Bounds): unknown[][] {
  let points: unknown[][] = [[]]
  for (const [i, field] of shape.fields.entries()) {
    const bound = bounds.get(field)?.find(({ op }) => op === 'eq' || op === 'in')
    if (!bound || sharesArray(shape, i)) break
    const values = bound.op === 'eq' ? [bound.value] : (bound.value as unknown[])
    if (points.length * values.length > MAX_POINTS) break
    points = points.flatMap((point) => values.map((value) => [...point, value]))
  }
  return points
}

/** In a multikey index two fields below the same array may be met by different elements: only the first one serves. */
function sharesArray(shape: KeyShape, i: number): boolean {
  const root = (field: string) => field.split('.', 1)[0]
  return shape.multikey && shape.fields.slice(0, i).some((field) => root(field) === root(shape.fields[i]!))
}

/** The direction in which the index gives the order asked for, if it does; fields fixed to one value don't matter. */
function sortDirection(shape: KeyShape, fixed: number, sort: Document): 1 | -1 | undefined {
  if (Object.keys(sort).length === 0) return 1
  // Of an array one element meets the filter, but another one may decide the order.
  if (shape.multikey) return undefined
  const wanted = Object.entries(sort).filter(([field]) => !shape.fields.slice(0, fixed).includes(field))
  if (wanted.length === 0) return 1
  if (shape.truncated || wanted.length > shape.fields.length - fixed) return undefined
  const turns = wanted.map(([field, direction], i) =>
    shape.fields[fixed + i] === field ? Number(direction) * shape.directions[fixed + i]! : 0,
  )
  const turn = turns[0]
  return (turn === 1 || turn === -1) && turns.every((other) => other === turn) ? turn : undefined
}

/** In key order and each once: an `$in` may name a value twice. */
function distinctRanges(ranges: KeyRange[]): KeyRange[] {
  const sorted = [...ranges].sort((a, b) => Buffer.compare(a.start, b.start))
  return sorted.filter((range, i) => i === 0 || Buffer.compare(range.start, sorted[i - 1]!.start) !== 0)
}
