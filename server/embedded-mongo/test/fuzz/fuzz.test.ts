import { mkdtemp, rm } from 'node:fs/promises'
import { createConnection, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { MongoClient } from 'mongodb'
import { type Engine, start } from '../../start.js'
import { randomFrom } from '../support/random-values.js'
import { message, mutated } from './messages.js'

/** The full number is run by `FUZZ_MESSAGES=100000`; the fixed seed makes a smaller run the beginning of it. */
const MESSAGES = Number(process.env.FUZZ_MESSAGES ?? 5_000)
const LINES = 48
const PING_ID = 0x50494e47

/** One line to the engine, opened anew whenever it was closed. */
class Line {
  private socket: Socket | undefined
  private received = Buffer.alloc(0)
  private settle: () => void = () => {}
  private isAnswered = false

  constructor(private readonly path: string) {}

  private open(): Socket {
    const socket = createConnection(this.path)
    this.received = Buffer.alloc(0)
    socket.on('data', (bytes) => {
      this.received = Buffer.concat([this.received, bytes])
      this.readReplies()
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      if (this.socket === socket) this.socket = undefined
      this.settle()
    })
    return socket
  }

  private readReplies(): void {
    while (this.received.length >= 16) {
      const length = this.received.readInt32LE(0)
      if (this.received.length < length) return
      if (this.received.readInt32LE(8) === PING_ID) {
        this.isAnswered = true
        this.settle()
      }
      this.received = this.received.subarray(length)
    }
  }

  /** Sends a spoilt message and a ping after it; true if the ping was answered, false if the line was closed. */
  async send(bytes: Buffer): Promise<boolean> {
    this.socket ??= this.open()
    const { socket } = this
    this.isAnswered = false
    const settled = new Promise<void>((settle) => {
      this.settle = settle
    })
    socket.write(Buffer.concat([bytes, message(PING_ID, { ping: 1 })]))
    // With a wrong length the engine waits for the rest of the message, so the line has to end.
    if (bytes.length < 16 || bytes.readInt32LE(0) !== bytes.length) socket.end()
    await settled
    return this.isAnswered
  }

  close(): void {
    this.socket?.destroy()
  }
}

describe('mutated messages', function () {
  this.timeout(120_000 + 20 * MESSAGES)
  let dir: string
  let engine: Engine

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'fuzz-'))
    engine = await start({ dir })
  })
  after(async () => {
    await engine.stop()
    await rm(dir, { recursive: true })
  })

  it(`${MESSAGES} of them leave the engine alive, its data whole and its memory bounded`, async () => {
    const random = randomFrom(20260403)
    const client = await MongoClient.connect(engine.uri('kept'))
    const kept = client.db('kept').collection('items')
    await kept.insertOne({ _id: 1 as never, text: 'kept' })
    const before = process.memoryUsage.rss()
    const lines = Array.from({ length: LINES }, () => new Line(join(dir, 'socket', 'db.sock')))
    const counts = { sent: 0, answered: 0, closed: 0 }
    const work = lines.map(async (line) => {
      while (counts.sent < MESSAGES) {
        counts.sent++
        if (await line.send(mutated(random))) counts.answered++
        else counts.closed++
      }
      line.close()
    })
    await Promise.all(work)
    expect(counts.answered + counts.closed).to.equal(counts.sent)
    // Both ways out have to be common, or the fuzz would test the framing only.
    expect(counts.answered).to.be.above(MESSAGES / 5)
    expect(counts.closed).to.be.above(MESSAGES / 20)
    expect(await kept.findOne({})).to.deep.equal({ _id: 1, text: 'kept' })
    expect((process.memoryUsage.rss() - before) / 2 ** 20).to.be.below(300)
    await client.close()
    if (process.env.FUZZ_MESSAGES) process.stdout.write(`      ${JSON.stringify(counts)}\n`)
  })
})
