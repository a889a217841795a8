import { expect } from 'chai'
import { scopeOfUnit } from '../../server/domain/access/scope.js'
import { EMPTY_TALLY } from '../../server/domain/index/tally.js'
import type { NewResponse } from '../../server/domain/survey/response.js'
import { dayCellOf } from '../../server/features/tallies/cell.js'
import { foldWave } from '../../server/features/tallies/fold.js'
import { createTallies, type TallyQuery } from '../../server/features/tallies/index.js'
import { packTally } from '../../server/features/tallies/stored-tally.js'
import { sweepUnmarked } from '../../server/features/tallies/sweep-unmarked.js'
import { tallyModel } from '../../server/features/tallies/tally.model.js'
import { mongoTallyStore } from '../../server/features/tallies/tally.repository.js'
import { CITY, response } from '../support/builders.js'
import { treeRegistry } from '../support/report-data.js'
import {
  countedByUnit,
  dyingStore,
  findQuestionnaire,
  listReader,
  manyResponses,
  openTallies,
  WAVE,
} from '../support/tally-city.js'
import { openTestDatabase, type TestDatabase } from '../support/test-database.js'

const everything: TallyQuery = {
  wave: WAVE,
  unitUids: null,
  service: null,
  period: { from: null, to: null },
  by: 'unit',
}

describe('tallies', () => {
  let db: TestDatabase
  let stored: NewResponse[]
  let tallies: Awaited<ReturnType<typeof openTallies>>

  before(async () => {
    db = await openTestDatabase()
  })
  after(() => db.close())

  beforeEach(async () => {
    stored = []
    tallies = await openTallies(db, stored)
  })

  /** What intake does: store, then mark. */
  async function receive(...received: readonly NewResponse[]) {
    for (const one of received) {
      stored.push(one)
      await tallies.markStale(one)
    }
  }

  it('count every marked response by unit, service and month', async () => {
    await receive(...manyResponses(60))
    expect(await tallies.read(CITY, everything)).to.deep.equal(countedByUnit(stored))
    const ofService = { ...everything, service: 'ho_tich' }
    expect(await tallies.read(CITY, ofService)).to.deep.equal(
      countedByUnit(stored.filter(({ service }) => service === 'ho_tich')),
    )
    const months = await tallies.read(CITY, { ...everything, by: 'month' })
    expect(months.map(({ key, tally }) => [key, tally.received])).to.deep.equal([
      ['2026-01-01', 20],
      ['2026-02-01', 20],
      ['2026-03-01', 20],
    ])
    const services = await tallies.read(CITY, { ...everything, by: 'service', unitUids: ['q1', 'q3'] })
    expect(services.map(({ key }) => key)).to.deep.equal(['dat_dai', 'ho_tich'])
    const both = await tallies.read(CITY, { ...everything, by: 'unit_service' })
    expect(both.filter(({ key }) => key.endsWith(' ho_tich')).map(({ tally }) => tally)).to.deep.equal(
      countedByUnit(stored.filter(({ service }) => service === 'ho_tich')).map(({ tally }) => tally),
    )
  })

  it('count no more than the scope of the reader holds, whatever is asked', async () => {
    await receive(...manyResponses(60))
    const registry = treeRegistry({ q1: 'city', q3: 'city' })
    const limits = { services: new Set(['ho_tich']), period: { from: '2026-01-10', to: '2026-03-01' } }
    const scope = scopeOfUnit(registry, 'q1', '2026-06-01', limits)
    const inside = (one: NewResponse) =>
      one.unitUid === 'q1' && one.service === 'ho_tich' && one.day >= '2026-01-10' && one.day < '2026-03-01'
    const expected = countedByUnit(stored.filter(inside))
    expect(expected[0]?.tally.received).to.be.greaterThan(0)
    expect(await tallies.read(scope, everything)).to.deep.equal(expected)
    expect(await tallies.read(scope, { ...everything, unitUids: ['q1', 'q3'], service: 'ho_tich' })).to.deep.equal(
      expected,
    )
    expect(await tallies.read(scope, { ...everything, unitUids: ['q3'] })).to.deep.equal([])
    expect(await tallies.read(scope, { ...everything, service: 'dat_dai' })).to.deep.equal([])
  })

  it('count a period from days and months alike', async () => {
    await receive(...manyResponses(90))
    const from = '2026-01-09'
    const to = '2026-03-20'
    const within = stored.filter(({ day }) => day >= from && day < to)
    expect(await tallies.read(CITY, { ...everything, period: { from, to } })).to.deep.equal(countedByUnit(within))
  })

  it('do not count a response twice that is marked again', async () => {
    const one = response()
    await receive(one)
    await tallies.read(CITY, everything)
    await tallies.markStale(one)
    const [part] = await tallies.read(CITY, everything)
    expect(part?.tally.received).to.equal(1)
  })

  it('are read anew by month by one process when another has counted', async () => {
    const there = createTallies({
      connection: db.connection,
      responses: listReader(stored),
      findQuestionnaire,
      now: () => new Date(),
    })
    const byMonth = { ...everything, by: 'month' } as const
    await receive(response())
    const before = await tallies.read(CITY, byMonth)
    expect(await tallies.read(CITY, byMonth), 'kept').to.equal(before)
    await receive(response())
    await there.fold(WAVE.id)
    expect((await tallies.read(CITY, byMonth))[0]?.tally.received).to.equal(2)
    await receive(response())
    expect((await tallies.read(CITY, byMonth))[0]?.tally.received).to.equal(3)
  })

  it('keep modes and questionnaires apart', async () => {
    await receive(response(), response({ mode: 'phone' }))
    const [part] = await tallies.read(CITY, everything)
    expect(part?.tally.received).to.equal(1)
  })

  it('lose and double nothing while several folders and intake run at once', async () => {
    const others = [1, 2, 3].map(() =>
      createTallies({
        connection: db.connection,
        responses: listReader(stored),
        findQuestionnaire,
        now: () => new Date(),
      }),
    )
    const intake = async () => {
      for (let i = 0; i < 15; i += 1) await receive(...manyResponses(4, 4 * i))
    }
    const folding = async (folder: (typeof others)[number]) => {
      while (stored.length < 60) await folder.fold(WAVE.id)
    }
    await Promise.all([intake(), ...others.map(folding)])
    expect(await tallies.read(CITY, everything)).to.deep.equal(countedByUnit(stored))
    expect((await tallies.recount(WAVE.id)).differences).to.deep.equal([])
  })

  it('find the same cell once when many mark it for the first time at once', async () => {
    const one = response()
    stored.push(one)
    const store = mongoTallyStore(db.connection)
    await Promise.all(Array.from({ length: 12 }, () => store.mark([dayCellOf(one)])))
    const cells = await tallyModel(db.connection).find({ level: 'day' }).lean()
    expect(cells.map(({ marks }) => marks)).to.deep.equal([12])
  })

  it('are marked once by all that came in together', async () => {
    const [here, there] = [response(), response({ unitUid: 'q9' })]
    stored.push(here, there)
    await Promise.all([here, there, here, here].map((one) => tallies.markStale(one)))
    const cells = await tallyModel(db.connection).find({ level: 'day' }).lean()
    expect(cells.map(({ marks }) => marks)).to.deep.equal([1, 1])
  })

  it('are right after a death before any change of a fold, once somebody folds again', async () => {
    const store = mongoTallyStore(db.connection)
    const needs = { responses: listReader(stored), findQuestionnaire }
    await receive(...manyResponses(8))
    for (let changes = 0; ; changes += 1) {
      await receive(response({ unitUid: 'q3', day: '2026-02-11' }))
      const dying = foldWave({ ...needs, store: dyingStore(store, changes) }, WAVE.id)
      const hasFinished = await dying.then(
        () => true,
        (error: Error) => {
          if (error.message !== 'killed') throw error
          return false
        },
      )
      expect(await tallies.read(CITY, everything), `after ${changes} changes`).to.deep.equal(countedByUnit(stored))
      // These are kept from one reading to the next.
      const months = await tallies.read(CITY, { ...everything, by: 'month' })
      expect(months.reduce((sum, { tally }) => sum + tally.received, 0)).to.equal(stored.length)
      if (hasFinished) {
        // One day cell and the four cells above it: a replacement, a settlement and a new state each, marks for the four.
        expect(changes).to.be.at.least(18)
        break
      }
    }
  })

  it('are not overwritten by a folder that was slower and knows less', async () => {
    const store = mongoTallyStore(db.connection)
    await receive(response())
    const [before] = await store.findStale(WAVE.id, 'day')
    await receive(response())
    await tallies.fold(WAVE.id)
    const [old] = countedByUnit(stored.slice(0, 1))
    await store.replace([{ cell: before!.cell, marks: before!.marks, tally: old!.tally }])
    await store.settle([before!])
    const [part] = await tallies.read(CITY, everything)
    expect(part?.tally.received).to.equal(2)
    // The cells above were merged before the slow folder came: only the day cell itself shows an overwriting.
    expect((await tallies.recount(WAVE.id)).differences).to.deep.equal([])
  })

  it('are merged upwards even when another folder merged between replacement and mark', async () => {
    const store = mongoTallyStore(db.connection)
    await receive(response())
    await tallies.fold(WAVE.id)
    await receive(response())
    const [day] = await store.findStale(WAVE.id, 'day')
    const [now] = countedByUnit(stored)
    await store.replace([{ cell: day!.cell, marks: day!.marks, tally: now!.tally }])
    // The first folder dies here; the day keeps its flag although its counts are new.
    expect((await tallies.read(CITY, everything))[0]?.tally.received).to.equal(2)
  })

  it('count what was stored but never marked, after the sweep at start-up', async () => {
    await receive(...manyResponses(5))
    stored.push(response({ unitUid: 'q9', submittedAt: new Date('2026-11-30T00:00:00Z') }))
    expect((await tallies.read(CITY, everything)).map(({ key }) => key)).not.to.include('q9')
    await tallies.sweepUnmarked()
    expect(await tallies.read(CITY, everything)).to.deep.equal(countedByUnit(stored))
  })

  it('are left alone by the sweep where they lack nothing, day by day', async () => {
    const store = mongoTallyStore(db.connection)
    await receive(...manyResponses(40))
    await tallies.fold(WAVE.id)
    const lost = response({ ...stored[0]!, submissionId: 'lost' })
    stored.push(lost)
    expect(await tallies.sweepUnmarked()).to.equal(1)
    expect((await store.findStale(WAVE.id, 'day')).map(({ cell }) => cell)).to.deep.equal([dayCellOf(lost)])
    expect(await tallies.read(CITY, everything)).to.deep.equal(countedByUnit(stored))
  })

  it('are swept again from the old point when the sweep was ended early', async () => {
    await receive(response())
    expect(await tallies.sweepUnmarked(AbortSignal.abort())).to.equal(0)
    expect(await mongoTallyStore(db.connection).lastSweptAt()).to.equal(null)
    expect(await tallies.sweepUnmarked()).to.equal(1)
  })

  it('are swept only from an hour before the last sweep', async () => {
    await receive(response())
    await tallies.sweepUnmarked()
    stored.push(response({ unitUid: 'late', submittedAt: new Date('2026-11-30T23:30:00Z') }))
    expect(await tallies.sweepUnmarked()).to.equal(1)
  })

  it('are looked through from the beginning when a clock that was wrong swept in the future', async () => {
    const store = mongoTallyStore(db.connection)
    stored.push(response())
    await store.setSweptAt(new Date('2031-01-01T00:00:00Z'))
    expect(await tallies.sweepUnmarked()).to.equal(1)
    expect((await store.lastSweptAt())! < new Date('2031-01-01T00:00:00Z')).to.equal(true)
  })

  it('keep the old point of the sweep when it dies half-way', async () => {
    const store = mongoTallyStore(db.connection)
    stored.push(response(), response({ unitUid: 'q3' }))
    const dying = { store: dyingStore(store, 1), responses: listReader(stored) }
    const outcome = await sweepUnmarked(dying, new Date('2026-12-01T00:00:00Z')).catch((error: Error) => error)
    expect(outcome).to.be.instanceOf(Error)
    expect(await store.lastSweptAt()).to.equal(null)
  })

  it('are compared with the raw responses and put right by a recount', async () => {
    await receive(...manyResponses(30))
    await tallies.fold(WAVE.id)
    const wrong = dayCellOf(stored[3]!)
    await tallyModel(db.connection).updateOne(
      { level: 'day', unitUid: wrong.unitUid, period: wrong.period, service: wrong.service, channel: wrong.channel },
      { $set: { tally: packTally({ ...EMPTY_TALLY, received: 999 }) } },
    )
    await tallyModel(db.connection).deleteOne({ level: 'wave_all_services', unitUid: 'q5' })
    const { responseCount, differences } = await tallies.recount(WAVE.id)
    expect(responseCount).to.equal(30)
    expect(differences.map(({ cell }) => cell.level)).to.have.members(['day', 'wave_all_services'])
    expect(differences.find(({ cell }) => cell.level === 'day')?.storedCount).to.equal(999)
    expect(await tallies.read(CITY, everything)).to.deep.equal(countedByUnit(stored))
    expect((await tallies.recount(WAVE.id)).differences).to.deep.equal([])
  })
})
