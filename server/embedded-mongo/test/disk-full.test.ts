import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Collection } from 'mongodb'
import { errorsIn } from './support/validate.js'
import { type Running, run } from './support.js'

const MEGABYTES = 24
const WRITERS = 8

/** A small file system of its own; undefined where this process may not mount one. */
function mountSmall(): string | undefined {
  const dir = mkdtempSync(join(tmpdir(), 'embedded-small-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${MEGABYTES}m`, 'tmpfs', dir], { stdio: 'ignore' })
    return dir
  } catch {
    rmSync(dir, { recursive: true })
    return undefined
  }
}

interface Filler {
  readonly _id: number
  readonly text: string
}

/** Writes until the disk is full; gives the numbers that were acknowledged and the codes of the refusals. */
async function fillUp(
  fillers: Collection<Filler>,
  from: number,
): Promise<{ acknowledged: number[]; codes: Set<unknown> }> {
  const acknowledged: number[] = []
  const codes = new Set<unknown>()
  let next = from
  async function writer(): Promise<void> {
    for (let refused = 0; refused < 3; ) {
      const _id = next++
      try {
        await fillers.insertOne({ _id, text: randomBytes(8000).toString('base64') })
        acknowledged.push(_id)
      } catch (error) {
        codes.add((error as { code?: number }).code)
        refused++
      }
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, writer))
  return { acknowledged, codes }
}

async function check(running: Running, acknowledged: readonly number[]): Promise<void> {
  const stored = await running.db
    .collection<Filler>('fillers')
    .find({}, { projection: { _id: 1 } })
    .toArray()
  expect(stored.map(({ _id }) => _id)).to.have.members(acknowledged)
  expect(await running.db.collection('fillers').estimatedDocumentCount()).to.equal(acknowledged.length)
  expect(await errorsIn(running.dir, 'test.fillers')).to.deep.equal([])
}

describe('the engine on a full disk', () => {
  const dir = mountSmall()
  after(() => {
    if (!dir) return
    execFileSync('umount', [dir])
    rmSync(dir, { recursive: true })
  })

  it('refuses writes with 14031, loses nothing, answers reads, and goes on when there is room again', async function () {
    this.timeout(60_000)
    if (!dir) {
      process.stderr.write('\n!!! NOT TESTED: a full disk (this process may not mount a tmpfs)\n')
      return this.skip()
    }
    const reserve = join(dir, 'reserve')
    writeFileSync(reserve, Buffer.alloc(8_000_000))
    const running = await run(join(dir, 'data'))
    const fillers = running.db.collection<Filler>('fillers')
    await fillers.createIndex({ text: 1 }, { unique: true })
    const first = await fillUp(fillers, 0)
    expect([...first.codes]).to.deep.equal([14031])
    expect(first.acknowledged.length).to.be.greaterThan(300)
    await check(running, first.acknowledged)
    rmSync(reserve)
    const second = await fillUp(fillers, 100_000)
    expect(second.acknowledged.length).to.be.greaterThan(100)
    const all = [...first.acknowledged, ...second.acknowledged]
    await check(running, all)
    await running.stop({ keepFolder: true })
    const again = await run(join(dir, 'data'))
    await check(again, all)
    await again.stop()
  })
})
