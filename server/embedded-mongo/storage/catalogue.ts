import { type Document, deserialize } from 'bson'
import type { Database } from 'lmdb'
import { readFilter, rootsOf } from '../query/filter.js'
import { compile, type Predicate } from '../query/matches.js'
import type { Direction } from '../values/key.js'
import { rootOf } from '../values/path.js'
import { decode, encode } from '../values/raw.js'
import type { Store } from './store.js'

/** An LMDB database whose keys and values are plain bytes. */
export type Bytes = Database<Buffer, Buffer>

/** What is asked for in an index. */
export interface IndexSpec {
  readonly name: string
  readonly key: Readonly<Record<string, Direction>>
  readonly unique?: boolean
  readonly sparse?: boolean
  readonly partialFilterExpression?: Document
  readonly expireAfterSeconds?: number
}

/** An index, ready for use. */
export interface Index {
  readonly id: number
  readonly spec: IndexSpec
  readonly fields: readonly string[]
  readonly directions: readonly Direction[]
  /** The top-level fields it depends on. */
  readonly roots: ReadonlySet<string>
  /** Whether a document is in the index at all, as its partial filter says. */
  readonly covers: Predicate
  /** Whether some document has had several entries, or a value was too long for its key: the order is then only a hint. */
  isLoose: boolean
}

/** A collection: its number in the keys, its secondary indexes and how many documents it has. */
export interface Collection {
  readonly store: Store
  readonly ns: string
  readonly id: number
  readonly indexes: Index[]
  count: number
}

const NEXT_ID = Buffer.from('next')
const collectionKey = ({ ns }: { ns: string }) => Buffer.from(`c${ns}`)
const countKey = ({ ns }: { ns: string }) => Buffer.from(`n${ns}`)

function toIndex(id: number, spec: IndexSpec, isLoose: boolean): Index {
  const filter = readFilter(spec.partialFilterExpression ?? {})
  const fields = Object.keys(spec.key)
  const roots = new Set([...fields.map(rootOf), ...rootsOf(filter)])
  return { id, spec, fields, directions: Object.values(spec.key), roots, covers: compile(filter), isLoose }
}

/** The partial filter is kept as bytes of its own, so that its numbers keep their types. */
function writeIndex({ id, spec: { partialFilterExpression: partial, ...spec }, isLoose }: Index): Document {
  return { spec: { id, ...spec, multikey: isLoose }, ...(partial ? { partial: encode(partial) } : {}) }
}

function readIndex({ spec: { id, multikey, truncated = false, ...spec }, partial }: Document): Index {
  const filter = partial ? { partialFilterExpression: decode(partial) } : {}
  return toIndex(id, { ...spec, ...filter } as IndexSpec, multikey || truncated)
}

/**
 * What collections and indexes there are; the only thing that is read when the store opens.
 * Changes go to disk at the end of the write transaction that they belong to; `reload` forgets those of one that failed.
 */
export class Catalogue {
  private readonly collections = new Map<string, Collection>()
  private readonly changed = new Set<Collection>()

  constructor(
    private readonly store: Store,
    private readonly meta: Bytes,
  ) {
    this.reload()
  }

  /** Reads everything from disk again. */
  reload(): void {
    this.collections.clear()
    this.changed.clear()
    for (const { key, value } of this.meta.getRange({ start: Buffer.from('c'), end: Buffer.from('d') })) {
      const ns = key.toString('utf8', 1)
      const { id, indexes } = deserialize(value, { promoteBuffers: true })
      const count = this.meta.getBinary(countKey({ ns }))?.readDoubleLE(0) ?? 0
      this.collections.set(ns, { ...this.empty(ns, id), indexes: indexes.map(readIndex), count })
    }
  }

  private empty(ns: string, id: number): Collection {
    return { store: this.store, ns, id, indexes: [], count: 0 }
  }

  find(ns: string): Collection | undefined {
    return this.collections.get(ns)
  }

  /** The collection of a namespace to read; an empty one, whose number no key begins with, stands for one that is missing. */
  get(ns: string): Collection {
    return this.find(ns) ?? this.empty(ns, 0)
  }

  all(): Collection[] {
    return [...this.collections.values()]
  }

  /** The collection of a namespace, made when it is missing. Inside a write transaction only, as all that follow. */
  findOrCreate(ns: string): Collection {
    const found = this.collections.get(ns)
    if (found) return found
    const made = this.empty(ns, this.takeId())
    this.collections.set(ns, made)
    this.changed.add(made)
    return made
  }

  remove(collection: Collection): void {
    this.collections.delete(collection.ns)
    this.changed.delete(collection)
    this.meta.removeSync(collectionKey(collection))
    this.meta.removeSync(countKey(collection))
  }

  addIndex(collection: Collection, spec: IndexSpec): Index {
    const index = toIndex(this.takeId(), spec, false)
    collection.indexes.push(index)
    this.changed.add(collection)
    return index
  }

  /** Notes that indexes or count of a collection have changed. */
  note(collection: Collection): void {
    this.changed.add(collection)
  }

  /** Writes what has changed: once per transaction, at its end. */
  save(): void {
    for (const collection of this.changed) {
      const count = Buffer.alloc(8)
      count.writeDoubleLE(collection.count)
      this.meta.putSync(countKey(collection), count)
      const indexes = collection.indexes.map(writeIndex)
      this.meta.putSync(collectionKey(collection), encode({ id: collection.id, indexes }))
    }
    this.changed.clear()
  }

  private takeId(): number {
    const id = this.meta.getBinary(NEXT_ID)?.readUInt32BE(0) ?? 1
    const next = Buffer.alloc(4)
    next.writeUInt32BE(id + 1)
    this.meta.putSync(NEXT_ID, next)
    return id
  }
}
