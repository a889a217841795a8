import { expect } from 'chai'
import { figuresOfCriterion } from '../../server/domain/index/criterion.js'
import type { NewResponse } from '../../server/domain/survey/response.js'
import { createIndexReports } from '../../server/features/index-reports/index.js'
import { createTallies } from '../../server/features/tallies/index.js'
import type { GuardOf } from '../../server/platform/http/routes.js'
import { problem } from '../../server/platform/problem.js'
import { startBareApp } from '../support/bare-app.js'
import { CITY, response, wave as waveWith } from '../support/builders.js'
import { createClient } from '../support/http-client.js'
import { expectCubeOf } from '../support/json-stat-reader.js'
import { projectTexts } from '../support/project-files.js'
import { treeRegistry } from '../support/report-data.js'
import { findQuestionnaire, HASH, listReader, WAVE } from '../support/tally-city.js'
import { openTestDatabase, type TestDatabase } from '../support/test-database.js'

const parents: Readonly<Record<string, string>> = { q1: 'city', q3: 'city', w1: 'q1', w2: 'q1' }
const wave = waveWith({ id: WAVE.id, questionnaireHash: HASH, unitUids: ['w1', 'w2', 'q3'], isSimulated: true })
/** The same questionnaire on screens at the counter, from March to May. */
const kiosk = waveWith({
  ...wave,
  id: '2026-kiosk',
  title: { vi: 'Tại quầy', en: 'At the counter' },
  mode: 'kiosk',
  opensOn: '2026-03-01',
  closesOn: '2026-06-01',
})
const waves = [wave, kiosk]
const service = { code: 'dat_dai', name: { vi: 'Đất đai', en: 'Land' } }
const registry = treeRegistry(parents)
const services = { byCode: (code: string) => (code === service.code ? service : undefined), all: () => [service] }
const guardOf: GuardOf = () => (req, _res, next) => {
  if (req.get('authorization') !== 'Bearer analyst') throw problem.signInNeeded()
  next()
}
const AS_ANALYST = { authorization: 'Bearer analyst' }

describe('index report over HTTP', () => {
  let db: TestDatabase
  let app: Awaited<ReturnType<typeof startBareApp>>
  let tallies: ReturnType<typeof createTallies>
  const stored: NewResponse[] = []

  before(async () => {
    db = await openTestDatabase()
    tallies = createTallies({
      connection: db.connection,
      responses: listReader(stored),
      findQuestionnaire,
      now: () => new Date(),
    })
    await db.buildIndexes()
    const reports = createIndexReports({
      voidedCount: async () => 0,
      waves: { byId: async (id) => waves.find((one) => one.id === id), list: async () => waves },
      questionnaires: { byHash: findQuestionnaire },
      registry,
      services: services as never,
      tallies,
      connection: db.connection,
      texts: projectTexts(),
      guardOf,
      scopeOf: () => CITY,
      currentAccount: () => ({ role: 'analyst' }),
    })
    app = await startBareApp(reports.pages, { apis: [reports.api] })
    for (let i = 0; i < 150; i += 1) {
      stored.push(
        response({
          unitUid: ['w1', 'w2', 'q3'][i % 3]!,
          day: i < 75 ? '2026-02-10' : '2026-03-10',
          answers: { C1: 1 + (i % 5), C2: i % 7 === 0 ? 96 : 4, C3: 97, C4: 5, C5: 99 },
        }),
      )
    }
    await tallies.build(WAVE.id)
  })
  after(async () => {
    await app.stop()
    await db.close()
  })

  const client = () => createClient(app.url)
  const api = (query = '', headers: Record<string, string> = {}) =>
    client().get(`/api/v1/waves/${WAVE.id}/index${query}`, { ...AS_ANALYST, ...headers })
  type Row = Record<string, string | number | boolean | null>
  const rowsOf = (text: string) => (JSON.parse(text) as { rows: Row[] }).rows
  const find = (rows: readonly Row[], unit: string, code: string) =>
    rows.find((row) => row.unit_uid === unit && row.code === code && row.rollup !== 'simple_mean')

  it('gives the numbers of a recount from the raw responses, by unit and rolled up', async () => {
    const rows = rowsOf((await api()).text)
    for (const [unit, uids] of [
      ['w1', ['w1']],
      ['q1', ['w1', 'w2']],
      ['city', wave.unitUids],
    ] as const) {
      const counts: [number, number, number, number, number] = [0, 0, 0, 0, 0]
      for (const { unitUid, answers } of stored)
        if (uids.includes(unitUid as never)) counts[(answers.C1 as number) - 1]! += 1
      const right = figuresOfCriterion(counts)!
      expect(find(rows, unit, 'C1')).to.deep.include({
        n_valid: right.validCount,
        n_5: counts[4],
        top_two_percent: right.topTwoBoxPercent,
        mean_0_100: right.points,
      })
    }
    expect(find(rows, 'city', 'C3')).to.deep.include({ status: 'empty', n_valid: 0 })
  })

  it('holds a response as soon as it is marked', async () => {
    const before = find(rowsOf((await api()).text), 'q3', 'C1')
    const late = response({ unitUid: 'q3', day: '2026-03-11', answers: { C1: 5 } })
    stored.push(late)
    await tallies.markStale(late)
    const after = find(rowsOf((await api()).text), 'q3', 'C1')
    expect(after?.n_5).to.equal((before?.n_5 as number) + 1)
  })

  it('filters by area, kind and period, and breaks down by month', async () => {
    const area = rowsOf((await api('?unit=q1')).text)
    expect(new Set(area.map((row) => row.unit_uid))).to.deep.equal(new Set(['q1', 'w1', 'w2']))
    const wards = rowsOf((await api('?kind=phuong&from=2026-03-01')).text)
    const expected = stored.filter(({ unitUid, day }) => unitUid !== 'q3' && day >= '2026-03-01').length
    expect(find(wards, 'city', 'C1')?.n_responses).to.equal(expected)
    const months = rowsOf((await api('?by=month')).text).filter((row) => row.scope === 'month' && row.code === 'C1')
    expect(months.map((row) => row.from)).to.deep.equal(['2026-02-01', '2026-03-01'])
    const [quarter, ...others] = rowsOf((await api('?by=quarter')).text).filter(
      (row) => row.scope === 'quarter' && row.code === 'C1',
    )
    expect(others).to.deep.equal([])
    expect(quarter).to.deep.include({ from: '2026-01-01', to: '2026-04-01', n_responses: stored.length })
  })

  it('ranks units within their league by sets of ranks, in every shape, once their figure is reliable', async () => {
    const unranked = find(rowsOf((await api()).text), 'w1', 'overall')
    expect(unranked).to.deep.include({ league: 'commune', rank_low: null, rank_high: null, flag: '†' })
    const more = Array.from({ length: 40 }, (_, i) =>
      response({
        unitUid: i % 2 === 0 ? 'w1' : 'w2',
        day: '2026-03-20',
        answers: { C1: 5, C2: 4, C3: 97, C4: 5, C5: 4 },
      }),
    )
    stored.push(...more)
    await Promise.all(more.map((one) => tallies.markStale(one)))
    const rows = rowsOf((await api()).text)
    expect(find(rows, 'w1', 'overall')).to.deep.include({ rank_low: 1, rank_high: 2, rank_of: 2, rank_third: null })
    expect(find(rows, 'q3', 'overall')).to.deep.include({ league: 'district', rank_low: null, rank_of: null })
    const page = await client().get(`/reports/${WAVE.id}?order=figure&lang=en`, AS_ANALYST)
    expect(page.$('[data-league=commune] .is-league').text()).to.include('2 units ranked; 0 not ranked')
    expect(page.$('form.report-filters input[name=order]').attr('value')).to.equal('figure')
    expect((await client().get(`/reports/${WAVE.id}?order=rank`, AS_ANALYST)).status).to.equal(400)
  })

  it('sets units on the common service mix when asked to, and says nothing of it otherwise', async () => {
    const more = Array.from({ length: 120 }, (_, i) =>
      response({
        unitUid: i % 2 === 0 ? 'w1' : 'w2',
        service: i % 3 === 0 ? 'dat_dai' : 'ho_tich',
        day: '2026-04-02',
        answers: { C1: 5, C2: 4, C3: 97, C4: 5, C5: i % 4 === 0 ? 2 : 4 },
      }),
    )
    stored.push(...more)
    await Promise.all(more.map((one) => tallies.markStale(one)))
    const row = find(rowsOf((await api('?mix=common')).text), 'w1', 'overall')!
    const [standardised, mix, performance] = [row.standardised_percent, row.gap_mix_points, row.gap_performance_points]
    expect(standardised).to.be.within(row.standardised_low_percent as number, row.standardised_high_percent as number)
    expect(row.gap_points).to.be.closeTo((mix as number) + (performance as number), 1e-9)
    expect(row).to.deep.include({ standardised_coverage_percent: 100, standardised_services: 2 })
    expect(find(rowsOf((await api()).text), 'w1', 'overall')?.standardised_percent).to.equal(null)
    const page = await client().get(`/reports/${WAVE.id}?mix=common&lang=en`, AS_ANALYST)
    expect(page.$('#filter-mix option[selected]').attr('value')).to.equal('common')
    expect(page.$('[data-league=commune]').text()).to.match(/covers 100%, 2 services.*from mix/s)
    for (const query of ['?mix=common&by=month', '?mix=common&service=dat_dai']) {
      expect((await api(query)).status).to.equal(200)
    }
    expect((await api('?mix=other')).status).to.equal(400)
  })

  it('sets modes side by side as page, CSV, JSON and over the API, over the days in common, never pooled', async () => {
    const atCounter = Array.from({ length: 80 }, () =>
      response({
        waveId: kiosk.id,
        mode: 'kiosk',
        unitUid: 'q3',
        day: '2026-03-15',
        answers: { C1: 5, C2: 5, C4: 5, C5: 5 },
      }),
    )
    stored.push(...atCounter)
    await tallies.build(kiosk.id)
    const modes = rowsOf((await client().get(`/api/v1/waves/${WAVE.id}/modes`, AS_ANALYST)).text)
    const overall = modes.find((row) => row.code === 'overall' && row.scope === 'total')!
    expect(overall).to.deep.include({ reference_mode: 'web', mode: 'kiosk', from: '2026-03-01', to: '2026-06-01' })
    const online = stored.filter(({ mode, day }) => mode === 'web' && day >= '2026-03-01' && day < '2026-06-01').length
    expect(overall).to.deep.include({ n_valid: 80, reference_n_valid: online, top_two_percent: 100 })
    expect(overall.gap_points).to.be.closeTo(100 - (overall.reference_top_two_percent as number), 1e-9)
    // From the other wave the same comparison: the reference is the mode, not the page one comes from.
    const fromKiosk = await client().get(`/reports/${kiosk.id}/modes.json`, AS_ANALYST)
    expect(rowsOf(fromKiosk.text)).to.deep.equal(modes)
    const page = await client().get(`/reports/${WAVE.id}/modes?lang=en`, AS_ANALYST)
    expect(page.$('.report-modes').first().text()).to.include('significantly higher')
    const csv = await client().get(page.$('.report-files a').first().attr('href')!, AS_ANALYST)
    expect(csv.headers.get('content-type')).to.equal('text/csv; charset=utf-8')
    expect(csv.text.split('\r\n')).to.have.length(modes.length + 1)
    const report = await client().get(`/reports/${WAVE.id}?lang=en`, AS_ANALYST)
    expect(report.$('a[href$="/modes?lang=en"]')).to.have.length(1)
    expect((await client().get(`/reports/${WAVE.id}/modes`)).status).to.equal(401)
    expect((await client().get('/reports/none/modes', AS_ANALYST)).status).to.equal(404)
    expect((await client().get(`/api/v1/waves/${WAVE.id}/modes?by=month`, AS_ANALYST)).status).to.equal(400)
  })

  it('is CSV with byte order mark by Accept and by suffix, the same rows as JSON', async () => {
    const byAccept = await api('', { accept: 'text/csv' })
    expect(byAccept.headers.get('content-type')).to.equal('text/csv; charset=utf-8')
    const raw = await fetch(`${app.url}/api/v1/waves/${WAVE.id}/index.csv`, { headers: AS_ANALYST })
    const bytes = new Uint8Array(await raw.arrayBuffer())
    expect([...bytes.slice(0, 3)]).to.deep.equal([0xef, 0xbb, 0xbf])
    const lines = new TextDecoder().decode(bytes).split('\r\n')
    expect(lines.length - 1).to.equal(rowsOf((await api()).text).length)
    expect(lines[0]).to.match(/^wave,mode,/)
  })

  it('is a cube of JSON-stat, which another reader takes apart into the same figures, hidden ones with a status', async () => {
    for (const query of ['', '?by=month', '?by=quarter', '?by=service', '?unit=w1']) {
      const rows = rowsOf((await api(query)).text)
      const answer = await client().get(`/api/v1/waves/${WAVE.id}/index.jsonstat${query}`, AS_ANALYST)
      expect(answer.headers.get('content-type')).to.include('application/json')
      expectCubeOf(JSON.parse(answer.text), rows)
    }
    const page = await client().get(`/reports/${WAVE.id}?lang=en`, AS_ANALYST)
    const file = await client().get(page.$('a[href*=jsonstat]').attr('href')!, AS_ANALYST)
    const { dimension } = JSON.parse(file.text) as { dimension: { line: { label: string } } }
    expect(dimension.line.label).to.equal('Factor, criterion')
  })

  it('answers 304 to the tag of the same figures and 200 once they change', async () => {
    const tag = (await api()).headers.get('etag')!
    expect((await api('', { 'if-none-match': tag })).status).to.equal(304)
    expect((await api('', { 'if-none-match': tag, accept: 'text/csv' })).status).to.equal(200)
    const late = response({ unitUid: 'w1', day: '2026-03-12' })
    stored.push(late)
    await tallies.markStale(late)
    expect((await api('', { 'if-none-match': tag })).status).to.equal(200)
  })

  it('is for analysts only, in every shape', async () => {
    const paths = ['/reports', `/reports/${WAVE.id}`, `/reports/${WAVE.id}/index.csv`, `/reports/${WAVE.id}/index.json`]
    for (const path of [...paths, `/api/v1/waves/${WAVE.id}/index`, `/api/v1/waves/${WAVE.id}/index.csv`]) {
      expect((await client().get(path)).status, path).to.equal(401)
    }
  })

  it('explains its figures to everybody, in the language of the page, and links there from the figures', async () => {
    const page = await client().get(`/reports/${WAVE.id}?lang=en`, AS_ANALYST)
    const href = page.$('.report-lines th .explain').first().attr('href')!
    expect(href).to.equal('/reports/method?lang=en#percent')
    const method = await client().get(href)
    expect(method.status).to.equal(200)
    expect(method.$('#percent h2').text()).to.equal('Percent satisfied')
  })

  it('refuses unknown waves, units and services with 404 and malformed filters with 400', async () => {
    expect((await client().get('/api/v1/waves/none/index', AS_ANALYST)).status).to.equal(404)
    for (const query of ['?unit=nowhere', '?service=nothing']) expect((await api(query)).status).to.equal(404)
    for (const query of ['?rule=best', '?from=2026-13-01', '?unit[$ne]=x', '?units=q1']) {
      expect((await api(query)).status, query).to.equal(400)
    }
    expect((await api('', { accept: 'image/png' })).status).to.equal(406)
  })

  it('is a page that says it is simulated, works as a form and links the files with the filters kept', async () => {
    const page = await client().get(`/reports/${WAVE.id}?unit=q1&lang=vi`, AS_ANALYST)
    expect(page.status).to.equal(200)
    expect(page.$('.simulated').text()).to.include('mô phỏng')
    expect(page.$('form.report-filters').attr('method')).to.equal('get')
    expect(page.$('#filter-unit option[selected]').attr('value')).to.equal('q1')
    expect(page.$('.report-files a[href*=csv]').attr('href')).to.equal(`/reports/${WAVE.id}/index.csv?unit=q1&lang=vi`)
    const csv = await client().get(page.$('.report-files a[href*=csv]').attr('href')!, AS_ANALYST)
    expect(csv.status).to.equal(200)
    expect((await client().get(`/reports/${WAVE.id}`, AS_ANALYST)).status).to.equal(200)
    for (const [by, name] of [
      ['service', 'Đất đai'],
      ['month', '03/2026'],
    ] as const) {
      const other = await client().get(`/reports/${WAVE.id}?by=${by}`, AS_ANALYST)
      expect(other.$('.report-groups tbody').text()).to.include(name)
    }
    const list = await client().get('/reports', AS_ANALYST)
    expect(list.$(`.report-waves a[href="/reports/${WAVE.id}"]`)).to.have.length(1)
  })
})
