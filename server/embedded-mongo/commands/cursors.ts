import { randomBytes } from 'node:crypto'
import { refuse } from '../errors.js'
import { cursorReply } from '../wire/message.js'

const IDLE_MS = 10 * 60_000
const FIRST_BATCH = 101
const MAX_BATCH_BYTES = 16 * 1024 * 1024
const MAX_CURSORS = 10_000

interface Cursor {
  readonly ns: string
  /** Hands out raw documents, one by one; it holds nothing open in between. */
  readonly source: Iterator<Buffer>
  /** A document that was read but no longer fitted into the last batch. */
  held?: Buffer | undefined
  usedAt: number
}

/** The open cursors of all clients, as on a server: by number, until read to the end, killed or left for ten minutes. */
export class Cursors {
  private readonly open = new Map<bigint, Cursor>()

  /** Answers with the first batch; a cursor stays open when there is more. */
  start(ns: string, source: Iterator<Buffer>, batchSize = FIRST_BATCH, isSingle = false): Buffer {
    const cursor: Cursor = { ns, source, usedAt: Date.now() }
    const { batch, isDone } = takeBatch(cursor, batchSize)
    if (isDone || isSingle) return cursorReply(ns, 0n, 'firstBatch', batch)
    const [oldest] = this.open.keys()
    if (this.open.size >= MAX_CURSORS) this.open.delete(oldest!)
    const id = randomBytes(8).readBigInt64LE() & 0x7fffffffffffffffn
    this.open.set(id, cursor)
    return cursorReply(ns, id, 'firstBatch', batch)
  }

  /**
   * Answers with the next batch; without a size with all that fits into a message.
   *
   * @throws {CommandError} 43 when there is no such cursor
   */
  more(id: bigint, ns: string, batchSize: number): Buffer {
    const cursor = this.open.get(id)
    if (cursor?.ns !== ns) refuse(43, `cursor id ${id} not found`)
    this.open.delete(id)
    const { batch, isDone } = takeBatch(cursor, batchSize || Number.POSITIVE_INFINITY)
    if (!isDone) this.open.set(id, Object.assign(cursor, { usedAt: Date.now() }))
    return cursorReply(ns, isDone ? 0n : id, 'nextBatch', batch)
  }

  /** Forgets a cursor; false when there is none. */
  kill(id: bigint, ns: string): boolean {
    return this.open.get(id)?.ns === ns && this.open.delete(id)
  }

  /** Forgets what nobody has asked for in ten minutes. */
  removeIdle(now: number): void {
    for (const [id, { usedAt }] of this.open) if (now - usedAt > IDLE_MS) this.open.delete(id)
  }
}

function takeBatch(cursor: Cursor, size: number): { batch: Buffer[]; isDone: boolean } {
  const batch: Buffer[] = []
  for (let bytes = 0; batch.length < size; ) {
    const raw: Buffer | undefined = cursor.held ?? cursor.source.next().value
    if (!raw) return { batch, isDone: true }
    bytes += raw.length
    cursor.held = bytes > MAX_BATCH_BYTES && batch.length > 0 ? raw : undefined
    if (cursor.held) break
    batch.push(raw)
  }
  return { batch, isDone: false }
}
