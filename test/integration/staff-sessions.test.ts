import { once } from 'node:events'
import { expect } from 'chai'
import { PASSWORD, startAccountsApp } from '../support/accounts-app.js'

type App = Awaited<ReturnType<typeof startAccountsApp>>

async function signedIn(app: App, login: string) {
  const client = app.client()
  expect((await client.signIn(login, PASSWORD)).status).to.equal(303)
  return client
}

describe('a staff session', () => {
  let app: App
  beforeEach(async () => {
    app = await startAccountsApp()
    await app.addStaff('an')
    await app.addStaff('q1', 'quan-1')
  })
  afterEach(() => app.stop())

  it('ends after 30 minutes without a request, and each request starts them anew', async () => {
    const client = await signedIn(app, 'an')
    for (let i = 0; i < 3; i++) {
      app.clock.advanceMinutes(29)
      expect((await client.get('/reports')).status).to.equal(200)
    }
    app.clock.advanceMinutes(30)
    expect((await client.get('/reports')).location).to.equal('/sign-in?next=%2Freports')
    const stored = await app.connection.collection('sessions').find().toArray()
    expect(JSON.stringify(stored)).not.to.include('accountId')
  })

  it('ends 12 hours after sign-in however busy it is', async () => {
    const client = await signedIn(app, 'an')
    for (let minutes = 20; minutes < 12 * 60; minutes += 20) {
      app.clock.advanceMinutes(20)
      expect((await client.get('/reports')).status, `after ${minutes} minutes`).to.equal(200)
    }
    app.clock.advanceMinutes(20)
    expect((await client.get('/reports')).status).to.equal(303)
  })

  it('ends at sign-out, also for a copy of its cookie', async () => {
    const client = await signedIn(app, 'an')
    const copy = app.client()
    copy.cookies.set('hai_long_session', client.cookies.get('hai_long_session') ?? '')
    const { $ } = await client.get('/reports')
    const out = await client.send($, 'form.sign-out')
    expect([out.status, out.location]).to.deep.equal([303, '/sign-in'])
    expect(client.cookies.has('hai_long_session')).to.equal(false)
    expect(out.headers.get('clear-site-data')).to.equal('"cache", "storage"')
    expect((await copy.get('/reports')).status).to.equal(303)
  })

  it('stays ended when a slow page that was under way at sign-out is answered', async () => {
    const client = await signedIn(app, 'an')
    const copy = app.client()
    copy.cookies.set('hai_long_session', client.cookies.get('hai_long_session') ?? '')
    const { $ } = await client.get('/reports')
    app.clock.advanceMinutes(1)
    const entered = once(app.slow, 'entered')
    const slowPage = copy.get('/reports/slow')
    await entered
    await client.send($, 'form.sign-out')
    app.slow.emit('release')
    expect((await slowPage).text).to.equal('slow')
    expect((await copy.get('/reports')).status).to.equal(303)
  })

  it('is not ended, and changes nothing, by a form from elsewhere', async () => {
    const client = await signedIn(app, 'an')
    expect((await client.post('/sign-out', {})).status).to.equal(403)
    expect((await client.post('/reports', { _csrf: 'guess' })).status).to.equal(403)
    const { $ } = await client.get('/reports')
    const own = String($('form.sign-out [name=_csrf]').val())
    expect((await client.post('/reports', { _csrf: own })).text).to.equal('changed')
  })

  it('ends when its account is disabled', async () => {
    const client = await signedIn(app, 'an')
    await app.disableAccount('an')
    expect((await client.get('/reports')).status).to.equal(303)
  })

  it('of an agency opens its own pages and is refused those of analysts', async () => {
    const client = await signedIn(app, 'q1')
    expect(JSON.parse((await client.get('/agency')).text)).to.deep.include({ role: 'agency_viewer', unitUid: 'quan-1' })
    const refused = await client.get('/reports')
    expect(refused.status).to.equal(403)
    expect(
      refused
        .$('header nav a')
        .toArray()
        .map((a) => refused.$(a).attr('href')),
    ).to.deep.equal(['/agency'])
    expect((await client.get('/api/v1/index')).status).to.equal(403)
  })

  it('of an analyst opens the API too', async () => {
    const client = await signedIn(app, 'an')
    expect(JSON.parse((await client.get('/api/v1/index')).text)).to.equal('an')
  })
})

describe('the session cookie', () => {
  let app: App
  before(async () => {
    app = await startAccountsApp({ secureCookies: true })
  })
  after(() => app.stop())

  it('is out of reach of scripts, other sites and plain http, also behind a proxy that does not say https', async () => {
    const [cookie = ''] = (await app.client().get('/sign-in')).headers.getSetCookie()
    expect(cookie).to.match(
      /^__Host-hai_long_session=s%3A[\w-]{32}\.\S*; Path=\/; Expires=.*; HttpOnly; Secure; SameSite=Lax$/,
    )
  })

  it('is taken back at sign-out, by the attributes without which a browser would keep it', async () => {
    await app.addStaff('an')
    const client = await signedIn(app, 'an')
    const out = await client.send((await client.get('/reports')).$, 'form.sign-out')
    const [cookie = ''] = out.headers.getSetCookie()
    expect(cookie).to.match(/^__Host-hai_long_session=; Path=\/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure$/)
    expect((await client.get('/reports')).status).to.equal(303)
  })

  it('is not set where citizens and programs go, nor when a page turns a stranger away', async () => {
    for (const path of ['/', '/nowhere', '/api/v1/open', '/api/v1/index', '/reports', '/agency', '/health/live']) {
      const page = await app.client().get(path)
      expect(page.headers.getSetCookie(), path).to.deep.equal([])
    }
    expect(await app.connection.collection('sessions').countDocuments()).to.be.at.most(1)
  })
})
