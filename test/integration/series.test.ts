import { expect } from 'chai'
import type { NewResponse } from '../../server/domain/survey/response.js'
import { createSeries } from '../../server/features/series/index.js'
import { createTallies } from '../../server/features/tallies/index.js'
import type { GuardOf } from '../../server/platform/http/routes.js'
import { problem } from '../../server/platform/problem.js'
import { startBareApp } from '../support/bare-app.js'
import { CITY, response, wave as waveWith } from '../support/builders.js'
import { readCsv } from '../support/csv.js'
import { golden } from '../support/golden.js'
import { createClient } from '../support/http-client.js'
import { projectRegistry, projectTexts } from '../support/project-files.js'
import { findQuestionnaire, HASH, listReader } from '../support/tally-city.js'
import { openTestDatabase, type TestDatabase } from '../support/test-database.js'

const { Q2, Q9, QThuDuc } = golden.M1_crosswalk.units as Record<'Q2' | 'Q9' | 'QThuDuc', [number, number]>
const field = { questionnaireHash: HASH, isSimulated: true }
const districts = waveWith({
  ...field,
  id: '2020-web',
  title: { vi: 'Đợt 2020', en: 'Wave 2020' },
  unitUids: ['quan-2', 'quan-9', 'quan-thu-duc'],
  referenceOn: '2020-01-01',
  opensOn: '2020-01-01',
  closesOn: '2021-01-01',
})
const city = waveWith({
  ...field,
  id: '2022-web',
  title: { vi: 'Đợt 2022', en: 'Wave 2022' },
  unitUids: ['tp-thu-duc'],
  referenceOn: '2022-01-01',
  opensOn: '2022-01-01',
  closesOn: '2023-01-01',
})
const kiosk = waveWith({ ...city, id: '2022-kiosk', mode: 'kiosk', title: { vi: 'Quầy 2022', en: 'Counter 2022' } })
const wards = waveWith({
  ...field,
  id: '2025-web',
  title: { vi: 'Đợt 2025', en: 'Wave 2025' },
  unitUids: ['quan-1.ben-nghe', 'quan-1.da-kao'],
  referenceOn: '2025-01-01',
  opensOn: '2025-01-01',
  closesOn: '2025-07-01',
})
const waves = [districts, city, kiosk, wards]
const guardOf: GuardOf = () => (req, _res, next) => {
  if (req.get('authorization') !== 'Bearer analyst') throw problem.signInNeeded()
  next()
}
const AS_ANALYST = { authorization: 'Bearer analyst' }

/** `n` web responses about a unit in a month of a wave, so many of them satisfied on every item. */
function answers(
  wave: typeof city,
  unitUid: string,
  day: string,
  [satisfied, n]: readonly [number, number],
): NewResponse[] {
  return Array.from({ length: n }, (_, i) => {
    const given = i < satisfied ? 5 : 2
    const items = { C1: given, C2: given, C3: given, C4: given, C5: given, G1: given }
    return response({ waveId: wave.id, mode: wave.mode, questionnaireHash: HASH, unitUid, day, answers: items })
  })
}

describe('series over HTTP', () => {
  let db: TestDatabase
  let app: Awaited<ReturnType<typeof startBareApp>>
  const stored: NewResponse[] = []

  before(async () => {
    db = await openTestDatabase()
    const tallies = createTallies({
      connection: db.connection,
      responses: listReader(stored),
      findQuestionnaire,
      now: () => new Date(),
    })
    await db.buildIndexes()
    const series = createSeries({
      waves: { list: async () => waves },
      questionnaires: { byHash: findQuestionnaire },
      registry: projectRegistry(),
      tallies,
      texts: projectTexts(),
      guardOf,
      scopeOf: () => CITY,
      now: () => new Date('2026-11-22T03:00:00Z'),
    })
    app = await startBareApp(series.pages, { apis: [series.api] })
    stored.push(
      ...answers(districts, 'quan-2', '2020-03-10', Q2),
      ...answers(districts, 'quan-9', '2020-03-10', Q9),
      ...answers(districts, 'quan-thu-duc', '2020-04-10', QThuDuc),
      ...answers(city, 'tp-thu-duc', '2022-03-10', [330, 400]),
      ...answers(city, 'tp-thu-duc', '2022-04-10', [3, 3]),
      ...answers(city, 'tp-thu-duc', '2022-05-10', [50, 80]),
      ...answers(kiosk, 'tp-thu-duc', '2022-03-10', [99, 100]),
      ...answers(wards, 'quan-1.ben-nghe', '2025-03-10', [80, 100]),
      ...answers(wards, 'quan-1.da-kao', '2025-03-10', [80, 100]),
    )
    for (const { id } of waves) await tallies.build(id)
  })
  after(async () => {
    await app.stop()
    await db.close()
  })

  type Row = Record<string, string | number | boolean | null>
  const get = (address: string, headers: Record<string, string> = {}) =>
    createClient(app.url).get(address, { ...AS_ANALYST, ...headers })
  const api = async (query: string) => {
    const { text } = await get(`/api/v1/series?${query}`)
    return JSON.parse(text) as { rows: Row[]; mode: string; other_modes: unknown; panel: Row[]; trends: unknown[] }
  }
  const MAPPED = 'unit=tp-thu-duc&map=mapped&on=2022-06-01'

  it('M1: pools the old districts of a mapped series and names them with their respondents', async () => {
    const { rows } = await api(`${MAPPED}&rule=single_item`)
    expect(rows[0]?.top_two_percent).to.be.closeTo(golden.M1_crosswalk.pooled_TPThuDuc, 1e-6)
    expect(rows[0]).to.include({
      wave: '2020-web',
      basis: 'exact',
      n_valid: 370,
      parts: 'quan-2:1:100 quan-9:1:120 quan-thu-duc:1:150',
      missing: null,
    })
    // 230 of 370 in 2020, 383 of 483 in 2022: both sides of the merger are one ground on this map.
    expect(rows[1]).to.include({ wave: '2022-web', n_valid: 483, break: null, segment: 0, change_verdict: 'rise' })
    expect(rows[1]?.change_points).to.be.closeTo(100 * (383 / 483 - 230 / 370), 1e-9)
  })

  it('shows only its own waves as it was, and leads to the units before it', async () => {
    expect((await api('unit=tp-thu-duc')).rows.map(({ wave, basis }) => [wave, basis])).to.deep.equal([
      ['2022-web', 'as_was'],
    ])
    const { $ } = await get('/series?unit=tp-thu-duc&lang=vi')
    expect(
      $('.series-history a')
        .map((_, a) => $(a).text())
        .get(),
    ).to.include.members(['Quận 2', 'Quận 9', 'Quận Thủ Đức'])
    expect($('.series-history a').first().attr('href')).to.include('unit=quan-')
  })

  it('never joins another mode; it is named beside the series', async () => {
    const web = await api('unit=tp-thu-duc')
    expect(web.mode).to.equal('web')
    expect(web.other_modes).to.deep.equal([{ mode: 'kiosk', waves: ['2022-kiosk'] }])
    expect((await api('unit=tp-thu-duc&mode=kiosk')).rows.map(({ wave }) => wave)).to.deep.equal(['2022-kiosk'])
  })

  it('leaves a gap where the size of a part is unknown, and says so', async () => {
    const { rows } = await api('unit=p-sai-gon&map=mapped&on=2025-07-01')
    expect(rows).to.have.length(1)
    expect(rows[0]).to.include({ status: 'broken', basis: 'broken', top_two_percent: null, n_valid: null })
    const { $ } = await get('/series?unit=p-sai-gon&map=mapped&on=2025-07-01&lang=vi')
    expect($('.series-points tbody').text())
      .to.include('không biết tỷ lệ tách')
      .and.include('một phần không rõ của Phường Đa Kao')
  })

  it('refuses to tell counts backward, with the reason and the way on', async () => {
    const problemOf = async (query: string) => {
      const { status, text } = await get(`/api/v1/series?${query}`)
      return { status, ...(JSON.parse(text) as Row) }
    }
    expect(await problemOf('unit=tp-thu-duc&map=mapped&on=2020-06-01')).to.include({
      status: 422,
      code: 'unit_not_on_map',
    })
    expect(await problemOf('unit=quan-2&map=mapped&on=2022-06-01')).to.deep.include({
      status: 422,
      successors: ['tp-thu-duc'],
    })
    const { $, status } = await get('/series?unit=quan-2&map=mapped&on=2022-06-01&lang=vi')
    expect(status).to.equal(200)
    expect($('.report-empty').text()).to.include('không quy ngược được')
    // On the map of 2020 the wave of 2022 is there, without a figure.
    const { rows } = await api('unit=quan-2&map=mapped&on=2020-12-31')
    expect(rows.map(({ wave, status: one }) => [wave, one])).to.deep.equal([
      ['2020-web', 'published'],
      ['2022-web', 'backward'],
    ])
  })

  it('hides a month of three people and the month that would give it away, whatever months are asked for', async () => {
    const statuses = (rows: readonly Row[]) => rows.map(({ from, status, reason }) => [from, status, reason])
    const hidden = [
      ['2022-04-01', 'suppressed', 'too_few'],
      ['2022-05-01', 'suppressed', 'complementary'],
    ]
    const { rows } = await api('unit=tp-thu-duc&by=month&rule=single_item')
    expect(statuses(rows)).to.deep.equal([['2022-03-01', 'published', null], ...hidden])
    const later = await api('unit=tp-thu-duc&by=month&rule=single_item&from=2022-04&to=2022-05')
    expect(statuses(later.rows)).to.deep.equal(hidden)
  })

  it('shows the same figures as page, CSV, JSON and API, and answers 304 when nothing changed', async () => {
    const json = JSON.parse((await get(`/series/points.json?${MAPPED}`)).text) as { rows: Row[] }
    const csv = await get(`/series/points.csv?${MAPPED}`)
    const rows = readCsv(csv.text)
    expect(json).to.deep.equal(await api(MAPPED))
    expect(rows.map((row) => Number(row.top_two_percent))).to.deep.equal(
      json.rows.map(({ top_two_percent: value }) => value),
    )
    const { $ } = await get(`/series?${MAPPED}&lang=en`)
    const shown = $('.series-points td b')
      .map((_, b) => $(b).text())
      .get()
    expect(shown).to.deep.equal(json.rows.map(({ top_two_percent: value }) => (value as number).toFixed(1)))
    const tag = csv.headers.get('etag') ?? ''
    expect((await get(`/series/points.csv?${MAPPED}`, { 'if-none-match': tag })).status).to.equal(304)
  })

  it('keeps what was typed and says what to do when it is wrong', async () => {
    const { $, status } = await get('/series?map=mapped&on=01/07/2025&from=2026&to=2025-13&lang=en')
    expect(status).to.equal(422)
    expect(
      $('.error-summary li')
        .map((_, li) => $(li).text())
        .get(),
    ).to.have.length(3)
    expect([$('#series-on').val(), $('#series-from').val(), $('#series-to').val()]).to.deep.equal([
      '01/07/2025',
      '2026',
      '2025-13',
    ])
    expect($('#series-map').val()).to.equal('mapped')
    expect((await get('/api/v1/series?from=2026')).status).to.equal(400)
    expect((await get('/api/v1/series?from=2026-05&to=2026-04')).status).to.equal(400)
    expect((await get('/api/v1/series?unit=none')).status).to.equal(404)
    expect((await get('/api/v1/series?unit=so-tu-phap')).status).to.equal(404)
    expect((await get('/api/v1/series?line=factor.NONE&unit=tp-thu-duc')).status).to.equal(404)
    expect((await get('/series?line=nonsense')).status).to.equal(400)
  })

  it('says where there is no wave, no line, no point', async () => {
    const textOf = async (query: string) => (await get(`/series?${query}&lang=en`)).$('.report-empty').text()
    expect(await textOf('unit=so-tu-phap')).to.include('No wave asks')
    expect(await textOf('unit=tp-thu-duc&line=factor.NONE')).to.include('None of these waves')
    expect(await textOf('unit=tp-thu-duc&from=2030-01')).to.include('no point')
  })

  it('is for analysts', async () => {
    for (const address of ['/series', '/series/points.csv', '/series/points.json', '/api/v1/series']) {
      expect((await createClient(app.url).get(address)).status, address).to.equal(401)
    }
  })
})
