import { type Document, deserialize } from 'bson'
import type { Database } from 'lmdb'
import { filterFields, rootOf } from '../plan/filter-fields.js'
import { compileFilter, type Predicate } from '../query/filter.js'
import { DECODE_OPTIONS } from '../wire/message.js'
import { encode } from './raw-pick.js'

/** An LMDB database whose keys and values are plain bytes. */
export type Bytes = Database<Buffer, Buffer>

/** What is written down about an index. */
export interface IndexSpec {
  readonly id: number
  readonly name: string
  readonly key: Readonly<Record<string, 1 | -1>>
  readonly unique?: boolean
  readonly sparse?: boolean
  readonly partialFilterExpression?: Document
  readonly expireAfterSeconds?: number
  /** Whether some document has had more than one entry, and whether some key was too long to be kept whole. */
  multikey: boolean
  truncated: boolean
}

/** An index, ready for use. */
export interface Index extends IndexSpec {
  readonly fields: readonly string[]
  readonly directions: readonly (1 | -1)[]
  /** The top-level fields it depends on; undefined when its partial filter may look at any. */
  readonly roots: ReadonlySet<string> | undefined
  /** Whether a document is in the index at all, as its partial filter says. */
  readonly covers: Predicate
}

/** A collection: its number in the keys, its secondary indexes and how many documents it has. */
export interface Collection {
  readonly ns: string
  readonly db: string
  readonly name: string
  readonly id: number
  readonly indexes: Index[]
  count: number
}

const NEXT_ID = Buffer.from('next')
const collectionKey = (ns: string) => Buffer.from(`c${ns}`)
const countKey = (ns: string) => Buffer.from(`n${ns}`)

function toIndex(spec: IndexSpec): Index {
  const covers = spec.partialFilterExpression ? compileFilter(spec.partialFilterExpression) : () => true
  const fields = Object.keys(spec.key)
  const filtered = filterFields(spec.partialFilterExpression ?? {})
  const roots = filtered && new Set([...fields.map(rootOf), ...filtered])
  return { ...spec, fields, directions: Object.values(spec.key), roots, covers }
}

function toSpec({
  fields: _fields,
  directions: _directions,
  roots: _roots,
  covers: _covers,
  ...spec
}: Index): IndexSpec {
  return spec
}

function readCollection(ns: string, value: Buffer): Collection {
  const { id, indexes } = deserialize(value, { promoteBuffers: true }) as {
    id: number
    indexes: { spec: IndexSpec; partial?: Buffer }[]
  }
  // The partial filter is kept as bytes of its own, so that its numbers keep their types.
  const specs = indexes.map(({ spec, partial }) =>
    partial ? { ...spec, partialFilterExpression: deserialize(partial, DECODE_OPTIONS) } : spec,
  )
  const dot = ns.indexOf('.')
  return { ns, db: ns.slice(0, dot), name: ns.slice(dot + 1), id, indexes: specs.map(toIndex), count: 0 }
}

/**
 * What collections and indexes there are; the only thing that is read when the store opens.
 * Changes go to disk within the write transaction that they belong to; `reload` forgets those of one that failed.
 */
export class Catalogue {
  private collections = new Map<string, Collection>()
  private readonly changedCounts = new Set<Collection>()

  constructor(private readonly meta: Bytes) {
    this.reload()
  }

  /** Reads everything from disk again. */
  reload(): void {
    this.collections = new Map()
    this.changedCounts.clear()
    for (const { key, value } of this.meta.getRange({ start: Buffer.from('c'), end: Buffer.from('d') })) {
      const ns = key.toString('utf8', 1)
      const collection = readCollection(ns, value)
      collection.count = this.meta.getBinary(countKey(ns))?.readDoubleLE(0) ?? 0
      this.collections.set(ns, collection)
    }
  }

  find(ns: string): Collection | undefined {
    return this.collections.get(ns)
  }

  all(): Iterable<Collection> {
    return this.collections.values()
  }

  /** Adds an empty collection. Inside a write transaction only, as all that follow. */
  create(ns: string): Collection {
    const dot = ns.indexOf('.')
    const collection = { ns, db: ns.slice(0, dot), name: ns.slice(dot + 1), id: this.takeId(), indexes: [], count: 0 }
    this.collections.set(ns, collection)
    this.save(collection)
    return collection
  }

  remove(collection: Collection): void {
    this.collections.delete(collection.ns)
    this.changedCounts.delete(collection)
    this.meta.removeSync(collectionKey(collection.ns))
    this.meta.removeSync(countKey(collection.ns))
  }

  addIndex(collection: Collection, spec: Omit<IndexSpec, 'id' | 'multikey' | 'truncated'>): Index {
    const index = toIndex({ ...spec, id: this.takeId(), multikey: false, truncated: false })
    collection.indexes.push(index)
    this.save(collection)
    return index
  }

  removeIndex(collection: Collection, index: Index): void {
    collection.indexes.splice(collection.indexes.indexOf(index), 1)
    this.save(collection)
  }

  /** Writes down a collection whose indexes have changed. */
  save(collection: Collection): void {
    const indexes = collection.indexes.map(toSpec).map(({ partialFilterExpression: partial, ...spec }) => ({
      spec,
      ...(partial ? { partial: encode(partial) } : {}),
    }))
    this.meta.putSync(collectionKey(collection.ns), encode({ id: collection.id, indexes }))
  }

  addToCount(collection: Collection, change: number): void {
    collection.count += change
    this.changedCounts.add(collection)
  }

  /** Writes the changed counts: once per transaction, at its end. */
  saveCounts(): void {
    for (const collection of this.changedCounts) {
      const value = Buffer.alloc(8)
      value.writeDoubleLE(collection.count)
      this.meta.putSync(countKey(collection.ns), value)
    }
    this.changedCounts.clear()
  }

  private takeId(): number {
    const id = this.meta.getBinary(NEXT_ID)?.readUInt32BE(0) ?? 1
    const next = Buffer.alloc(4)
    next.writeUInt32BE(id + 1)
    this.meta.putSync(NEXT_ID, next)
    return id
  }
}
