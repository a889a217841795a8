import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import { scopeOfUnit } from '../../server/domain/access/scope.js'
import type { NewResponse } from '../../server/domain/survey/response.js'
import { createResponseRepository, type ResponseRepository } from '../../server/features/responses/index.js'
import { response as anyResponse, CITY } from '../support/builders.js'
import { treeRegistry } from '../support/report-data.js'
import { manyResponses, WAVE } from '../support/tally-city.js'
import { openTestDatabase, type TestDatabase } from '../support/test-database.js'

const response = (overrides: Partial<NewResponse> = {}) =>
  anyResponse({ waveId: 'w1', answers: { C1: 4, H6: [1, 3], H7: 'Tốt', P5: 'p-a' }, ...overrides })

async function all(stream: AsyncIterable<NewResponse>): Promise<NewResponse[]> {
  const found: NewResponse[] = []
  for await (const one of stream) found.push(one)
  return found
}

describe('stored responses', () => {
  let database: TestDatabase
  let repository: ResponseRepository
  before(async () => {
    database = await openTestDatabase()
    repository = createResponseRepository(database.connection)
    await database.buildIndexes()
  })
  beforeEach(() => database.connection.collection('responses').deleteMany({}))
  after(() => database.close())

  it('come back as they went in, without anything added', async () => {
    const one = response()
    expect(await repository.insert(one)).to.equal('stored')
    expect(await repository.findBySubmission(one.submissionId)).to.deep.equal(one)
    expect(await repository.findBySubmission(randomUUID())).to.equal(undefined)
  })

  it('may have no answer at all', async () => {
    const one = response({ answers: {}, disposition: 'partial' })
    await repository.insert(one)
    expect(await repository.findBySubmission(one.submissionId)).to.deep.equal(one)
  })

  it('are one per submission id, whatever else differs', async () => {
    const one = response()
    await repository.insert(one)
    expect(await repository.insert({ ...one, service: 'ho_tich', answers: { C1: 1 } })).to.equal('duplicate')
    expect(await all(repository.streamWave(CITY, 'w1'))).to.deep.equal([one])
  })

  it('are read as far as they lie in the scope and the part asked for', async () => {
    const at = (unitUid: string, service: string, day: string) => response({ unitUid, service, day })
    const [own, later, other, elsewhere] = [
      at('q1', 'ho_tich', '2026-03-01'),
      at('q1', 'ho_tich', '2026-05-01'),
      at('q1', 'dat_dai', '2026-03-01'),
      at('q3', 'ho_tich', '2026-03-01'),
    ]
    for (const one of [own, later, other, elsewhere]) await repository.insert(one)
    const registry = treeRegistry({ q1: 'city', q3: 'city' })
    const limits = { services: new Set(['ho_tich']), period: { from: null, to: '2026-05-01' } }
    const scope = scopeOfUnit(registry, 'q1', '2026-06-01', limits)
    expect(await all(repository.streamWave(scope, own.waveId))).to.deep.equal([own])
    const part = { unitUids: ['q3'], services: null, period: { from: null, to: null } }
    expect(await all(repository.streamWave(scope, own.waveId, part))).to.deep.equal([])
    expect(await all(repository.streamWave(CITY, own.waveId, part))).to.deep.equal([elsewhere])
  })

  it('that come in at once are each told what came of them', async () => {
    const there = response()
    await repository.insert(there)
    const twin = response()
    const others = [response(), response(), response()]
    // Not the same read backwards: a fate told to another would show.
    const outcomes = await Promise.all([others[0]!, there, twin, twin, others[1]!, others[2]!].map(repository.insert))
    expect(outcomes).to.deep.equal(['stored', 'duplicate', 'stored', 'duplicate', 'stored', 'stored'])
    expect(await all(repository.streamWave(CITY, 'w1'))).to.have.deep.members([there, twin, ...others])
  })

  it('that come in with one that cannot be stored are stored all the same', async () => {
    const responses = database.connection.collection('responses')
    // MongoDB and the embedded engine refuse a document with arrays in two fields of one index: a fault that strikes one of
    // several. A server that does not must have stored all three.
    await responses.createIndex({ 'answers.H6': 1, 'answers.H8': 1 }, { name: 'fault' })
    const isRefused = await responses
      .insertOne({ submissionId: randomUUID(), answers: { H6: [1, 2], H8: [1, 2] } })
      .then(
        () => false,
        () => true,
      )
    if (process.env.MONGODB_URI === undefined) expect(isRefused).to.equal(true)
    await responses.deleteMany({})
    try {
      const bad = response({ answers: { H6: [1, 2], H8: [1, 2] } })
      const good = [response(), response()]
      const outcomes = await Promise.allSettled([bad, good[0]!, good[1]!].map(repository.insert))
      const fate = isRefused ? 'rejected' : 'fulfilled'
      expect(outcomes.map(({ status }) => status)).to.deep.equal([fate, 'fulfilled', 'fulfilled'])
      expect(await all(repository.streamWave(CITY, 'w1'))).to.have.deep.members(isRefused ? good : [...good, bad])
      const bulk = await repository.insertBatch([response(), bad]).catch((error: Error) => error.message)
      if (isRefused) expect(bulk).to.contain('was not stored')
      else expect(bulk).to.equal(1)
    } finally {
      await responses.dropIndex('fault')
    }
  })

  it('are asked to be in the journal of a majority before their sender is told', () => {
    const { writeConcern } = database.connection.getClient().options
    expect(writeConcern).to.deep.include({ w: 'majority', journal: true })
  })

  it('are read by cell, by wave and since an instant', async () => {
    const here = response()
    const others = [
      response({ day: '2026-03-16', submittedAt: new Date('2026-03-16T05:00:00Z') }),
      response({ channel: 'api' }),
      response({ service: 'ho_tich' }),
      response({ unitUid: 'q3' }),
    ]
    const elsewhere = response({ waveId: 'w2' })
    for (const one of [here, ...others, elsewhere]) await repository.insert(one)
    const idsOf = async (stream: AsyncIterable<NewResponse>) => (await all(stream)).map((one) => one.submissionId)
    expect(await idsOf(repository.streamCell(here))).to.deep.equal([here.submissionId])
    const wave = [here, ...others].map((one) => one.submissionId)
    expect(await idsOf(repository.streamWave(CITY, 'w1'))).to.have.members(wave)
    const late = await idsOf(repository.since(new Date('2026-03-16T05:00:00Z')))
    expect(late).to.deep.equal([others[0]?.submissionId])
  })

  it('in bulk are kept as they were given, and leave alone what is there already', async () => {
    const first = manyResponses(30)
    const later = [...first.slice(20), ...manyResponses(5, 30)]
    expect(await repository.insertBatch(first)).to.equal(30)
    expect(await repository.insertBatch(later)).to.equal(5)
    expect(await all(repository.streamWave(CITY, WAVE.id))).to.have.deep.members([...first, ...later.slice(10)])
  })

  it('are refused with a field that the schema does not know, or an answer under a name that is no item code', async () => {
    const odd = [
      response({ answers: { $where: 1 } }),
      response({ answers: { 'a.b': 1 } }),
      { ...response(), ip: '::1' },
    ]
    for (const one of odd) {
      const failure = await repository.insert(one).catch((error: unknown) => error)
      expect(failure).to.be.instanceOf(Error)
    }
    expect(await all(repository.since(new Date(0)))).to.deep.equal([])
  })

  it('have their indexes under their names', async () => {
    const indexes = await database.connection.collection('responses').indexes()
    const named = indexes.map(({ name, unique }) => `${name}${unique ? ' (unique)' : ''}`).sort()
    expect(named).to.deep.equal([
      '_id_',
      'one_response_per_submission (unique)',
      'responses_of_a_cell',
      'responses_since',
    ])
  })
})
