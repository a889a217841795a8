import { expect } from 'chai'
import { ANALYSIS_COLUMNS, ANALYSIS_TABLE_NAMES } from '../../server/domain/analysis/analysis-rows.js'
import { createResponseRepository } from '../../server/features/responses/index.js'
import { createTallies } from '../../server/features/tallies/index.js'
import { createWaveAnalysis } from '../../server/features/wave-analysis/index.js'
import type { GuardOf } from '../../server/platform/http/routes.js'
import { problem } from '../../server/platform/problem.js'
import { analysisQuestionnaire, analysisRoles, COMMENT_CODES, cases, manyCases } from '../support/analysis-city.js'
import { startBareApp } from '../support/bare-app.js'
import { CITY, response, wave as waveWith } from '../support/builders.js'
import { createClient } from '../support/http-client.js'
import { projectTexts } from '../support/project-files.js'
import { treeRegistry } from '../support/report-data.js'
import { openTestDatabase, type TestDatabase } from '../support/test-database.js'

const { waveId, questionnaireHash } = response()
const wave = waveWith({ id: waveId, questionnaireHash, unitUids: ['w1', 'w2', 'w3'], isSimulated: true })
const published = { hash: questionnaireHash, questionnaire: analysisQuestionnaire() }
const service = { code: 'land', name: { vi: 'Đất đai', en: 'Land' } }
const services = { byCode: (code: string) => (code === service.code ? service : undefined), all: () => [service] }
const registry = { ...treeRegistry({ q1: 'city', w1: 'q1', w2: 'q1', w3: 'city' }), isValid: () => true }
const guardOf: GuardOf = () => (req, _res, next) => {
  if (req.get('authorization') !== 'Bearer analyst') throw problem.signInNeeded()
  next()
}
const AS_ANALYST = { authorization: 'Bearer analyst' }
type Row = Record<string, string | number | boolean | null>
type Document = { facts: Row; tables: Record<string, { columns: string[]; rows: Row[] }> }

describe('analysis of a wave over HTTP', () => {
  let db: TestDatabase
  let app: Awaited<ReturnType<typeof startBareApp>>
  let store: (responses: ReturnType<typeof manyCases>) => Promise<void>
  let reads = 0
  const stored = manyCases(600)

  before(async () => {
    db = await openTestDatabase()
    const responses = createResponseRepository(db.connection)
    const findQuestionnaire = (hash: string) => (hash === published.hash ? published : undefined)
    const tallies = createTallies({ connection: db.connection, responses, findQuestionnaire, now: () => new Date() })
    await db.buildIndexes()
    const analysis = createWaveAnalysis({
      now: () => new Date('2026-11-22T03:00:00Z'),
      waves: { byId: async (id) => (id === wave.id ? wave : undefined) },
      questionnaires: { byHash: findQuestionnaire },
      registry,
      services: services as never,
      responses: {
        streamWave: (scope, id, part) => {
          reads += 1
          return responses.streamWave(scope, id, part)
        },
      },
      tallies,
      roles: [analysisRoles],
      commentCodes: COMMENT_CODES,
      texts: projectTexts(),
      guardOf,
      scopeOf: () => CITY,
    })
    store = async (some) => {
      await responses.insertBatch(some)
      for (const one of some) await tallies.markStale(one)
    }
    await store(stored)
    app = await startBareApp(analysis.pages, { apis: [analysis.api] })
  })
  after(async () => {
    await app.stop()
    await db.close()
  })

  const client = () => createClient(app.url)
  const api = (query = '', headers: Record<string, string> = {}) =>
    client().get(`/api/v1/waves/${wave.id}/analysis${query}`, { ...AS_ANALYST, ...headers })
  const documentOf = async (query = '') => JSON.parse((await api(query)).text) as Document
  const received = ({ tables }: Document) => tables.accounting?.rows.find(({ step }) => step === 'received')?.n

  it('counts the whole wave, a unit, an area and a service', async () => {
    const count = (test: (one: (typeof stored)[number]) => boolean) => stored.filter(test).length
    expect(received(await documentOf())).to.equal(600)
    expect(received(await documentOf('?unit=w1'))).to.equal(count(({ unitUid }) => unitUid === 'w1'))
    expect(received(await documentOf('?unit=q1'))).to.equal(count(({ unitUid }) => unitUid !== 'w3'))
    const both = await documentOf('?unit=w1&service=land')
    expect(received(both)).to.equal(count((one) => one.unitUid === 'w1' && one.service === 'land'))
    expect(both.facts).to.include({
      selected_unit: 'w1',
      selected_service: 'land',
      rule_set: 'standard 1',
      simulated: true,
    })
  })

  it('never shows a sensitive item for one service of one unit', async () => {
    const { tables } = await documentOf('?unit=w1&service=land')
    const shown = tables.negatives?.rows.filter((row) => row.item === 'H4' && row.status === 'published')
    expect(shown).to.deep.equal([])
    const whole = (await documentOf()).tables.negatives?.rows.find((row) => row.item === 'H4' && row.option === '1')
    expect(whole?.status).to.equal('published')
  })

  it('reads the responses once for the same state, also for readers at once, and again when one has come', async () => {
    const before = reads
    await Promise.all([api(), api(), api()])
    expect(reads).to.equal(before)
    await store(cases(1, 5, { P1: 1 }, { unitUid: 'w3' }))
    const [first] = await Promise.all([documentOf(), documentOf()])
    expect(received(first)).to.equal(601)
    // Once for the frame of the wave, once for the sums.
    expect(reads).to.equal(before + 2)
  })

  it('is one CSV per table with the rows of the document and the facts in front', async () => {
    const { tables } = await documentOf()
    for (const name of ANALYSIS_TABLE_NAMES) {
      const csv = await client().get(`/reports/${wave.id}/analysis/${name}.csv`, AS_ANALYST)
      expect(csv.status, name).to.equal(200)
      const lines = csv.text
        .replace('\uFEFF', '')
        .split('\r\n')
        .filter((line) => line !== '')
      expect(lines.length - 1, name).to.equal(tables[name]?.rows.length)
      expect(lines[0]!.endsWith(ANALYSIS_COLUMNS[name].join(',')), name).to.equal(true)
      const same = await client().get(`/api/v1/waves/${wave.id}/analysis/${name}.csv`, AS_ANALYST)
      expect(same.text).to.equal(csv.text)
    }
    expect((await client().get(`/reports/${wave.id}/analysis.json`, AS_ANALYST)).text).to.equal((await api()).text)
  })

  it('answers 304 to the tag of the same figures', async () => {
    const tag = (await api()).headers.get('etag')!
    expect((await api('', { 'if-none-match': tag })).status).to.equal(304)
    expect((await api('?unit=w1', { 'if-none-match': tag })).status).to.equal(200)
  })

  it('is for analysts only, and refuses what is unknown or malformed', async () => {
    const paths = [
      `/reports/${wave.id}/analysis`,
      `/reports/${wave.id}/analysis.json`,
      `/reports/${wave.id}/analysis/flags.csv`,
    ]
    for (const path of [...paths, `/api/v1/waves/${wave.id}/analysis`, `/api/v1/waves/${wave.id}/analysis/flags.csv`]) {
      expect((await client().get(path)).status, path).to.equal(401)
    }
    expect((await client().get('/api/v1/waves/none/analysis', AS_ANALYST)).status).to.equal(404)
    expect((await client().get(`/reports/${wave.id}/analysis/secrets.csv`, AS_ANALYST)).status).to.equal(404)
    for (const query of ['?unit=nowhere', '?service=nothing']) expect((await api(query)).status).to.equal(404)
    for (const query of ['?unit[$ne]=x', '?by=unit', '?unit=W%201'])
      expect((await api(query)).status, query).to.equal(400)
  })

  it('is a page in both languages with every table, links to files with the filters kept, and says what is simulated', async () => {
    for (const language of ['vi', 'en'] as const) {
      const page = await client().get(`/reports/${wave.id}/analysis?unit=q1&lang=${language}`, AS_ANALYST)
      expect(page.status).to.equal(200)
      expect(page.$('.simulated').length).to.equal(1)
      expect(page.$('#filter-unit option[selected]').attr('value')).to.equal('q1')
      const ids = ['importance', 'wishes', 'negatives', 'comments', 'groups', 'accounting', 'quality']
      for (const id of ids) expect(page.$(`#${id} table`).length, id).to.be.greaterThan(0)
      const files = page
        .$('.report-files a')
        .toArray()
        .map((one) => page.$(one).attr('href')!)
      const csv = files.filter((href) => href.includes('.csv'))
      expect(csv).to.have.length(ANALYSIS_TABLE_NAMES.length)
      for (const href of csv) expect(href).to.include('unit=q1')
      expect(page.$('a[href^="/reports/method"]').length).to.be.greaterThan(3)
      const mark = language === 'vi' ? '[số điện thoại]' : '[telephone number]'
      expect(page.$('#comments q').first().text()).to.be.oneOf([`Chờ lâu quá, gọi ${mark}`, 'Tạm được'])
      expect(page.text).not.to.include('123 456').and.not.to.include('phong bì')
    }
    const empty = await client().get(`/reports/${wave.id}/analysis?service=land&unit=w3&lang=vi`, AS_ANALYST)
    expect(empty.status).to.equal(200)
  })
})
