import { expect } from 'chai'
import { windowAt } from '../../server/platform/limits/counters.js'
import { mongoLeases } from '../../server/platform/mongo/leases.js'
import { sharedCounters } from '../../server/platform/mongo/shared-counters.js'
import { openTestDatabase, type TestDatabase } from '../support/test-database.js'

const SECRET = 'a secret of at least thirty-two characters'
const LEASE_MS = 15_000
const YEAR_MS = 365 * 24 * 3_600_000

describe('what processes share in the database', () => {
  let db: TestDatabase
  before(async () => {
    db = await openTestDatabase()
    sharedCounters(db.connection, SECRET)
    await db.buildIndexes()
  })
  after(() => db.close())

  describe('counters', () => {
    const window = windowAt(new Date('2026-11-22T03:00:10Z'), 60_000)
    const next = windowAt(new Date('2026-11-22T03:01:00Z'), 60_000)
    const stored = () => db.connection.collection<{ _id: string }>('counters').find().toArray()
    // As two processes have them: each its own, over one collection.
    const pair = () => [1, 2].map(() => sharedCounters(db.connection, SECRET)) as [Counters, Counters]
    type Counters = ReturnType<typeof sharedCounters>

    it('give each of many that count at once a number of its own, across processes', async () => {
      const [here, there] = pair()
      const counts = await Promise.all(
        Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? here : there).add('office', window)),
      )
      // Never told too few: the k-th allowed is the k-th that came; who comes at once may be told of one more.
      const sorted = counts.sort((a, b) => a - b)
      expect(sorted.every((count, i) => count >= i + 1)).to.equal(true)
      expect(sorted.at(-1)).to.equal(40)
      expect(await here.add('office', window)).to.equal(41)
    })

    it('begin anew with another window and for another key, and take back and forget', async () => {
      const [here, there] = pair()
      expect([await here.add('a', window), await there.add('a', window)]).to.deep.equal([1, 2])
      expect([await there.add('a', next), await there.add('b', window)]).to.deep.equal([1, 1])
      await here.takeBack('a', window)
      expect(await there.add('a', window)).to.equal(2)
      await there.forget('a', window)
      expect(await here.add('a', window)).to.equal(1)
    })

    it('keep no address that could be read, and another name for it every day', async () => {
      const [counters] = pair()
      await db.connection.collection('counters').deleteMany({})
      const address = '203.0.113.77'
      await counters.add(`intake ${address}`, window)
      await counters.add(`intake ${address}`, windowAt(new Date('2026-11-23T03:00:10Z'), 60_000))
      const found = await stored()
      expect(JSON.stringify(found)).not.to.include(address)
      expect(new Set(found.map(({ _id }) => _id)).size).to.equal(2)
    })

    it('are removed by their index once their window is over', async () => {
      const indexes = await db.connection.collection('counters').indexes()
      const expiry = indexes.find(({ name }) => name === 'remove_ended_counts')
      expect([expiry?.key, expiry?.expireAfterSeconds]).to.deep.equal([{ removeAt: 1 }, 0])
    })
  })

  describe('leases', () => {
    let at = Date.parse('2026-11-22T03:00:00Z')
    const leasesOf = (holder: string) => mongoLeases(db.connection, holder, () => new Date(at), LEASE_MS)
    beforeEach(() => db.connection.collection('leases').deleteMany({}))

    it('go to one of many that ask at once', async () => {
      const taken = await Promise.all(Array.from({ length: 12 }, (_, i) => leasesOf(`p${i}`).take('sweep')))
      expect(taken.filter(Boolean)).to.have.length(1)
    })

    it('can be taken again by their holder alone, until they are over or given free', async () => {
      const [a, b] = [leasesOf('a'), leasesOf('b')]
      expect([await a.take('sweep'), await a.take('sweep'), await b.take('sweep')]).to.deep.equal([true, true, false])
      at += LEASE_MS
      expect(await b.take('sweep')).to.equal(true)
      await a.release('sweep', new Date(at))
      expect(await a.doneSince('sweep'), 'a lease of another').to.equal(null)
      await b.release('sweep', new Date(at))
      expect([await a.doneSince('sweep'), await a.take('sweep')]).to.deep.equal([new Date(at), true])
    })

    it('are free when a clock that was wrong has taken them for a year', async () => {
      const [a, b] = [leasesOf('a'), leasesOf('b')]
      at += YEAR_MS
      await a.take('sweep')
      at -= YEAR_MS
      expect(await b.take('sweep')).to.equal(true)
    })
  })
})
