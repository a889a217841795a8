import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { Router } from 'express'
import {
  createQuestionnaireStore,
  mongoQuestionnaireRepository,
  toPublished,
} from '../../server/features/questionnaires/index.js'
import { createWaves, type WaveFile, waveApiRoutes } from '../../server/features/waves/index.js'
import { openApiDocument } from '../../server/platform/http/openapi.js'
import { startBareApp } from '../support/bare-app.js'
import { waveFile } from '../support/builders.js'
import { projectQuestionnaire } from '../support/project-files.js'
import { runCommand } from '../support/run-command.js'
import { smallRegistry, smallServices } from '../support/small-city.js'
import { openTestDatabase, type TestDatabase } from '../support/test-database.js'

const counter = toPublished(projectQuestionnaire('counter'))
const now = () => new Date('2026-03-31T18:00:00Z') // 1 April in the city

const counterWave = (overrides: Partial<WaveFile> = {}) =>
  waveFile({
    id: '2026-kiosk',
    questionnaire: { id: 'counter', version: counter.questionnaire.version },
    mode: 'kiosk',
    closesOn: '2026-04-02',
    ...overrides,
  })

interface WaveAnswer {
  readonly waves: readonly { readonly id: string; readonly isOpen: boolean }[]
}

describe('waves and questionnaires in the database', () => {
  let database: TestDatabase
  let waves: ReturnType<typeof createWaves>
  let store: ReturnType<typeof createQuestionnaireStore>
  let app: Awaited<ReturnType<typeof startBareApp>>
  before(async () => {
    database = await openTestDatabase()
    const { connection } = database
    const repository = mongoQuestionnaireRepository(connection)
    store = createQuestionnaireStore({ repository, now })
    waves = createWaves({ connection, registry: smallRegistry, services: smallServices, published: [counter] })
    await database.buildIndexes()
    await store.storeAll([counter])
    const api = waveApiRoutes({ waves, questionnaires: store, now })
    app = await startBareApp(Router(), { apis: [api] })
  })
  after(async () => {
    await app.stop()
    await database.close()
  })
  beforeEach(() => database.connection.collection('waves').deleteMany({}))

  async function get(path: string) {
    const response = await fetch(`${app.url}/api/v1${path}`)
    return { status: response.status, body: (await response.json()) as WaveAnswer }
  }

  it('keeps a wave as it was planned, and makes it once', async () => {
    const made = await waves.create(counterWave())
    expect(made.kind).to.equal('created')
    expect(await waves.byId('2026-kiosk')).to.deep.equal(made.kind === 'created' && made.wave)
    expect((await waves.create(counterWave())).kind).to.equal('unchanged')
    expect((await waves.create(counterWave({ closesOn: '2026-05-01' }))).kind).to.equal('id_taken')
    expect(await waves.list()).to.have.lengthOf(1)
  })

  it('records later what has become known of its sample, and nothing else', async () => {
    const sampling = { design: 'random_sample', description: { vi: 'Mẫu', en: 'Sample' }, handedOut: 400 } as const
    await waves.create(counterWave())
    expect((await waves.create(counterWave({ sampling }))).kind).to.equal('sampling_recorded')
    expect((await waves.byId('2026-kiosk'))?.sampling).to.deep.equal(sampling)
    expect((await waves.create(counterWave({ sampling }))).kind).to.equal('unchanged')
    const more = { ...sampling, notEligible: 12 }
    expect((await waves.create(counterWave({ sampling: more }))).kind).to.equal('sampling_recorded')
    expect((await waves.create(counterWave({ sampling: more, isSimulated: true }))).kind).to.equal('id_taken')
    // A file without the facts must not lose them.
    expect((await waves.create(counterWave())).kind).to.equal('id_taken')
    expect((await waves.byId('2026-kiosk'))?.sampling).to.deep.equal(more)
    const { body } = await get('/waves')
    expect(body.waves[0]).to.deep.include({ sampling: more })
  })

  it('refuses a wave that competes with another', async () => {
    await waves.create(counterWave())
    const outcome = await waves.create(counterWave({ id: 'second', opensOn: '2026-04-01', closesOn: '2026-05-01' }))
    expect(outcome.kind === 'conflict' && outcome.with.map(({ id }) => id)).to.deep.equal(['2026-kiosk'])
    expect(
      (await waves.create(counterWave({ id: 'third', opensOn: '2026-04-02', closesOn: '2026-05-01' }))).kind,
    ).to.equal('created')
  })

  it('finds the wave of a respondent and the waves open for a unit', async () => {
    await waves.create(counterWave())
    const query = { unitUid: 'phuong-sai-gon', service: 'HT', respondentType: 'citizen', mode: 'kiosk' } as const
    expect((await waves.find({ ...query, on: '2026-04-01' })).kind).to.equal('open')
    expect((await waves.find({ ...query, on: '2026-04-02' })).kind).to.equal('closed')
    expect((await waves.find({ ...query, unitUid: 'quan-1', on: '2026-04-01' })).kind).to.equal('none')
    expect(await waves.openFor('phuong-sai-gon', '2026-04-01')).to.have.lengthOf(1)
    expect(await waves.openFor('phuong-sai-gon', '2026-04-02')).to.be.empty
  })

  it('keeps published questionnaires for good and refuses another text of a version', async () => {
    await store.storeAll([counter])
    expect(await store.byHash(counter.hash)).to.deep.equal(counter)
    expect(await store.byHash('f'.repeat(64))).to.equal(undefined)
    const fresh = createQuestionnaireStore({ repository: mongoQuestionnaireRepository(database.connection), now })
    expect(await fresh.byHash(counter.hash)).to.deep.equal(counter)
    const changed = toPublished({ ...counter.questionnaire, minCoreShare: 0.5 })
    let message = ''
    await fresh.storeAll([changed]).catch((error: Error) => {
      message = error.message
    })
    expect(message).to.include('another text of questionnaire counter')
    expect(await fresh.list()).to.deep.equal([counter])
  })

  it('plans waves with a version that another process published meanwhile, and keeps the first text of a version', async () => {
    await store.storeAll([counter])
    const { connection } = database
    const sources = { connection, registry: smallRegistry, services: smallServices, published: [counter] }
    const running = createWaves({ ...sources, questionnaires: store })
    const file = counterWave({ id: 'next', questionnaire: { id: 'counter', version: '2027.1' } })
    expect((await running.check(file)).kind).to.equal('invalid')
    const next = toPublished({ ...counter.questionnaire, version: '2027.1' })
    const elsewhere = createQuestionnaireStore({ repository: mongoQuestionnaireRepository(connection), now })
    expect([await elsewhere.publish(next), await elsewhere.publish(next)]).to.deep.equal(['stored', 'present'])
    expect(await store.publish(toPublished({ ...next.questionnaire, minCoreShare: 0.5 }))).to.equal('version_taken')
    const planned = await running.check(file)
    expect(planned.kind === 'would_create' && planned.wave.questionnaireHash).to.equal(next.hash)
    await connection.collection<{ _id: string }>('questionnaires').deleteOne({ _id: next.hash })
  })

  it('notices a questionnaire changed in the database', async () => {
    const other = toPublished({ ...counter.questionnaire, id: 'other' })
    await store.storeAll([other])
    const stored = database.connection.collection<{ _id: string }>('questionnaires')
    await stored.updateOne({ _id: other.hash }, { $set: { canonicalJson: '{}' } })
    const fresh = mongoQuestionnaireRepository(database.connection)
    const message = await fresh.byHash(other.hash).catch((error: Error) => error.message)
    await stored.deleteOne({ _id: other.hash })
    expect(message).to.equal(`Stored questionnaire ${other.hash} was changed`)
  })

  it('answers the API: list, one, questionnaire, and 404', async () => {
    await waves.create(counterWave())
    await waves.create(counterWave({ id: 'later', opensOn: '2026-05-01', closesOn: '2026-06-01' }))
    const { status, body } = await get('/waves')
    expect(status).to.equal(200)
    expect(body.waves.map(({ id, isOpen }) => `${id} ${isOpen}`)).to.deep.equal(['later false', '2026-kiosk true'])
    expect(body.waves[0]).to.not.have.property('unitUids')
    expect((await get('/waves?on=2026-05-31&unit=phuong-sai-gon')).body.waves).to.have.lengthOf(1)
    expect((await get('/waves?unit=quan-1')).body.waves).to.be.empty
    expect((await get('/waves?mode=web')).body.waves).to.be.empty
    expect((await get('/waves/2026-kiosk')).body).to.deep.include({
      id: '2026-kiosk',
      unitUids: ['phuong-sai-gon', 'phuong-tan-dinh'],
      questionnaireHash: counter.hash,
    })
    expect((await get('/waves/2026-kiosk/questionnaire')).body).to.deep.equal(counter)
    expect((await get('/waves/nowhere')).body).to.include({ status: 404, code: 'not_found' })
    expect((await get('/waves?on=yesterday')).body).to.include({ status: 400, code: 'malformed_request' })
  })

  it('describes its operations', () => {
    const { operations } = waveApiRoutes({ waves, questionnaires: store, now })
    const document = openApiDocument(operations, { version: '1', url: 'http://localhost' })
    expect(document.paths).to.have.keys(['/waves', '/waves/{id}', '/waves/{id}/questionnaire'])
  })
})

describe('the command that creates waves', () => {
  let database: TestDatabase
  before(async () => {
    database = await openTestDatabase()
  })
  after(() => database.close())

  async function run(...args: string[]) {
    const { code, stdout, stderr } = await runCommand(database.commandEnv, 'create-wave.ts', args)
    return { code, output: stdout + stderr }
  }

  it('makes those of the project, once, and names every fault', async function () {
    this.timeout(60_000) // Three commands, each of which reads all survey data.
    const file = 'surveys/waves/2026-web-citizen.yaml'
    const made = await run(file)
    expect(made.code, made.output).to.equal(0)
    expect(made.output).to.match(/^2026-web-citizen: created, \d{3} units\n$/)
    expect((await run(file)).output).to.equal('2026-web-citizen: exists already\n')
    const faulty = join(database.commandEnv.DATA_DIR, 'faulty.yaml')
    await writeFile(faulty, 'id: X\nmode: post\n')
    const refused = await run(faulty)
    expect(refused.code).to.equal(1)
    expect(refused.output).to.include(`${faulty}:1: id: must be small letters`).and.include(`${faulty}:2: mode`)
  })
})
