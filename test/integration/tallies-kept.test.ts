import { expect } from 'chai'
import type { NewResponse } from '../../server/domain/survey/response.js'
import { createTallies, type TallyQuery } from '../../server/features/tallies/index.js'
import { tallyModel } from '../../server/features/tallies/tally.model.js'
import { CITY, response } from '../support/builders.js'
import { findQuestionnaire, listReader, manyResponses, openTallies, WAVE } from '../support/tally-city.js'
import { openTestDatabase, type TestDatabase } from '../support/test-database.js'

const byMonth: TallyQuery = {
  wave: WAVE,
  unitUids: null,
  service: null,
  period: { from: null, to: null },
  by: 'month',
}

describe('readings of tallies', () => {
  let db: TestDatabase
  before(async () => {
    db = await openTestDatabase()
  })
  after(() => db.close())

  it('are kept in the database when they took long, for as long as the counts are those they were made of', async () => {
    const stored: NewResponse[] = []
    const tallies = await openTallies(db, stored)
    const receive = async (...received: readonly NewResponse[]) => {
      for (const one of received) {
        stored.push(one)
        await tallies.markStale(one)
      }
    }
    /** A server started anew, to which every reading, or none, takes long. */
    const startedWith = (costlyMs: number) =>
      createTallies({
        connection: db.connection,
        responses: listReader(stored),
        findQuestionnaire,
        now: () => new Date(0),
        costlyMs,
      })
    await receive(...manyResponses(40))
    const before = await startedWith(0).read(CITY, byMonth)
    // Cells that are gone behind its back are not missed: the next server reads none.
    await tallyModel(db.connection).deleteMany({ level: 'month_all_services' })
    expect(await startedWith(0).read(CITY, byMonth)).to.deep.equal(before)
    expect(await startedWith(0).read(CITY, { ...byMonth, unitUids: ['q3'] }), 'another selection').to.deep.equal([])
    await tallies.recount(WAVE.id)
    await receive(response({ day: '2026-05-05' }))
    const after = await startedWith(0).read(CITY, byMonth)
    expect(after.reduce((sum, { tally }) => sum + tally.received, 0)).to.equal(41)
    await db.connection.collection('tally_readings').deleteMany({})
    expect(after).to.deep.equal(await startedWith(Infinity).read(CITY, byMonth))
    expect(await db.connection.collection('tally_readings').countDocuments({})).to.equal(0)
  })
})
