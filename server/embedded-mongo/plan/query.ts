import type { Document } from 'bson'
import { CommandError, maxTimeExpired } from '../errors.js'
import { compileFilter, type Predicate } from '../query/filter.js'
import { compileSort } from '../query/sort.js'
import type { Collection } from '../storage/catalogue.js'
import { numbered } from '../storage/keys.js'
import { PointScan, RangeScan } from '../storage/range-scan.js'
import { decode, pickRaw } from '../storage/raw-pick.js'
import type { Store } from '../storage/store.js'
import { filterFields, rootOf } from './filter-fields.js'
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

/** A running query; pause it whenever the command that reads from it ends. */
export interface Query {
  next(): Match | undefined
  pause(): void
}

const NOTHING: Query = { next: () => undefined, pause: () => {} }

/**
 * Starts a query. Its filter and order are checked even when there is no such collection.
 *
 * @throws {CommandError} on a filter or order that isn't valid; from `next` with 50 when the time is up
 */
export function openQuery(store: Store, collection: Collection | undefined, selection: Selection): Query {
  const { filter, sort, skip = 0, limit = 0 } = selection
  const matches = compileFilter(filter)
  const order = sort && Object.keys(sort).length > 0 ? compileSort(sort) : undefined
  if (!collection) return NOTHING
  const plan = planQuery(collection, filter, sort)
  const found = new FilteredScan(store, collection, plan, filter, matches, selection.deadline)
  if (!order || plan.isSorted) return window(found, skip, limit)
  const keep = limit > 0 ? skip + limit : Number.POSITIVE_INFINITY
  const fields = new Set(Object.keys(sort!).map(rootOf))
  return window(sortInMemory(store, collection, found, fields, order, keep), skip, limit)
}

class FilteredScan implements Query {
  private readonly scan: RangeScan | PointScan
  private readonly seen: Set<string> | undefined
  private readonly fields: Set<string> | undefined
  private readonly isUnfiltered: boolean
  private examined = 0

  constructor(
    private readonly store: Store,
    private readonly collection: Collection,
    private readonly plan: Plan,
    filter: Document,
    private readonly matches: Predicate,
    private readonly deadline: number | undefined,
  ) {
    this.scan = plan.isPoints
      ? new PointScan(
          store.data,
          plan.ranges.map(({ start }) => start),
        )
      : new RangeScan(plan.index ? store.index : store.data, plan.ranges, plan.isReverse)
    this.seen = plan.isMultikey ? new Set() : undefined
    this.fields = filterFields(filter)
    this.isUnfiltered = Object.keys(filter).length === 0
  }

  next(): Match | undefined {
    for (let entry = this.scan.next(); entry; entry = this.scan.next()) {
      this.checkTime()
      const id = this.plan.index ? entry.value : entry.key.subarray(4)
      if (this.seen && !this.isFirst(id)) continue
      const raw = this.plan.index ? this.store.data.getBinary(numbered(this.collection.id, id)) : entry.value
      if (raw && (this.isUnfiltered || this.matches(decode(raw, this.fields)))) return { id, raw }
    }
    return undefined
  }

  pause(): void {
    this.scan.pause()
  }

  private isFirst(id: Buffer): boolean {
    const text = id.toString('latin1')
    return !this.seen!.has(text) && this.seen!.add(text) !== undefined
  }

  private checkTime(): void {
    if (this.deadline === undefined || ++this.examined % CHECK_TIME_EVERY !== 0) return
    if (performance.now() > this.deadline) throw maxTimeExpired('operation exceeded time limit')
  }
}

function window(query: Query, skip: number, limit: number): Query {
  if (skip === 0 && limit === 0) return query
  let skipped = 0
  let given = 0
  return {
    next() {
      for (; skipped < skip; skipped++) if (!query.next()) return undefined
      if (limit > 0 && given++ >= limit) return undefined
      return query.next()
    },
    pause: () => query.pause(),
  }
}

/** Sorts by the decoded fields of the order alone; the documents themselves are read again when they are handed out. */
function sortInMemory(
  store: Store,
  collection: Collection,
  found: Query,
  fields: ReadonlySet<string>,
  order: (a: Document, b: Document) => number,
  keep: number,
): Query {
  let rows: { id: Buffer; key: Document; bytes: number }[] | undefined
  let at = 0
  function sorted() {
    const all: { id: Buffer; key: Document; bytes: number }[] = []
    let bytes = 0
    for (let match = found.next(); match; match = found.next()) {
      const picked = pickRaw(match.raw, fields)
      all.push({ id: Buffer.from(match.id), key: decode(picked), bytes: picked.length })
      bytes += picked.length
      if (all.length > 2 * keep + 1000) {
        all.sort((a, b) => order(a.key, b.key))
        for (const dropped of all.splice(keep)) bytes -= dropped.bytes
      }
      if (bytes > MAX_SORT_BYTES) throw tooMuchMemory('a sort without an index or a limit')
    }
    found.pause()
    return all.sort((a, b) => order(a.key, b.key))
  }
  return {
    next() {
      rows ??= sorted()
      while (at < rows.length) {
        const { id } = rows[at++]!
        const raw = store.data.getBinary(numbered(collection.id, id))
        if (raw) return { id, raw }
      }
      return undefined
    },
    pause: () => found.pause(),
  }
}

/** MongoDB's refusal of what would need more than 100 MB. */
const tooMuchMemory = (what: string) =>
  new CommandError(292, 'QueryExceededMemoryLimitNoDiskUseAllowed', `Exceeded memory limit of 104857600 bytes: ${what}`)
