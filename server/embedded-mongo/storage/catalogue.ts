import type { Document } from 'bson'
import type { Database } from 'lmdb'
import { compile, type Predicate, readFilter, rootsOf } from '../query/filter.js'
import type { Direction } from '../values/key.js'
import { rootOf } from '../values/path.js'
import { decode, encode } from '../values/raw.js'
import { toDouble } from '../values/types.js'
import type { Store } from './store.js'

/** An LMDB database whose keys and values are plain bytes. */
export type Bytes = Database<Buffer, Buffer>

/** What is asked for in an index; numbers may be of any type. */
export interface IndexSpec {
  readonly name: string
  readonly key: Document
  readonly unique?: boolean
  readonly sparse?: boolean
  readonly partialFilterExpression?: Document
  readonly expireAfterSeconds?: unknown
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

/** A collection: its number in the keys, and its indexes beside the order of `_id`, in which the documents lie. */
export interface Collection {
  readonly store: Store
  readonly ns: string
  readonly id: number
  readonly byId: Index
  readonly indexes: Index[]
}

/** Whether the index is no index but the order of `_id`, in which the documents themselves lie. */
export const isById = ({ spec }: Index): boolean => spec.name === '_id_'

const NEXT_ID = Buffer.from('next')
const keyOf = ({ ns }: Collection) => Buffer.from(`c${ns}`)

function toIndex(id: number, spec: IndexSpec, isLoose: boolean): Index {
  const filter = readFilter(spec.partialFilterExpression ?? {})
  const fields = Object.keys(spec.key)
  const directions = Object.values(spec.key).map((value) => (toDouble(value) > 0 ? 1 : -1))
  const roots = new Set([...fields.map(rootOf), ...rootsOf(filter)])
  return { id, spec, fields, directions, roots, covers: compile(filter), isLoose }
}

/**
 * What collections and indexes there are; the only thing that is read when the store opens. Changes are part of the
 * write transaction that they are made in; `reload` forgets those of one that failed.
 */
export class Catalogue {
  private readonly collections = new Map<string, Collection>()

  constructor(
    private readonly store: Store,
    private readonly meta: Bytes,
  ) {
    this.reload()
  }

  /** Reads everything from disk again. */
  reload(): void {
    this.collections.clear()
    for (const { key, value } of this.meta.getRange({ start: Buffer.from('c'), end: Buffer.from('d') })) {
      const { id, indexes } = decode(value)
      const collection = this.empty(key.toString('utf8', 1), toDouble(id))
      for (const one of indexes) collection.indexes.push(toIndex(toDouble(one.id), one.spec, one.isLoose))
      this.collections.set(collection.ns, collection)
    }
  }

  private empty(ns: string, id: number): Collection {
    return { store: this.store, ns, id, byId: toIndex(id, { name: '_id_', key: { _id: 1 } }, false), indexes: [] }
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
    const found = this.find(ns)
    if (found) return found
    const made = this.empty(ns, this.takeId())
    this.collections.set(ns, made)
    this.note(made)
    return made
  }

  remove(collection: Collection): void {
    this.collections.delete(collection.ns)
    this.meta.removeSync(keyOf(collection))
  }

  addIndex(collection: Collection, spec: IndexSpec): Index {
    const index = toIndex(this.takeId(), spec, false)
    collection.indexes.push(index)
    this.note(collection)
    return index
  }

  /** Notes the indexes of a collection as they are now. */
  note(collection: Collection): void {
    const indexes = collection.indexes.map(({ id, spec, isLoose }) => ({ id, spec, isLoose }))
    this.meta.putSync(keyOf(collection), encode({ id: collection.id, indexes }))
  }

  /** A number that was never used before: an old cursor must not meet a new collection under its number. */
  private takeId(): number {
    const id = Number(this.meta.getBinary(NEXT_ID) ?? 1)
    this.meta.putSync(NEXT_ID, Buffer.from(String(id + 1)))
    return id
  }
}
