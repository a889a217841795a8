import { statfsSync } from 'node:fs'
import { open, type RootDatabase } from 'lmdb'
import { CommandError } from '../errors.js'
import { type Bytes, Catalogue } from './catalogue.js'

const OPTIONS = { encoding: 'binary', keyEncoding: 'binary', cache: false } as const
/** How lmdb-js reports `ENOSPC`, LMDB's own "map is full", and a write that was cut short. */
const NO_SPACE = /No space left|MDB_MAP_FULL|Disk quota|Input\/output error/
/** Writes are refused while less is free than this and four times what they bring: see `checkRoom`. */
const RESERVE_BYTES = 4 * 1024 * 1024
const MAX_GROUP = 512
const MAX_GATHER_MS = 3

interface Write {
  readonly run: () => unknown
  readonly bytes: number
  /** Whether a refusal must undo what the write has put already: it then gets a transaction of its own. */
  readonly isUndoable: boolean
  readonly resolve: (value: never) => void
  readonly reject: (error: unknown) => void
}

/** A flush to disk: how many writes it held, and how long it took. */
export interface Flush {
  readonly writes: number
  readonly seconds: number
}

const diskFull = () =>
  new CommandError(14031, 'The disk is full: nothing was written, what was acknowledged before is kept')

/**
 * The LMDB environment: `data` holds raw documents under collection number + encoded `_id`, `index` holds encoded `_id`s
 * under index number + encoded values, and `meta` the catalogue.
 *
 * Writers that come together share one synchronous transaction (group commit). It blocks this worker for one flush,
 * which costs less than handing each write to LMDB's thread, and leaves an error only one place to appear in.
 */
export class Store {
  readonly catalogue: Catalogue
  readonly data: Bytes
  readonly index: Bytes
  /** How many transactions there were: whoever reads ahead sees by it that something may have changed. */
  commits = 0
  private readonly root: RootDatabase<Buffer, Buffer>
  private queue: Write[] = []
  private lastGroup = 0
  private lastCommitMs = 0

  /** Opens or makes the store in a folder that the caller has locked. */
  constructor(
    private readonly dir: string,
    private readonly onFlush: (flush: Flush) => void = () => {},
  ) {
    // No mapSize: LMDB then grows by itself. No overlappingSync: a commit returns when it is on disk.
    this.root = open({ path: dir, overlappingSync: false, noSubdir: false, maxDbs: 4, ...OPTIONS })
    const [meta, data, index] = ['meta', 'data', 'index'].map((name) => this.root.openDB({ name, ...OPTIONS }))
    this.catalogue = new Catalogue(this, meta!)
    this.data = data!
    this.index = index!
  }

  /**
   * Runs a write within a transaction; resolves when it is on disk.
   *
   * @param run synchronous; everything that may refuse (throw a CommandError) must come before its first put
   * @param bytes about how much it adds
   */
  write<T>(run: () => T, bytes = 0, isUndoable = false): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.queue.push({ run, bytes, isUndoable, resolve, reject }) === 1) this.schedule()
    })
  }

  /** As {@link write}, in a transaction of its own which a refusal undoes: for changes of the catalogue. */
  writeUndoable<T>(run: () => T): Promise<T> {
    return this.write(run, 0, true)
  }

  /** Finishes the queued writes and closes the files. */
  async close(): Promise<void> {
    while (this.queue.length > 0) this.flush()
    await this.root.close()
  }

  /**
   * Flushes after the sockets that are ready now have been read. If the last group was larger, the same writers are
   * probably on their way: waiting up to half a commit for them saves them a whole one.
   */
  private schedule(gatherUntil = performance.now() + Math.min(MAX_GATHER_MS, this.lastCommitMs / 2)): void {
    setImmediate(() => {
      if (this.queue.length < this.lastGroup && performance.now() < gatherUntil) return this.schedule(gatherUntil)
      if (this.queue.length === 0) return
      this.lastGroup = this.queue.length
      this.flush()
      if (this.queue.length > 0) this.schedule()
    })
  }

  private flush(): void {
    const alone = this.queue.findIndex(({ isUndoable }) => isUndoable)
    this.commit(this.queue.splice(0, alone < 0 ? MAX_GROUP : Math.max(1, alone)))
  }

  /**
   * Runs writes in one transaction and answers them when it is on disk. If one breaks it, nothing of it stays and each
   * write gets a transaction of its own, so that only that one fails.
   */
  private commit(group: readonly Write[]): void {
    const before = performance.now()
    try {
      this.checkRoom(group)
      const answers = this.root.transactionSync(() => group.map(runWrite))
      for (const answer of answers) answer()
      this.lastCommitMs = performance.now() - before
      this.onFlush({ writes: group.length, seconds: this.lastCommitMs / 1000 })
    } catch (error) {
      this.catalogue.reload()
      if (group.length > 1) for (const write of group) this.commit([write])
      else group[0]!.reject(error instanceof Error && NO_SPACE.test(error.message) ? diskFull() : error)
    } finally {
      this.commits++
    }
  }

  /** Keeps LMDB from meeting a full disk: lmdb-js was seen to spoil its memory when that happens again and again. */
  private checkRoom(group: readonly Write[]): void {
    const { bavail, bsize } = statfsSync(this.dir)
    const needed = group.reduce((sum, { bytes }) => sum + 4 * bytes, RESERVE_BYTES)
    if (bavail * bsize < needed) throw diskFull()
  }
}

/** Runs a write; gives what answers it. */
function runWrite({ run, isUndoable, resolve, reject }: Write): () => void {
  try {
    const value = run() as never
    return () => resolve(value)
  } catch (error) {
    if (isUndoable || !(error instanceof CommandError)) throw error
    return () => reject(error)
  }
}
