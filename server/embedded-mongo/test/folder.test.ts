import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { hostname, networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { MongoClient } from 'mongodb'
import { start } from '../start.js'
import { errorsIn } from './support/validate.js'
import { failure, newFolder, run } from './support.js'

const locksIn = (dir: string) => readdirSync(dir).filter((name) => name.startsWith('engine.lock'))
const HOST = fileURLToPath(new URL('./engine-process.ts', import.meta.url))

describe('the data folder of the engine', () => {
  it('keeps documents, indexes, counts and refusals over a restart', async () => {
    const first = await run()
    const people = first.db.collection<{ _id: number; name: string; tags?: string[] }>('people')
    await people.createIndex({ name: 1 }, { unique: true, partialFilterExpression: { name: { $gt: '' } } })
    await people.createIndex({ tags: 1 }, { expireAfterSeconds: 60 })
    await people.insertMany([
      { _id: 1, name: 'An', tags: ['a', 'b'] },
      { _id: 2, name: 'Bình' },
    ])
    const before = [await people.find().toArray(), await people.indexes()]
    await first.stop({ keepFolder: true })
    const second = await run(first.dir)
    const again = second.db.collection<{ _id: number; name: string }>('people')
    expect([await again.find().toArray(), await again.indexes()]).to.deep.equal(before)
    expect(await again.estimatedDocumentCount()).to.equal(2)
    expect((await failure(again.insertOne({ _id: 3, name: 'An' }))).code).to.equal(11000)
    expect(await again.find({ tags: 'b' } as never).toArray()).to.have.length(1)
    expect(await errorsIn(second.dir, 'test.people')).to.deep.equal([])
    await second.stop()
  })

  it('lies open to its owner alone', async function () {
    if (process.platform === 'win32') this.skip()
    const running = await run()
    const mode = (path: string) => (statSync(join(running.dir, path)).mode & 0o777).toString(8)
    expect([
      mode('socket'),
      mode('socket/db.sock'),
      mode('engine.uri'),
      ...locksIn(running.dir).map(mode),
    ]).to.deep.equal(['700', '600', '600', '600'])
    await running.stop()
  })

  it('uses a short socket path when its own is too long', async () => {
    const running = await run(join(newFolder(), 'x'.repeat(120)))
    expect(decodeURIComponent(running.engine.uri('')).length).to.be.lessThan(115)
    expect((await running.db.command({ ping: 1 })).ok).to.equal(1)
    await running.stop()
  })

  it('listens on the loopback address alone where sockets can not serve', async () => {
    const { platform } = process
    Object.defineProperty(process, 'platform', { value: 'win32' })
    const running = await run().finally(() => Object.defineProperty(process, 'platform', { value: platform }))
    const [, port] = /^mongodb:\/\/127\.0\.0\.1:(\d+)\/x$/.exec(running.engine.uri('x')) ?? []
    expect((await running.db.command({ ping: 1 })).ok).to.equal(1)
    const outside = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
    const other = outside.find(({ family, internal }) => family === 'IPv4' && !internal)
    if (other)
      expect((await failure(once(connect(Number(port), other.address), 'connect'))).code).to.equal('ECONNREFUSED')
    await running.stop()
  })

  it('tells tools the address while the engine runs, and only then', async () => {
    const running = await run()
    const uri = readFileSync(join(running.dir, 'engine.uri'), 'utf8').trim()
    const client = await MongoClient.connect(uri)
    expect((await client.db('x').command({ ping: 1 })).ok).to.equal(1)
    await client.close()
    await running.stop({ keepFolder: true })
    expect(existsSync(join(running.dir, 'engine.uri'))).to.equal(false)
    rmSync(running.dir, { recursive: true })
  })

  it('is refused to a second start in the same process and in another, naming the holder', async () => {
    const running = await run()
    expect((await failure(start({ dir: running.dir }))).message).to.contain(`in use by process ${process.pid}`)
    const child = fork(HOST, [running.dir], { execArgv: ['--import', 'tsx'], silent: true })
    const [message] = await once(child, 'message')
    expect(message.error).to.contain(`in use by process ${process.pid} on host ${hostname()}`)
    expect((await running.db.command({ ping: 1 })).ok).to.equal(1)
    await running.stop()
  })

  it('is given to one of two processes at most that start at the same moment', async () => {
    const dir = newFolder()
    const children = [1, 2, 3].map(() => fork(HOST, [dir], { execArgv: ['--import', 'tsx'], silent: true }))
    const messages = await Promise.all(children.map(async (child) => (await once(child, 'message'))[0]))
    expect(messages.filter(({ uri }) => uri).length).to.be.at.most(1)
    for (const child of children) child.kill('SIGKILL')
    rmSync(dir, { recursive: true })
  })

  it('is taken over from a process that is dead, or that only has the same number', async () => {
    for (const holder of [
      { pid: 2 ** 22 + 1, startedAt: '1' },
      { pid: process.pid, startedAt: '2' },
    ]) {
      const dir = newFolder()
      writeFileSync(join(dir, `engine.lock.${holder.pid}.${holder.startedAt}.7.${hostname()}`), '')
      if (holder.pid === process.pid && !existsSync('/proc/self/stat')) continue
      const running = await run(dir)
      expect(locksIn(dir)).to.have.length(1)
      await running.stop()
    }
  })

  it('is refused while another host holds it, and taken over when that one is silent', async () => {
    const dir = newFolder()
    const lock = join(dir, 'engine.lock.1.1.7.elsewhere')
    writeFileSync(lock, '')
    expect((await failure(start({ dir }))).message).to.contain('process 1 on host elsewhere')
    expect(existsSync(lock)).to.equal(true)
    utimesSync(lock, new Date(0), new Date(0))
    await (await run(dir)).stop()
  })

  it('is refused when a newer program wrote it', async () => {
    const dir = newFolder()
    writeFileSync(join(dir, 'format.json'), '{"format":3}')
    expect((await failure(start({ dir }))).message).to.contain('has format 3')
    expect(locksIn(dir)).to.deep.equal([])
    rmSync(dir, { recursive: true })
  })

  it('is given free, and the host is told, when the engine dies', async () => {
    const created = once(process, 'worker')
    const { engine, client, dir } = await run()
    const [thread] = await created
    await thread.terminate()
    expect((await failure(engine.ended)).message).to.contain('ended by itself')
    await client.close()
    await (await run(dir)).stop()
  })

  it('can not be made where a file is', async () => {
    const path = join(tmpdir(), `embedded-file-${process.pid}`)
    writeFileSync(path, '')
    expect((await failure(start({ dir: path }))).message).to.contain('EEXIST')
    rmSync(path)
  })
})
