import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Db, type Document, MongoClient } from 'mongodb'
import { start } from '../../start.js'
import { caseGroups } from './case-groups.js'
import { type Case, type Place, replyOf, written } from './kit.js'
import { knownDifferences } from './known-differences.js'

/** One engine with a database of its own; a reading case takes the collection of the one before if it is the same. */
class Engine {
  private readonly shared = new Map<readonly unknown[], string>()
  private count = 0

  constructor(
    private readonly client: MongoClient,
    private readonly db: Db,
    readonly isDocumentDb: boolean,
  ) {}

  static async connect(uri: string): Promise<Engine> {
    const client = await MongoClient.connect(uri, {
      serverSelectionTimeoutMS: 5000,
      promoteValues: true,
      promoteLongs: false,
    })
    const { storageEngines = [] } = await client
      .db('admin')
      .command({ buildInfo: 1 })
      .catch(() => ({}) as Document)
    const name = `conformance_${process.pid}_${Date.now()}`
    return new Engine(client, client.db(name), storageEngines.includes('documentdb'))
  }

  private async placeFor(one: Case): Promise<Place> {
    const known = one.isRead ? this.shared.get(one.docs) : undefined
    const name = known ?? `items_${this.count++}`
    const items = this.db.collection(name, { promoteValues: false })
    if (known === undefined) {
      if (one.indexes.length > 0) await items.createIndexes([...one.indexes])
      if (one.docs.length > 0) await items.insertMany(one.docs.map((doc) => ({ ...doc })))
      if (one.isRead) this.shared.set(one.docs, name)
    }
    return { client: this.client, db: this.db, items }
  }

  async answer(one: Case): Promise<string> {
    const place = await this.placeFor(one)
    const reply = await replyOf(one, place)
    if (!one.isRead) await place.items.drop().catch(() => false)
    return written(reply)
  }

  async close(): Promise<void> {
    await this.db.dropDatabase()
    await this.client.close()
  }
}

describe('conformance of the embedded engine', function () {
  this.timeout(60_000)
  const secondUri = process.env.MONGODB_URI
  let folder: string
  let server: Awaited<ReturnType<typeof start>>
  let embedded: Engine
  let second: Engine | undefined

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'conformance-'))
    server = await start({ dir: folder })
    embedded = await Engine.connect(server.uri('admin'))
    second = secondUri ? await Engine.connect(secondUri) : undefined
  })
  after(async () => {
    await embedded.close()
    await second?.close()
    await server.stop()
    await rm(folder, { recursive: true })
  })

  it('has at least 300 cases, each with a name of its own in its group', () => {
    const names = Object.entries(caseGroups).flatMap(([group, cases]) => cases.map(({ name }) => `${group} › ${name}`))
    expect(names.length).to.be.at.least(300)
    expect(names.filter((name, i) => names.indexOf(name) !== i)).to.deep.equal([])
    expect(Object.keys(knownDifferences).filter((name) => !names.includes(name))).to.deep.equal([])
  })

  for (const [group, cases] of Object.entries(caseGroups)) {
    describe(group, () => {
      for (const one of cases) {
        it(one.name, async () => {
          expect(await embedded.answer(one)).to.equal(written(one.answer))
          if (!second) return
          const other = await second.answer(one)
          const isKnown = second.isDocumentDb && Object.hasOwn(knownDifferences, `${group} › ${one.name}`)
          if (isKnown) expect(other, 'listed as a difference').to.not.equal(written(one.answer))
          else expect(other, 'the second engine').to.equal(written(one.answer))
        })
      }
    })
  }
})
