import type { Document } from 'bson'
import { CommandError } from '../errors.js'
import { type Filter, readFilter, rootsOf } from '../query/filter.js'
import { compile } from '../query/matches.js'
import { readSort, type Sort, sortKey } from '../query/sort.js'
import type { Collection } from '../storage/catalogue.js'
import { numbered } from '../storage/keys.js'
import { type Entry, entriesAt, entriesIn } from '../storage/scan.js'
import type { Store } from '../storage/store.js'
import { rootOf } from '../values/path.js'
import { decode } from '../values/raw.js'
import { type Plan, planQuery } from './plan.js'

const MAX_SORT_BYTES = 100 * 1024 * 1024
const CHECK_TIME_EVERY = 256

/** What to find. */
export interface Selection {
  readonly filter: Document
  readonly sort?: Document | undefined
  readonly skip?: number | undefined
  /** At most so many; 0 or undefined for all. */
  readonly limit?: number | undefined
  /** When to give up, as `performance.now()` counts. */
  readonly deadline?: number | undefined
}

/** A stored document and the key of its `_id`. */
export interface Match {
  readonly id: Buffer
  readonly raw: Buffer
}

/**
 * Starts a query; it holds nothing open between two documents. Its filter and order are checked even when there is no
 * such collection.
 *
 * @throws {CommandError} on a filter or order that isn't valid; on the way with 50 when the time is up
 */
export function openQuery(
  store: Store,
  collection: Collection | undefined,
  selection: Selection,
): IterableIterator<Match> {
  const { skip = 0, limit = 0, deadline } = selection
  const [filter, sort] = [readFilter(selection.filter), readSort(selection.sort)]
  if (!collection) return [][Symbol.iterator]()
  const plan = planQuery(collection, filter, sort)
  const found = matching(store, collection, plan, filter, deadline)
  const keep = limit > 0 ? skip + limit : Number.POSITIVE_INFINITY
  return between(plan.isSorted ? found : sorted(store, collection, found, sort, keep), skip, keep)
}

function* matching(
  store: Store,
  { id: number }: Collection,
  { index, ranges, isPoints, isReverse }: Plan,
  filter: Filter,
  deadline = Number.POSITIVE_INFINITY,
): Generator<Match> {
  const database = index ? store.index : store.data
  const entries = isPoints ? entriesAt(database, ranges) : entriesIn(store, database, ranges, isReverse)
  const [test, fields] = [compile(filter), new Set(rootsOf(filter))]
  const takesAll = 'parts' in filter && filter.parts.length === 0
  const seen = new Set<string>()
  /** A document with an array has several entries in an index. */
  const isFirst = (id: Buffer) => !index?.isLoose || seen.size < seen.add(id.toString('latin1')).size
  const toMatch = ({ key, value }: Entry): Match =>
    index ? { id: value, raw: store.data.getBinary(numbered(number, value))! } : { id: key.subarray(4), raw: value }
  let examined = 0
  for (const entry of entries) {
    if (++examined % CHECK_TIME_EVERY === 0 && performance.now() > deadline)
      throw new CommandError(50, 'operation exceeded time limit')
    const match = toMatch(entry)
    if (isFirst(match.id) && (takesAll || test(decode(match.raw, fields)))) yield match
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
function* sorted(
  store: Store,
  collection: Collection,
  found: Iterable<Match>,
  sort: Sort,
  keep: number,
): Generator<Match> {
  const [keyOf, fields] = [sortKey(sort), new Set(sort.map(([field]) => rootOf(field)))]
  const inOrder = (rows: { id: Buffer; key: Buffer }[]) => rows.sort((a, b) => Buffer.compare(a.key, b.key))
  let rows: { id: Buffer; key: Buffer }[] = []
  let bytes = 0
  for (const { id, raw } of found) {
    const key = keyOf(decode(raw, fields))
    rows.push({ id, key })
    bytes += key.length
    if (rows.length > 2 * keep + 1000) {
      rows = inOrder(rows).slice(0, keep)
      bytes = rows.reduce((sum, row) => sum + row.key.length, 0)
    }
    if (bytes > MAX_SORT_BYTES)
      throw new CommandError(
        292,
        `Exceeded memory limit of ${MAX_SORT_BYTES} bytes: a sort without an index or a limit`,
      )
  }
  for (const { id } of inOrder(rows)) {
    const raw = store.data.getBinary(numbered(collection.id, id))
    if (raw) yield { id, raw }
  }
}
