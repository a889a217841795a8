import { expect } from 'chai'
import { PASSWORD } from '../support/accounts-app.js'
import { waveFile } from '../support/builders.js'
import { readCsv } from '../support/csv.js'
import { createClient } from '../support/http-client.js'
import { endedWave } from '../support/publish-release.js'
import { startApp, type TestApp } from '../support/start-app.js'

const [FIRST, SECOND, COUNTER] = ['2026-first-half', '2026-second-half', '2026-counter']

describe('the page that compares', () => {
  let app: TestApp
  let client: ReturnType<typeof createClient>
  before(async () => {
    app = await startApp()
    await endedWave(app, FIRST, { 'p-ben-thanh': 120, 'p-sai-gon': 100, 'p-go-vap': 40, 'p-cho-lon': 4 })
    const common = { units: { kinds: [], uids: ['p-ben-thanh', 'p-sai-gon'] }, isSimulated: true }
    const days = { referenceOn: '2026-07-01', opensOn: '2026-07-01', closesOn: '2026-11-01' }
    const questionnaire = { id: 'citizen', version: '2026.1' }
    await app.waves.create(waveFile({ id: SECOND, questionnaire, ...common, ...days }))
    await app.waves.create(waveFile({ id: COUNTER, questionnaire, ...common, ...days, mode: 'kiosk' }))
    await app.accounts.createAccount({ login: 'an', name: 'An', role: 'analyst', password: PASSWORD })
    await app.accounts.createAccount({
      login: 'chu',
      name: 'Chu',
      role: 'agency_head',
      unitUid: 'p-ben-thanh',
      password: PASSWORD,
    })
    client = createClient(app.url)
    await client.signIn('an', PASSWORD)
  })
  after(() => app.stop())
  const page = (query: Record<string, string>) =>
    client.get(`/compare?${new URLSearchParams({ lang: 'en', ...query })}`)

  it('begins with its form, and compares nothing yet', async () => {
    const found = await page({})
    expect([found.status, found.$('.compare-table').length, found.$('#wave option').length]).to.deep.equal([200, 0, 3])
    expect((await client.get('/reports?lang=en')).$('a[href^="/compare"]')).to.have.length(1)
  })

  it('sets two units of a wave beside each other, as the report has them, and the file says the same', async () => {
    const query = { wave: FIRST, unit: 'p-ben-thanh', wave2: FIRST, unit2: 'p-sai-gon' }
    const found = await page(query)
    expect(found.$('h2').first().text()).to.include('Ben Thanh').and.include('Sai Gon')
    const rows = readCsv((await client.get(`/compare.csv?${new URLSearchParams(query)}`)).text.replace('\uFEFF', ''))
    expect(found.$('.compare-table tbody tr')).to.have.length(rows.length)
    const report = readCsv((await client.get(`/reports/${FIRST}/index.csv`)).text.replace('\uFEFF', ''))
    const indexOf = (uid: string) =>
      report.find((row) => row.scope === 'unit' && row.unit_uid === uid && row.level === 'overall')!.top_two_percent
    const [index] = rows
    expect([index!.first_percent, index!.second_percent]).to.deep.equal([indexOf('p-ben-thanh'), indexOf('p-sai-gon')])
    expect(Number(index!.points)).to.be.closeTo(Number(index!.second_percent) - Number(index!.first_percent), 1e-9)
    expect(Number(index!.low_points)).to.be.lessThan(Number(index!.points))
  })

  it('says why two sides are not compared, and then shows no difference', async () => {
    for (const [query, words] of [
      [{ wave: FIRST, wave2: FIRST }, 'Both sides are the same'],
      [{ wave: FIRST, wave2: FIRST, unit2: 'p-sai-gon' }, 'One side holds the other'],
      [{ wave: FIRST, wave2: COUNTER }, 'two modes'],
      [{ wave: FIRST, wave2: SECOND, unit2: 'p-cho-lon', unit: 'p-cho-lon' }, 'not in that wave'],
    ] as const) {
      const found = await page(query)
      expect([found.status, found.$('.report-notice').text().includes(words)], words).to.deep.equal([200, true])
      expect(found.$('.compare-table')).to.have.length(0)
    }
  })

  it('tells nothing of a hidden unit', async () => {
    const found = await page({ wave: FIRST, unit: 'p-ben-thanh', wave2: FIRST, unit2: 'p-cho-lon' })
    const texts = found
      .$('.compare-table tbody tr')
      .toArray()
      .map((row) => found.$(row).find('td').eq(1).text().trim())
    expect(texts.length).to.be.greaterThan(10)
    expect(texts.every((text) => /hidden|nobody/.test(text))).to.equal(true)
  })

  it('answers bad input clearly', async () => {
    expect((await page({ wave: 'no-such-wave', wave2: FIRST })).status).to.equal(404)
    expect((await page({ wave: FIRST, unit: 'no-such-unit', wave2: FIRST })).status).to.equal(404)
    expect((await page({ wave: 'x'.repeat(90), wave2: FIRST })).status).to.equal(400)
    expect((await page({ wave: FIRST, wave2: FIRST, rule: 'best' })).status).to.equal(400)
  })

  it('is for those who see the city', async () => {
    const head = createClient(app.url)
    await head.signIn('chu', PASSWORD)
    for (const path of ['/compare', '/compare.csv']) {
      expect((await head.get(path)).status, path).to.equal(403)
      expect((await createClient(app.url).get(path)).status, path).to.equal(303)
    }
  })

  it('can be kept as a view', async () => {
    const found = await page({ wave: FIRST, unit: 'p-ben-thanh', wave2: FIRST, unit2: 'p-sai-gon' })
    expect(found.$('a[href^="/views"]').length).to.be.greaterThan(0)
  })
})
