import type { Document } from 'bson'
import { refuse } from '../errors.js'
import { compile, type Filter, readFilter, rootsOf } from '../query/filter.js'
import { readSort, type Sort, sortKey } from '../query/sort.js'
import { type Collection, isById } from '../storage/catalogue.js'
import { entriesIn, entryAt, type KeyRange, numbered } from '../storage/keys.js'
import { rootOf } from '../values/path.js'
import { decode } from '../values/raw.js'
import { type Plan, planQuery } from './plan.js'

const MAX_SORT_BYTES = 100 * 1024 * 1024

/** What to find. */
export interface Selection {
  readonly filter: Document
  readonly sort?: Document | undefined
  readonly skip?: number | undefined
  /** At most so many; 0 or undefined for all. */
  readonly limit?: number | undefined
}

/** A stored document and the key of its `_id`. */
export interface Match {
  readonly id: Buffer
  readonly raw: Buffer
}

/**
 * Starts a query; it holds nothing open between two documents. Its filter and order are checked at once.
 *
 * @throws {CommandError} on a filter or order that isn't valid
 */
export function openQuery(collection: Collection, selection: Selection): Generator<Match> {
  const { skip = 0, limit = 0 } = selection
  const [filter, sort] = [readFilter(selection.filter), readSort(selection.sort)]
  const plan = planQuery(collection, filter, sort)
  const found = matching(collection, plan, filter)
  const keep = limit > 0 ? skip + limit : Number.POSITIVE_INFINITY
  return between(plan.isSorted ? found : sorted(collection, found, sort, keep), skip, keep)
}

function* matching({ store, id: number }: Collection, plan: Plan, filter: Filter): Generator<Match> {
  const { index, ranges, isPoints, isReverse } = plan
  const database = isById(index) ? store.data : store.index
  const walk = (range: KeyRange) =>
    isPoints ? entryAt(database, range.start) : entriesIn(store, database, range, isReverse)
  const [test, fields] = [compile(filter), new Set(rootsOf(filter))]
  const takesAll = 'parts' in filter && filter.parts.length === 0
  const seen = new Set<string>()
  /** A document with an array has several entries in an index. */
  const isFirst = (id: Buffer) => !index.isLoose || seen.size < seen.add(id.toString('latin1')).size
  for (const range of ranges)
    for (const { key, value } of walk(range)) {
      const [id, raw] = isById(index)
        ? [key.subarray(4), value]
        : [value, store.data.getBinary(numbered(number, value))!]
      if (isFirst(id) && (takesAll || test(decode(raw, fields)))) yield { id, raw }
    }
}

function* between(found: Iterable<Match>, from: number, to: number): Generator<Match> {
  let i = 0
  for (const match of found) {
    if (i++ >= from) yield match
    if (i >= to) return
  }
}

/** Sorts by keys of the order alone; the documents themselves are read again when they are handed out. */
function* sorted(collection: Collection, found: Iterable<Match>, sort: Sort, keep: number): Generator<Match> {
  const [keyOf, fields] = [sortKey(sort), new Set(sort.map(([field]) => rootOf(field)))]
  let rows: { id: Buffer; key: Buffer }[] = []
  const order = () => rows.sort((a, b) => Buffer.compare(a.key, b.key))
  let bytes = 0
  for (const { id, raw } of found) {
    const key = keyOf(decode(raw, fields))
    rows.push({ id, key })
    bytes += key.length
    if (rows.length > 2 * keep + 1000) {
      rows = order().slice(0, keep)
      bytes = rows.reduce((sum, row) => sum + row.key.length, 0)
    }
    if (bytes > MAX_SORT_BYTES) refuse(292, `Exceeded memory limit of ${MAX_SORT_BYTES} bytes: a sort without an index`)
  }
  for (const { id } of order()) {
    const raw = collection.store.data.getBinary(numbered(collection.id, id))
    if (raw) yield { id, raw }
  }
}
