import { randomBytes } from 'node:crypto'
import { cursorNotFound } from '../errors.js'
import { cursorReply } from '../wire/reply.js'

const IDLE_MS = 10 * 60_000
const FIRST_BATCH = 101
const MAX_BATCH_BYTES = 16 * 1024 * 1024
const MAX_CURSORS = 10_000

/** What a cursor hands out: raw documents, one by one. */
export interface Source {
  next(): Buffer | undefined
  /** Called whenever a command ends: nothing may stay open. */
  pause(): void
}

interface Cursor {
  readonly ns: string
  readonly source: Source
  /** A document that was read but no longer fitted into the last batch. */
  held: Buffer | undefined
  usedAt: number
}

/** The open cursors of all clients, as on a server: by number, until read to the end, killed or left for ten minutes. */
export class Cursors {
  private readonly open = new Map<bigint, Cursor>()

  /** Answers with the first batch; a cursor stays open when there is more. */
  start(ns: string, source: Source, batchSize: number | undefined, isSingle = false): Buffer {
    const cursor: Cursor = { ns, source, held: undefined, usedAt: Date.now() }
    const { batch, isDone } = takeBatch(cursor, batchSize ?? FIRST_BATCH)
    if (isDone || isSingle) return cursorReply(ns, 0n, 'firstBatch', batch)
    return cursorReply(ns, this.keep(cursor), 'firstBatch', batch)
  }

  /**
   * Answers with the next batch.
   *
   * @throws {CommandError} 43 when there is no such cursor
   */
  more(id: bigint, ns: string, batchSize: number | undefined): Buffer {
    const cursor = this.open.get(id)
    if (!cursor || cursor.ns !== ns) throw cursorNotFound(`cursor id ${id} not found`)
    this.open.delete(id)
    const { batch, isDone } = takeBatch(cursor, batchSize || Number.POSITIVE_INFINITY)
    if (isDone) return cursorReply(ns, 0n, 'nextBatch', batch)
    cursor.usedAt = Date.now()
    this.open.set(id, cursor)
    return cursorReply(ns, id, 'nextBatch', batch)
  }

  /** Forgets a cursor; false when there is none. */
  kill(id: bigint, ns: string): boolean {
    return this.open.get(id)?.ns === ns && this.open.delete(id)
  }

  /** Forgets what nobody has asked for in ten minutes. */
  removeIdle(now: number): void {
    for (const [id, { usedAt }] of this.open) if (now - usedAt > IDLE_MS) this.open.delete(id)
  }

  private keep(cursor: Cursor): bigint {
    const [oldest] = this.open.keys()
    if (this.open.size >= MAX_CURSORS && oldest !== undefined) this.open.delete(oldest)
    const id = randomBytes(8).readBigInt64LE() & 0x7fffffffffffffffn
    this.open.set(id, cursor)
    return id
  }
}

function takeBatch(cursor: Cursor, size: number): { batch: Buffer[]; isDone: boolean } {
  const batch: Buffer[] = []
  let bytes = 0
  try {
    while (batch.length < size) {
      const raw = cursor.held ?? cursor.source.next()
      cursor.held = undefined
      if (!raw) return { batch, isDone: true }
      bytes += raw.length
      if (bytes > MAX_BATCH_BYTES && batch.length > 0) {
        cursor.held = raw
        break
      }
      batch.push(raw)
    }
    return { batch, isDone: false }
  } finally {
    cursor.source.pause()
  }
}
