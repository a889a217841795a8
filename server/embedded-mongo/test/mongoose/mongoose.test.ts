import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import MongoStore from 'connect-mongo'
import type { SessionData } from 'express-session'
import type { Connection } from 'mongoose'
import { type Engine, start } from '../../start.js'
import { connect, features } from './features.js'

async function outcomeOf(run: () => Promise<unknown>): Promise<{ outcome: string; value?: unknown }> {
  try {
    return { outcome: 'works', value: await run() }
  } catch (error) {
    const { code, message } = error as { code?: number; message: string }
    return { outcome: code === undefined ? message : `refused, code ${code}` }
  }
}

describe('mongoose on the embedded engine', () => {
  let dir: string
  let engine: Engine
  let connection: Connection

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'mongoose-'))
    engine = await start({ dir })
    connection = await connect(engine.uri('features'))
  })
  after(async () => {
    await connection.close()
    await engine.stop()
    await rm(dir, { recursive: true })
  })

  for (const { name, outcome, run, gives } of features) {
    it(`${name}: ${outcome}`, async () => {
      const seen = await outcomeOf(() => run(connection))
      expect(seen.outcome).to.equal(outcome)
      if (outcome === 'works') expect(seen.value).to.deep.equal(gives)
    })
  }

  it('has its outcomes in the table of the README', async () => {
    const readme = await readFile(join(process.cwd(), 'server', 'embedded-mongo', 'README.md'), 'utf8')
    for (const { name, outcome } of features) expect(readme).to.contain(`| ${name} | ${outcome} |`)
  })

  describe('connect-mongo', () => {
    const session = (visits: number) => ({ cookie: { originalMaxAge: 60_000 }, visits }) as unknown as SessionData
    const call = <Result>(run: (done: (error: unknown, result?: Result | null) => void) => unknown) =>
      new Promise<Result | null | undefined>((settle, fail) =>
        run((error, result) => (error ? fail(error as Error) : settle(result))),
      )

    it('stores, reads, touches, counts and destroys sessions, and lets them expire by an index', async () => {
      const store = MongoStore.create({ client: connection.getClient() as never, dbName: 'sessions', touchAfter: 0 })
      const read = async () => {
        const found = await call<SessionData>((done) => store.get('s1', done))
        return (found as { visits?: number } | null | undefined)?.visits
      }
      await call((done) => store.set('s1', session(1), done))
      await call((done) => store.set('s1', session(2), done))
      await call((done) => store.touch('s1', session(2), done))
      expect(await read()).to.equal(2)
      expect(await call<number>((done) => store.length(done))).to.equal(1)
      const indexes = await connection.getClient().db('sessions').collection('sessions').indexes()
      expect(indexes.map(({ key, expireAfterSeconds }) => [key, expireAfterSeconds])).to.deep.include([
        { expires: 1 },
        0,
      ])
      await call((done) => store.destroy('s1', done))
      expect(await read()).to.equal(undefined)
      await call((done) => store.clear(done))
    })
  })
})
