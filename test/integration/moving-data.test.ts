import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { Binary, type Db, Decimal128, Double, Long, MongoClient, ObjectId } from 'mongodb'
import { type Engine, start } from '../../server/embedded-mongo/start.js'
import { projectDir } from '../../server/platform/paths.js'
import { runCommand } from '../support/run-command.js'
import { withDatabase } from '../support/test-database.js'

const DATABASE = 'hai_long'
const DOCUMENTS = 2345

const command = (dataDir: string, script: string, ...args: readonly string[]) =>
  runCommand({ DATA_DIR: dataDir, MONGODB_URI: '' }, script, args)

async function fill(db: Db): Promise<void> {
  const answers = db.collection<{ _id: unknown }>('answers')
  await answers.createIndex({ n: 1 }, { unique: true, name: 'one_n' })
  await answers.createIndex(
    { unit: 1, at: -1 },
    { partialFilterExpression: { unit: { $exists: true } }, name: 'unit_at' },
  )
  await db.collection('sessions').createIndex({ expires: 1 }, { expireAfterSeconds: 0, name: 'expires' })
  await answers.insertMany(
    Array.from({ length: DOCUMENTS }, (_, i) => ({
      _id: i % 2 ? i : new ObjectId(),
      n: i % 3 === 0 ? Long.fromNumber(i) : i % 3 === 1 ? new Double(i) : Decimal128.fromString(String(i)),
      unit: `đơn vị ${i % 7}`,
      at: new Date(i),
      bytes: new Binary(Buffer.from([i % 256])),
      nested: { list: [null, { x: i }, /a/i] },
    })),
  )
}

/** Everything in a database, byte by byte. */
async function contents(db: Db): Promise<Record<string, unknown>> {
  const names = (await db.listCollections().toArray()).map(({ name }) => name).sort()
  const read = async (name: string) => {
    const raws = await db.collection(name).find({}, { raw: true }).sort({ n: 1 }).toArray()
    const indexes = (await db.collection(name).indexes()).map(({ v: _, ...index }) =>
      JSON.stringify(Object.entries(index).sort()),
    )
    return [
      name,
      { indexes: indexes.sort(), documents: raws.map((raw) => Buffer.from(raw as never).toString('base64')) },
    ]
  }
  return Object.fromEntries(await Promise.all(names.map(read)))
}

describe('moving the data', () => {
  const folders: string[] = []
  const engines: Engine[] = []
  const clients: MongoClient[] = []
  const folder = () => {
    folders.push(mkdtempSync(join(tmpdir(), 'moving-')))
    return folders.at(-1)!
  }
  async function connect(uri: string): Promise<Db> {
    clients.push(await MongoClient.connect(uri))
    return clients.at(-1)!.db()
  }
  async function open(dir: string, name = DATABASE): Promise<Db> {
    engines.push(await start({ dir }))
    return connect(engines.at(-1)!.uri(name))
  }

  const dir = folder()
  const file = join(folder(), 'all.backup')
  let wanted: Record<string, unknown>
  before(async () => {
    const db = await open(dir)
    await fill(db)
    wanted = await contents(db)
  })
  after(async () => {
    for (const client of clients) await client.close()
    for (const engine of engines) await engine.stop()
    for (const path of folders) rmSync(path, { recursive: true, force: true })
  })

  it('backs up while the engine runs, into a file for the owner alone', async () => {
    const { code, stdout } = await command(dir, 'backup.ts', file)
    expect([code, stdout]).to.deep.equal([0, `Backup written to ${file}\n`])
    expect(statSync(file).mode & 0o777).to.equal(0o600)
  })

  it('restores every byte and index into an empty folder', async () => {
    const target = folder()
    const { code, stdout } = await command(target, 'restore.ts', file)
    expect([code, stdout]).to.deep.equal([0, `${DOCUMENTS} documents restored, counted again\n`])
    expect(await contents(await open(target))).to.deep.equal(wanted)
  })

  it('does not touch what is there, unless told to replace it', async () => {
    const target = folder()
    const db = await open(target)
    await db.collection('answers').insertOne({ n: -1 })
    const refused = await command(target, 'restore.ts', file)
    expect(refused.code).to.equal(1)
    expect(refused.stderr).to.contain('already has answers')
    expect(await db.collection('answers').countDocuments()).to.equal(1)
    expect((await command(target, 'restore.ts', file, '--replace')).code).to.equal(0)
    expect(await contents(db)).to.deep.equal(wanted)
  })

  it('writes nothing from a file that is cut short or something else', async () => {
    const target = folder()
    const db = await open(target)
    const cut = join(folder(), 'cut')
    writeFileSync(cut, readFileSync(file).subarray(0, -1000))
    expect((await command(target, 'restore.ts', cut)).code).to.equal(1)
    expect((await command(target, 'restore.ts', join(projectDir(), 'package.json'))).code).to.equal(1)
    expect(await db.listCollections().toArray()).to.deep.equal([])
  })

  it('copies to another server and back, counted again on both sides', async () => {
    const name = `moving_${randomUUID().slice(0, 8)}`
    // The server that the environment names, else a second engine.
    const server = process.env.MONGODB_URI
    const other = server ? await connect(withDatabase(server, name)) : await open(folder(), name)
    const uri = server ? withDatabase(server, name) : engines.at(-1)!.uri(name)
    try {
      const there = await command(dir, 'migrate-to.ts', uri)
      expect(String([there.code, there.stdout])).to.match(/^0,2345 documents copied .* counted again on both sides\n$/)
      expect(there.stderr).to.contain(`answers: ${DOCUMENTS} of ${DOCUMENTS}`)
      const again = await command(dir, 'migrate-to.ts', uri)
      expect(String([again.code, again.stderr])).to.match(/^1,The target already has answers, sessions/)
      const target = folder()
      expect((await command(target, 'migrate-to.ts', '--from', uri)).code).to.equal(0)
      expect(await contents(await open(target))).to.deep.equal(wanted)
    } finally {
      await other.dropDatabase()
    }
  })
})
