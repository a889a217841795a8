import { expect } from 'chai'
import { PASSWORD } from '../support/accounts-app.js'
import { month, startAgencyApp } from '../support/agency-app.js'
import { createClient, type Page } from '../support/http-client.js'
import { startApp, type TestApp } from '../support/start-app.js'

const ALL_DAYS = { from: null, to: null }
const text = (page: Page, selector: string) => page.$(selector).text().replaceAll(/\s+/g, ' ').trim()

describe('an account that is limited to some services and days', () => {
  let app: Awaited<ReturnType<typeof startAgencyApp>>
  // By hand: land 40 of 100 in January and 60 of 100 in February, tax 90 of 100 in January; all together 190 of 300.
  const stored = [
    ...month('q1', '2026-01', 100, 40, 'land'),
    ...month('q1', '2026-02', 100, 60, 'land'),
    ...month('q1', '2026-01', 100, 90, 'tax'),
    ...month('q3', '2026-01', 100, 50, 'land'),
  ]
  before(async () => {
    app = await startAgencyApp(stored)
  })
  after(() => app.stop())
  const limited = async (services: readonly string[] | null, period: { from: string | null; to: string | null }) => {
    const client = await app.signedIn('q1')
    expect((await app.setLimits('staff-q1', { services, period })).kind).to.equal('set')
    return client
  }

  it('sees the figure of its service alone, which is a recount of those responses', async () => {
    const free = await limited(null, ALL_DAYS)
    expect(text(await free.get('/agency?lang=en'), '.figure b')).to.equal('63.3%')
    expect(text(await free.get('/agency?lang=en&service=tax'), '.figure b')).to.equal('90.0%')
    const client = await limited(['land'], ALL_DAYS)
    const page = await client.get('/agency?lang=en')
    expect([text(page, '.figure b'), text(page, '.facts').includes('200')]).to.deep.equal(['50.0%', true])
    expect(text(page, '.facts')).to.include('Service land')
    expect(page.text).to.not.include('Service tax').and.not.include('All services')
  })

  it('finds nothing of another service, nor of all together, under any address', async () => {
    const client = await limited(['land'], ALL_DAYS)
    expect((await client.get('/agency?service=tax')).status).to.equal(404)
    expect((await client.get('/agency/q1?service=tax')).status).to.equal(404)
    expect((await client.get('/agency?service=no_such')).status).to.equal(404)
    // An empty choice is no way to all services.
    expect(text(await client.get('/agency?lang=en&service='), '.figure b')).to.equal('50.0%')
    expect((await client.get('/agency/q3')).status).to.equal(404)
  })

  it('chooses among several services, and sees none of them together', async () => {
    const client = await limited(['land', 'tax'], ALL_DAYS)
    const page = await client.get('/agency?lang=en')
    expect(
      page
        .$('#service option')
        .map((_, one) => page.$(one).text())
        .get(),
    ).to.deep.equal(['Service land', 'Service tax'])
    expect(text(page, '.figure b')).to.equal('50.0%')
    expect(text(await client.get('/agency?lang=en&service=tax'), '.figure b')).to.equal('90.0%')
  })

  it('sees its days alone, by month too', async () => {
    const client = await limited(null, { from: '2026-02-01', to: '2026-03-01' })
    const page = await client.get('/agency?lang=en')
    expect(text(page, '.figure b')).to.equal('60.0%')
    expect(page.$('.trend tbody tr')).to.have.length(1)
    expect(text(page, '.trend tbody tr')).to.include('02/2026').and.include('60.0')
    expect(text(page, '.facts')).to.include('1 Feb 2026')
  })

  it('sees nothing where its days and services hold nothing, and everything again once the limits are lifted', async () => {
    const client = await limited(['tax'], { from: '2026-02-01', to: null })
    expect(text(await client.get('/agency?lang=en'), '.empty')).to.include('No response')
    await limited(null, ALL_DAYS)
    expect(text(await client.get('/agency?lang=en'), '.figure b')).to.equal('63.3%')
  })

  it('is refused for roles that see the city, unknown services and days that are none', async () => {
    await app.signedIn()
    const outcomes = [
      await app.setLimits('staff-analyst', { services: ['land'], period: ALL_DAYS }),
      await app.setLimits('staff-q1', { services: ['gold'], period: ALL_DAYS }),
      await app.setLimits('staff-q1', { services: [], period: ALL_DAYS }),
      await app.setLimits('staff-q1', { services: null, period: { from: '2026-02-30', to: null } }),
      await app.setLimits('staff-q1', { services: null, period: { from: '2026-03-01', to: '2026-03-01' } }),
      await app.setLimits('nobody', { services: null, period: ALL_DAYS }),
    ]
    expect(outcomes.map((one) => (one.kind === 'invalid' ? one.fault : one.kind))).to.deep.equal([
      'limits_unused',
      'service_unknown',
      'service_unknown',
      'limit_day_wrong',
      'limit_days_reversed',
      'unknown',
    ])
  })
})

describe('limits on the pages of an administrator', () => {
  let app: TestApp
  let client: ReturnType<typeof createClient>
  before(async () => {
    app = await startApp()
    const make = (login: string, role: 'administrator' | 'agency_head', unitUid?: string) =>
      app.accounts.createAccount({ login, name: login, role, unitUid, password: PASSWORD })
    await make('quan-tri', 'administrator')
    await make('truong', 'agency_head', 'p-ben-thanh')
    client = createClient(app.url)
    await client.signIn('quan-tri', PASSWORD)
  })
  after(() => app.stop())
  const limitsOf = async (login: string) =>
    (await app.accounts.listAccounts()).find((one) => one.login === login)!.limits

  it('are set with the form, written down, and shown in the list', async () => {
    const page = await client.get('/accounts/truong/limits?lang=en')
    expect(page.status).to.equal(200)
    const code = String(page.$('[name=services]').first().val())
    const saved = await client.send(page.$, 'form[action*="limits"]', { services: code, from: '2026-01-01', to: '' })
    expect(saved.status).to.equal(303)
    expect(await limitsOf('truong')).to.deep.equal({ services: [code], period: { from: '2026-01-01', to: null } })
    const list = await client.get('/accounts?lang=en')
    expect(list.$('.limits li').length).to.be.greaterThan(1)
    const log = await app.connection.collection('audit_events').find({ kind: 'account_limited' }).toArray()
    expect(log.map(({ subject, details }) => [subject, details])).to.deep.equal([
      ['truong', { services: code, from: '2026-01-01', to: null }],
    ])
  })

  it('keep what was typed when it is wrong, and change nothing', async () => {
    const before = await limitsOf('truong')
    const page = await client.get('/accounts/truong/limits?lang=en')
    for (const [fields, words] of [
      [{ from: '2026-05-01', to: '2026-04-01' }, 'before the last'],
      [{ from: '2026-02-31', to: '' }, 'year-month-day'],
      [{ services: 'GOLD', from: '', to: '' }, 'does not exist'],
    ] as const) {
      const answer = await client.send(page.$, 'form[action*="limits"]', fields)
      expect([answer.status, answer.$('.error-summary').text().includes(words)], words).to.deep.equal([422, true])
      expect(answer.$('#limit-from').val()).to.equal(fields.from)
    }
    expect(await limitsOf('truong')).to.deep.equal(before)
  })

  it('are given with an invitation, and hold from the first sign-in', async () => {
    const page = await client.get('/accounts?lang=en')
    const code = String(page.$('[name=services]').first().val())
    const invite = (fields: Record<string, string>) =>
      client.send(page.$, 'form.invite', {
        login: 'moi',
        name: 'Mới',
        role: 'agency_viewer',
        unit: 'p-ben-thanh',
        ...fields,
      })
    const unused = await invite({ role: 'analyst', unit: '', services: code })
    expect([unused.status, unused.$('.error-summary').text().includes('whole city')]).to.deep.equal([422, true])
    const made = await invite({ services: code, from: '', to: '' })
    const token = new URL(made.$('.made code').text()).searchParams.get('token')!
    expect((await app.accounts.invitations.accept(token, 'một câu rất dài nữa')).kind).to.equal('accepted')
    expect((await limitsOf('moi')).services).to.deep.equal([code])
  })

  it('have no page for roles that see the city, nor for nobody', async () => {
    for (const login of ['quan-tri', 'nobody'])
      expect((await client.get(`/accounts/${login}/limits`)).status, login).to.equal(404)
  })
})
