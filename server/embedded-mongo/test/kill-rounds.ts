/** Kills the engine's process at random moments under 16 writers, and checks what it had acknowledged. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Collection, MongoClient } from 'mongodb'
import { start } from '../start.js'
import { errorsIn } from './support/validate.js'
import { newFolder } from './support.js'

const HOST = fileURLToPath(new URL('./engine-process.ts', import.meta.url))
const WRITERS = 16
/** So many writes are acknowledged in each round before its moment of death is drawn, however busy the machine is. */
export const ACKNOWLEDGED_FIRST = 100
const MAX_FURTHER_MS = 400

interface Entry {
  readonly _id: string
  readonly version: number
  /** As many letters as the version says, so that half a document would show. */
  readonly text: string
  readonly tags: readonly number[]
}

/** What the writers know: the last acknowledged state by `_id`, and the one that was on its way when the engine died. */
interface Known {
  readonly acknowledged: Map<string, Entry | undefined>
  readonly pending: Map<string, Entry | undefined>
}

const entry = (_id: string, version: number): Entry => ({
  _id,
  version,
  text: 'x'.repeat(100 + version),
  tags: [version % 7, version % 5, version % 3],
})

async function write(entries: Collection<Entry>, known: Known, writer: number, step: number): Promise<void> {
  const _id = `${writer}-${step % 40}`
  const before = known.acknowledged.get(_id)
  const isDelete = before !== undefined && step % 11 === 0
  const after = isDelete ? undefined : entry(_id, (before?.version ?? 0) + 1)
  known.pending.set(_id, after)
  if (!after) await entries.deleteOne({ _id })
  else if (!before) await entries.insertOne(after)
  else await entries.updateOne({ _id }, { $inc: { version: 1 }, $set: { text: after.text, tags: after.tags } })
  known.acknowledged.set(_id, after)
  known.pending.delete(_id)
}

/** Writes until the engine is dead; gives how many writes were acknowledged. */
async function writeUntilDead(write: (step: number) => Promise<void>, onAcknowledged: () => void): Promise<number> {
  for (let step = 0; ; step++) {
    try {
      await write(step)
    } catch {
      return step
    }
    onAcknowledged()
  }
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

async function check(dir: string, known: Known): Promise<string[]> {
  const engine = await start({ dir })
  const client = await MongoClient.connect(engine.uri('kill'))
  try {
    const found = new Map(
      (await client.db().collection<Entry>('entries').find().toArray()).map((doc) => [doc._id, doc]),
    )
    const errors = await errorsIn(dir, 'kill.entries')
    for (const [_id, wanted] of known.acknowledged) {
      const stored = found.get(_id)
      const isPending = known.pending.has(_id) && same(stored, known.pending.get(_id))
      if (!same(stored, wanted) && !isPending)
        errors.push(`${_id} is ${stored?.version}, acknowledged ${wanted?.version}`)
    }
    for (const [_id, stored] of found) {
      if (!known.acknowledged.has(_id) && !same(stored, known.pending.get(_id))) errors.push(`${_id} is half there`)
      known.acknowledged.set(_id, stored)
    }
    for (const _id of known.pending.keys()) known.acknowledged.set(_id, found.get(_id))
    known.pending.clear()
    return errors
  } finally {
    await client.close()
    await engine.stop()
  }
}

async function startHost(dir: string): Promise<{ child: ChildProcess; uri: string }> {
  const child = fork(HOST, [dir], { execArgv: ['--import', 'tsx'] })
  const [{ uri }] = (await once(child, 'message')) as [{ uri: string }]
  return { child, uri }
}

/**
 * Runs rounds of write, kill, open and check on one folder.
 *
 * @returns how many writes were acknowledged, and what was wrong; nothing when the engine keeps its word
 */
export async function killRounds(rounds: number): Promise<{ acknowledged: number; errors: string[] }> {
  const dir = newFolder()
  const known: Known = { acknowledged: new Map(), pending: new Map() }
  const steps = Array.from({ length: WRITERS }, () => 0)
  const errors: string[] = []
  for (let round = 0; round < rounds && errors.length === 0; round++) {
    const { child, uri } = await startHost(dir)
    const client = await MongoClient.connect(uri, { maxPoolSize: WRITERS, serverSelectionTimeoutMS: 500 })
    const entries = client.db('kill').collection<Entry>('entries')
    await entries.createIndexes([{ key: { tags: 1 } }, { key: { version: -1, _id: 1 }, unique: true }])
    const exited = once(child, 'exit')
    let left = ACKNOWLEDGED_FIRST
    const onAcknowledged = () => {
      if (--left === 0) setTimeout(() => child.kill('SIGKILL'), Math.random() * MAX_FURTHER_MS)
    }
    const writers = steps.map((from, writer) =>
      writeUntilDead((step) => write(entries, known, writer, from + step), onAcknowledged),
    )
    for (const [writer, acknowledged] of (await Promise.all(writers)).entries()) steps[writer]! += acknowledged
    // If the writers gave up before the engine was killed, too few writes were acknowledged and the test tells.
    child.kill('SIGKILL')
    await client.close()
    await exited
    errors.push(...(await check(dir, known)))
  }
  rmSync(dir, { recursive: true, force: true })
  return { acknowledged: steps.reduce((a, b) => a + b, 0), errors }
}
