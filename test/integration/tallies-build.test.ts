import { expect } from 'chai'
import type { NewResponse } from '../../server/domain/survey/response.js'
import { buildWave } from '../../server/features/tallies/build-wave.js'
import { mongoTallyStore } from '../../server/features/tallies/tally.repository.js'
import { CITY, response } from '../support/builders.js'
import {
  countedByUnit,
  findQuestionnaire,
  listReader,
  manyResponses,
  openTallies,
  WAVE,
} from '../support/tally-city.js'
import { openTestDatabase, type TestDatabase } from '../support/test-database.js'

describe('tallies of responses stored in bulk', () => {
  let db: TestDatabase
  let stored: NewResponse[]
  let tallies: Awaited<ReturnType<typeof openTallies>>

  before(async () => {
    db = await openTestDatabase()
  })
  after(() => db.close())

  beforeEach(async () => {
    stored = manyResponses(80).toSorted((a, b) => (a.unitUid < b.unitUid ? -1 : 1))
    tallies = await openTallies(db, stored)
  })

  const readAll = () =>
    tallies.read(CITY, { wave: WAVE, unitUids: null, service: null, period: { from: null, to: null }, by: 'unit' })

  it('are built at once, and a recount finds no difference', async () => {
    await tallies.build(WAVE.id)
    expect(await readAll()).to.deep.equal(countedByUnit(stored))
    expect(await tallies.recount(WAVE.id)).to.deep.include({ responseCount: 80, differences: [] })
  })

  it('are built from responses in any order', async () => {
    stored.splice(0, stored.length, ...manyResponses(80))
    await tallies.build(WAVE.id)
    expect(await readAll()).to.deep.equal(countedByUnit(stored))
    expect((await tallies.recount(WAVE.id)).differences).to.deep.equal([])
  })

  it('go on from there: a later response is added', async () => {
    await tallies.build(WAVE.id)
    const late = response({ submissionId: 'late' })
    stored.push(late)
    await tallies.markStale(late)
    expect(await readAll()).to.deep.equal(countedByUnit(stored))
  })

  it('are merged from what was stored when building died half-way', async () => {
    const store = mongoTallyStore(db.connection)
    const insertNew: typeof store.insertNew = async (counted) => {
      await store.insertNew(
        counted.slice(
          0,
          counted.findIndex(({ cell }) => cell.level !== 'day'),
        ),
      )
      throw new Error('killed')
    }
    const needs = { store: { ...store, insertNew }, responses: listReader(stored), findQuestionnaire }
    const outcome = await buildWave(needs, WAVE.id).catch((error: Error) => error.message)
    expect(outcome).to.equal('killed')
    const firstUnit = stored.filter(({ unitUid }) => unitUid === stored[0]?.unitUid)
    expect(await readAll()).to.deep.equal(countedByUnit(firstUnit))
    await tallies.build(WAVE.id)
    expect(await readAll()).to.deep.equal(countedByUnit(stored))
  })

  it('count a response that had marked its cell before, and building again changes nothing', async () => {
    await tallies.markStale(stored[0] as NewResponse)
    await tallies.build(WAVE.id)
    await tallies.build(WAVE.id)
    expect(await readAll()).to.deep.equal(countedByUnit(stored))
    expect((await tallies.recount(WAVE.id)).differences).to.deep.equal([])
  })
})
