import { expect } from 'chai'
import type { NewResponse } from '../../server/domain/survey/response.js'
import { createResponseRepository, type ResponseRepository } from '../../server/features/responses/index.js'
import { manyResponses, WAVE } from '../support/tally-city.js'
import { openTestDatabase } from '../support/test-database.js'

describe('storing responses in bulk', () => {
  let db: Awaited<ReturnType<typeof openTestDatabase>>
  let responses: ResponseRepository

  before(async () => {
    db = await openTestDatabase('response-batch')
    responses = createResponseRepository(db.connection)
    await db.buildIndexes()
  })
  after(() => db.close())

  async function stored(): Promise<NewResponse[]> {
    const all: NewResponse[] = []
    for await (const response of responses.streamWave(WAVE.id)) all.push(response)
    return all
  }

  it('keeps each as it was given, and leaves alone what is there already', async () => {
    const first = manyResponses(30)
    const later = [...first.slice(20), ...manyResponses(5, 30)]
    expect(await responses.insertBatch(first)).to.equal(30)
    expect(await responses.insertBatch(later)).to.equal(5)
    expect(await stored()).to.have.deep.members([...first, ...later.slice(10)])
  })
})
