import { expect } from 'chai'
import { month } from '../support/agency-app.js'
import { CITY_WAVES, startCityApp } from '../support/city-app.js'
import { readCsv } from '../support/csv.js'
import { createClient, type Page } from '../support/http-client.js'

/** So many of a unit's people, of whom so many are satisfied with everything. */
const people = (wave: string, unit: string, count: number, satisfied: number) =>
  month(unit, `${wave.slice(0, 4)}-02`, count, satisfied).map((one) => ({
    ...one,
    waveId: wave,
    mode: wave.endsWith('homes') ? ('face_to_face' as const) : ('web' as const),
  }))

// The districts now: 50, 80, 85 and 90 %, their median 82.5; ten people about w1, nobody about w2.
const stored = [
  ...people('2026-web', 'q1', 200, 100),
  ...people('2026-web', 'q3', 200, 160),
  ...people('2026-web', 'q4', 200, 170),
  ...people('2026-web', 'q5', 200, 180),
  ...people('2026-web', 'w1', 10, 9),
  // The year before: 55, 95, 85 and 90 %; forty people about w2, w1 not asked about.
  ...people('2025-web', 'q1', 200, 110),
  ...people('2025-web', 'q3', 200, 190),
  ...people('2025-web', 'q4', 200, 170),
  ...people('2025-web', 'q5', 200, 180),
  ...people('2025-web', 'w2', 40, 20),
  // At home: 60 % of everybody.
  ...people('2026-homes', 'q1', 200, 120),
  ...people('2026-homes', 'q3', 200, 120),
]

const text = (page: Page, selector: string) => page.$(selector).text().replaceAll(/\s+/g, ' ').trim()
const rowsOf = (page: Page, selector: string) =>
  page
    .$(`${selector} tbody tr`)
    .toArray()
    .map((row) =>
      page
        .$(row)
        .find('th, td')
        .toArray()
        .map((cell) => page.$(cell).text().replaceAll(/\s+/g, ' ').trim()),
    )

describe('the city at a glance over HTTP', () => {
  let app: Awaited<ReturnType<typeof startCityApp>>
  let monitor: Awaited<ReturnType<typeof app.signedIn>>
  let page: Page
  before(async () => {
    app = await startCityApp(stored)
    monitor = await app.signedIn('monitor')
    page = await monitor.client.get('/city?wave=2026-web&lang=en')
  })
  after(() => app.stop())

  it('is where the monitor of Home Affairs begins', async () => {
    expect(monitor.home).to.equal('/city')
    expect(page.status).to.equal(200)
    expect(page.$('header nav a[aria-current=page]').attr('href')).to.equal('/city?lang=en')
  })

  it('says the headline with its interval, base, mode, method and change', () => {
    // (100 + 160 + 170 + 180 + 9) of 810 = 76.42 %; a year before (110 + 190 + 170 + 180 + 20) of 840 = 79.76 %.
    expect(text(page, '.report-figure b')).to.equal('76.4%')
    expect(text(page, '.report-figure')).to.include('810 respondents')
    expect(text(page, '.city-facts')).to.include('Answered online').and.include('top_two_box_wilson95_v1')
    // Pooled 1289 of 1650: z = -0.0334 / 0.02036 = -1.64.
    expect(text(page, '.city-first section'))
      .to.include('Against Wave 2025: −3.3 percentage points')
      .and.include('Within noise')
  })

  it('says how far the answers lie above those of an independent interview', () => {
    // 76.42 - 60 = 16.42 points.
    expect(text(page, '.city-first section')).to.include('answers online are 16.4 points above face-to-face interviews')
    expect(text(page, 'section[aria-labelledby=modes-title]')).to.include('+16.4').and.include('significantly higher')
    expect(text(page, '.city-first section')).not.to.include('None of them are independent')
  })

  it('lists the weak units with the reason, chance, and what cannot be told, each linked to its page and report', () => {
    const [row, ...others] = rowsOf(page, '#weak')
    expect(others).to.deep.equal([])
    expect(row?.[0]).to.equal('Name q1Urban districts')
    expect(row?.[1]).to.match(/^50\.0 .*n = 200$/)
    expect(row?.[3]).to.equal('target 80median 82.5 (4 units)')
    // Four figures, each held against target and median: 8 x 2.5 % = 0.2.
    expect(text(page, '#weak'))
      .to.include('1 of 4 units with a figure')
      .and.include('8 comparisons')
      .and.include('would list about 0.2')
    expect(text(page, '#weak')).to.include('too few answers (1) or with none (1)')
    expect(page.$('#weak th a').attr('href')).to.equal('/agency/q1?wave=2026-web&lang=en')
    expect(page.$('#weak td a').attr('href')).to.equal('/reports/2026-web?unit=q1&lang=en')
  })

  it('lists the falling units by the test of a series, and counts those that cannot be compared', () => {
    const rows = rowsOf(page, '#falling')
    expect(
      rows.map(([name, before, now, change]) => [name, before?.slice(0, 4), now?.slice(0, 4), change?.slice(0, 5)]),
    ).to.deep.equal([['Name q3', '95.0', '80.0', '−15.0']])
    expect(text(page, '#falling')).to.include('1 of 4 units compared')
    expect(text(page, '#falling')).to.include('not shown now or was not before (units: 1)')
    expect(text(page, '#falling')).to.include('no earlier wave of this mode asked about it (units: 1)')
  })

  it('counts the silent by kind and names them', () => {
    const kinds = page
      .$('.city-kinds tbody tr')
      .toArray()
      .map((row) => page.$(row).text().replaceAll(/\s+/g, ' ').trim())
    expect(kinds).to.deep.equal(['Urban districts4004', 'Wards2110', 'All6114'])
    expect(rowsOf(page, '#silent .city-table').map((row) => row.slice(0, 3))).to.deep.equal([
      ['Name w2Wards', '0', '0'],
      ['Name w1Wards', '10', '10'],
    ])
  })

  it('keeps the tie of equal criteria', () => {
    // Everybody answered all five alike: 76.4 % each, q1 alone weak at each.
    expect(rowsOf(page, '#criteria').map((row) => row.at(-1))).to.deep.equal(Array(5).fill('1of 4 with a figure'))
  })

  it('says what to take with care: what was taken out of the figures', async () => {
    expect(text(page, '.report-notes')).to.match(/\b7\b/)
    expect(text(await monitor.client.get('/city?wave=2025-web&lang=en'), '.report-notes')).not.to.match(/\b7\b/)
  })

  it('gives every unit and criterion as files, with the same figures, and writes the download down', async () => {
    const csv = await monitor.client.get(page.$('a[href*="units.csv"]').attr('href') ?? '')
    const rows = readCsv(csv.text)
    const row = (uid: string) => rows.find((one) => one.unit_uid === uid)
    expect(rows.map(({ unit_uid: uid }) => uid)).to.have.members(['q1', 'q3', 'q4', 'q5', 'w1', 'w2'])
    expect([row('q1')?.top_two_percent, row('q1')?.is_below_target, row('q1')?.is_below_median]).to.deep.equal([
      '50',
      'true',
      'true',
    ])
    expect([row('q3')?.change_verdict, row('w1')?.change_state, row('w2')?.hearing]).to.deep.equal([
      'fall',
      'new',
      'silent',
    ])
    expect([row('w1')?.status, row('w1')?.reason, row('w1')?.n_valid, row('w1')?.n_received]).to.deep.equal([
      'suppressed',
      'unreliable',
      '',
      '10',
    ])
    expect(readCsv((await monitor.client.get('/city/criteria.csv?wave=2026-web')).text)).to.have.length(5)
    expect((await monitor.client.get('/city/overview.xlsx?wave=2026-web')).status).to.equal(200)
    const written = await app.connection.collection('audit_events').find({ kind: 'figures_downloaded' }).toArray()
    expect(written.map(({ subject }) => subject)).to.deep.equal([
      '/city/units.csv',
      '/city/criteria.csv',
      '/city/overview.xlsx',
    ])
  })

  it('opens with the latest wave that has begun, the most independent mode first, and offers the others', async () => {
    const first = await monitor.client.get('/city?lang=en')
    expect(
      first
        .$('#wave option')
        .toArray()
        .map((option) => first.$(option).attr('value')),
    ).to.deep.equal(['2026-homes', '2026-web', '2025-web'])
    expect(text(first, '.city-wave')).to.equal('Homes 2026')
    expect(text(first, '#falling')).to.include('the first wave to ask these respondents in this way')
    const chosen = await monitor.client.get(`${first.$('.city-head form').attr('action')}?lang=en&wave=2025-web`)
    expect(text(chosen, '.city-wave')).to.equal('Wave 2025')
    expect((await monitor.client.get('/city?wave=')).status).to.equal(200)
  })

  it('answers what is no wave with 404, and changes nothing', async () => {
    for (const wave of ['nowhere-2026', '2027-web', '%24ne', 'a'.repeat(100), '../x']) {
      for (const path of ['/city', '/city/units.csv', '/city/overview.xlsx']) {
        expect((await monitor.client.get(`${path}?wave=${wave}`)).status, `${path} ${wave}`).to.equal(404)
      }
    }
  })

  it('is for those who see the city alone', async () => {
    const agency = await app.signedIn('agency_head')
    expect(agency.home).to.equal('/agency')
    for (const path of ['/city', '/city/units.csv', '/city/criteria.csv', '/city/overview.xlsx']) {
      expect((await agency.client.get(path)).status, path).to.equal(403)
    }
    expect((await createClient(app.url).get('/city?wave=2026-web')).location).to.equal(
      '/sign-in?next=%2Fcity%3Fwave%3D2026-web',
    )
    const auditor = await app.signedIn('auditor')
    expect([auditor.home, (await auditor.client.get('/city')).status]).to.deep.equal(['/audit/events', 200])
  })

  it('runs no script and sets no style in the page itself', () => {
    expect(page.$('[style], style, script')).to.have.length(0)
  })
})

describe('the city at a glance before there is anything', () => {
  it('says that no wave has opened, and offers no file', async () => {
    const app = await startCityApp([], [])
    const { client } = await app.signedIn('monitor')
    expect(text(await client.get('/city?lang=en'), '.report-empty')).to.include('No wave has opened yet')
    expect((await client.get('/city/units.csv')).status).to.equal(404)
    await app.stop()
  })

  it('says since when nothing has come in', async () => {
    const app = await startCityApp([], CITY_WAVES)
    const { client } = await app.signedIn('monitor')
    expect(text(await client.get('/city?lang=en'), '.report-empty')).to.equal('No response yet since 1 Jan 2026.')
    await app.stop()
  })
})
