import { expect } from 'chai'
import { month, startAgencyApp } from '../support/agency-app.js'
import { createClient, type Page } from '../support/http-client.js'

const stored = [
  // District 1: 50 % and 70 % of 100, nothing in March, 5 responses in April and in May: (50 + 70 + 5 + 5) of 210.
  ...month('q1', '2026-01', 100, 50),
  ...month('q1', '2026-02', 100, 70),
  ...month('q1', '2026-04', 5, 5),
  ...month('q1', '2026-05', 5, 5),
  ...month('q3', '2026-01', 100, 80),
  ...month('q4', '2026-01', 100, 90),
  ...month('q5', '2026-01', 100, 70),
  // A ward of District 1 that is rated itself: no part of the district's own figures.
  ...month('w1', '2026-01', 100, 0),
  ...month('w1', '2026-03', 100, 0),
  // Too few each month, enough in two of three quarters: 20 of 40, nothing hidden but the months; 30 of 40.
  ...['2026-01', '2026-02'].flatMap((name) => month('w2', name, 20, 10)),
  ...['2026-04', '2026-06'].flatMap((name) => month('w2', name, 20, 15)),
]
const text = (page: Page, selector: string) => page.$(selector).text().replaceAll(/\s+/g, ' ').trim()
const cellsOf = (page: Page, row: string) =>
  page
    .$(row)
    .find('th, td')
    .toArray()
    .map((cell) => page.$(cell).text().trim())

describe('the page of an agency over HTTP', () => {
  let app: Awaited<ReturnType<typeof startAgencyApp>>
  before(async () => {
    app = await startAgencyApp(stored)
  })
  after(() => app.stop())

  it('shows the agency its own index, held against the median of its kind', async () => {
    const page = await (await app.signedIn('q1')).get('/agency')
    expect(page.status).to.equal(200)
    expect(text(page, 'h1')).to.equal('Tên q1')
    // 130 of 210 = 61.905 %; median of 61.905, 80, 90 and 70 = 75.
    expect(text(page, '.figure b')).to.equal('61,9 %')
    expect(text(page, '.comparison')).to.include('75,0').and.include('4 đơn vị')
    expect(text(page, '.facts')).to.include('210 phiếu hợp lệ').and.include('top_two_box_wilson95_v1')
    expect(text(page, '.facts')).to.include('qua mạng')
    expect(text(page, '.simulated')).to.include('Dữ liệu mô phỏng')
  })

  it('says each criterion with its split, interval, base, median and difference', async () => {
    const page = await (await app.signedIn('q1')).get('/agency?lang=en')
    const row = page.$('.scores tbody tr').filter((_, tr) => page.$(tr).find('th').text() === 'Criterion C1')
    const [, , percent, , base, median, difference] = row
      .find('th, td')
      .toArray()
      .map((cell) => page.$(cell).text().trim())
    expect([percent?.split(' ')[0], base, median, difference]).to.deep.equal(['61.9', '210', '75.0', '−13.1'])
    expect(row.find('svg').attr('aria-label')).to.include('38.1%').and.include('61.9%')
    expect(row.find('.low')).to.have.length(1)
  })

  it('leaves months without responses as gaps, hides small ones, and says the same to the chart', async () => {
    const page = await (await app.signedIn('q1')).get('/agency?lang=en')
    const rows = page.$('.trend tbody tr').toArray()
    const said = rows.map((_, i) => cellsOf(page, `.trend tbody tr:nth-child(${i + 1})`))
    expect(said.map(([name, figure]) => `${name} ${figure}`)).to.deep.equal([
      '01/2026 50.0',
      '02/2026 70.0',
      '03/2026 nobody answered',
      '04/2026 hidden: fewer than 30 respondents',
      '05/2026 hidden: fewer than 30 respondents',
    ])
    const chart = JSON.parse(page.$('.trend script').text()) as { percents: unknown }
    expect(chart.percents).to.deep.equal([50, 70, null, null, null])
  })

  it('tells quarters where most months have too few answers, and whether a change is more than noise', async () => {
    const page = await (await app.signedIn('w2')).get('/agency?lang=en')
    expect(text(page, '.trend h2')).to.equal('By quarter')
    const rows = page.$('.trend tbody tr').toArray()
    const said = rows.map((_, i) => cellsOf(page, `.trend tbody tr:nth-child(${i + 1})`))
    expect(said.map(([name, figure, , base]) => [name, figure, base])).to.deep.equal([
      ['Q1\u00a02026', '50.0\u00a0†', '40'],
      ['Q2\u00a02026', '75.0\u00a0†', '40'],
    ])
    // Pooled z of 20 and 30 of 40: 0.25 / sqrt(0.625 x 0.375 x 2 / 40) = 2.31, p = 0.021.
    expect(said.at(-1)?.at(-1)).to.match(/^\+25\.0 rise/)
  })

  it('sets its services beside each other, the lowest first, each with its page', async () => {
    const fresh = await startAgencyApp([
      ...month('q1', '2026-01', 100, 80, 'tax'),
      ...month('q1', '2026-01', 100, 40, 'land'),
    ])
    try {
      const client = await fresh.signedIn('q1')
      const page = await client.get('/agency?lang=en')
      // By hand: 40 of 100 and 80 of 100.
      expect(cellsOf(page, '.services tbody tr:nth-child(1)').slice(0, 2)).to.deep.equal(['Service land', '40.0'])
      expect(cellsOf(page, '.services tbody tr:nth-child(2)').slice(0, 2)).to.deep.equal(['Service tax', '80.0'])
      const href = page.$('.services a').first().attr('href')!
      expect(text(await client.get(href), '.figure b')).to.equal('40.0%')
    } finally {
      await fresh.stop()
    }
  })

  it('runs no script and sets no style in the page itself', async () => {
    const page = await (await app.signedIn('q1')).get('/agency')
    expect(page.$('[style], style, script:not([src]):not([type="application/json"])')).to.have.length(0)
  })

  it('hides every other unit from an agency, whatever the address says', async () => {
    const client = await app.signedIn('q3')
    expect((await client.get('/agency/q3')).status).to.equal(200)
    for (const path of ['/agency/q1', '/agency/w1', '/agency/q9', '/agency/nowhere', '/agency/q1?wave=2026-web']) {
      const page = await client.get(path)
      expect(page.status, path).to.equal(404)
      expect(page.text, path).not.to.include('Tên q')
    }
    expect(text(await client.get('/agency?unit=q1&unitUid=q1'), 'h1')).to.equal('Tên q3')
  })

  it('shows an agency the units below it, by a list of its own', async () => {
    const client = await app.signedIn('q1')
    const own = await client.get('/agency?lang=en')
    const list = await client.get(own.$('a[href^="/agency/units"]').attr('href') ?? '')
    const names = list.$('.agencies a').toArray()
    expect(names.map((a) => list.$(a).attr('href'))).to.have.members(['/agency/q1?lang=en', '/agency/w1?lang=en'])
    expect(text(await client.get('/agency/w1'), 'h1')).to.equal('Tên w1')
    expect((await client.get('/agency/q3')).status).to.equal(404)
    expect((await (await app.signedIn('q3')).get('/agency')).$('a[href^="/agency/units"]')).to.have.length(0)
  })

  it('offers the waves of the unit, the latest first, and opens the one chosen', async () => {
    const client = await app.signedIn('q1')
    const page = await client.get('/agency')
    expect(
      page
        .$('#wave option')
        .toArray()
        .map((option) => page.$(option).attr('value')),
    ).to.deep.equal(['2026-web', '2025-web'])
    const older = await client.get(`${page.$('.picker').attr('action')}?wave=2025-web`)
    expect(older.$('#wave option[selected]').attr('value')).to.equal('2025-web')
    expect(text(older, '.empty')).to.include('01/01/2025')
    for (const wave of ['unknown-wave', '%24ne', 'a'.repeat(100)])
      expect((await client.get(`/agency?wave=${wave}`)).status, wave).to.equal(404)
  })

  it('says so when the agency is in no wave', async () => {
    const page = await (await app.signedIn('q9')).get('/agency')
    expect([page.status, text(page, 'h1')]).to.deep.equal([200, 'Tên q9'])
    expect(text(page, '.lead')).to.include('chưa thuộc đợt khảo sát nào')
  })

  it('gives an analyst the list of agencies and the page of each', async () => {
    const client = await app.signedIn()
    const list = await client.get('/agency?lang=en')
    const links = list
      .$('.agencies a')
      .toArray()
      .map((a) => list.$(a).attr('href') ?? '')
    expect(links).to.have.members(['q1', 'q3', 'q4', 'q5', 'w1', 'w2'].map((uid) => `/agency/${uid}?lang=en`))
    const page = await client.get(links.find((href) => href.includes('/w1')) ?? '')
    expect(text(page, '.figure b')).to.equal('0.0%')
    // One ward is no kind to compare with.
    expect(text(page, '.comparison')).to.include('at least 3 units')
    expect((await client.get('/agency/nowhere')).status).to.equal(404)
  })

  it('sends a stranger to sign in and back', async () => {
    const page = await createClient(app.url).get('/agency/q1?wave=2026-web')
    expect(page.location).to.equal('/sign-in?next=%2Fagency%2Fq1%3Fwave%3D2026-web')
  })
})
