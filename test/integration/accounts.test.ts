import { expect } from 'chai'
import { PASSWORD, startAccountsApp } from '../support/accounts-app.js'

type App = Awaited<ReturnType<typeof startAccountsApp>>

describe('signing in', () => {
  let app: App
  beforeEach(async () => {
    app = await startAccountsApp()
    await app.addStaff('an')
    await app.addStaff('q1', 'quan-1')
  })
  afterEach(() => app.stop())

  async function signIn(login = 'an', password = PASSWORD, client = app.client()) {
    return { client, page: await client.signIn(login, password) }
  }
  const sessions = () => app.connection.collection('sessions').find().toArray()

  it('opens the pages of the role, for the right login and password', async () => {
    const { client, page } = await signIn(' AN ')
    expect([page.status, page.location]).to.deep.equal([303, '/reports'])
    const reports = await client.get('/reports')
    expect(reports.status).to.equal(200)
    expect(
      reports
        .$('header nav a')
        .toArray()
        .map((a) => reports.$(a).attr('href')),
    ).to.deep.equal(['/city', '/reports', '/series', '/agency', '/exports', '/release-desk', '/voids', '/request-desk'])
    expect(reports.$('header nav a[aria-current=page]').attr('href')).to.equal('/reports')
    const agency = await signIn('q1')
    expect(agency.page.location).to.equal('/agency')
  })

  it('takes accounts of the role that was split into heads and viewers for viewers', async () => {
    await app.connection.collection('accounts').updateOne({ login: 'q1' }, { $set: { role: 'agency' } })
    const { client } = await signIn('q1')
    expect(JSON.parse((await client.get('/agency')).text)).to.include({ role: 'agency_viewer', unitUid: 'quan-1' })
  })

  it('comes back to the page asked for, and only to pages of this site', async () => {
    const client = app.client()
    const turnedAway = await client.get('/reports?wave=w1&lang=en')
    expect(turnedAway.status).to.equal(303)
    const form = await client.get(turnedAway.location ?? '')
    expect(form.$('html').attr('lang')).to.equal('en')
    const page = await client.send(form.$, 'main form', { login: 'an', password: PASSWORD })
    expect(page.location).to.equal('/reports?wave=w1&lang=en')
    const { $ } = await app.client().get('/sign-in?next=//evil.example')
    expect($('[name=next]').val()).to.equal('')
    const other = app.client()
    const planted = await other.send((await other.get('/sign-in')).$, 'main form', {
      login: 'an',
      password: PASSWORD,
      next: 'https://evil.example/',
    })
    expect(planted.location).to.equal('/reports')
  })

  it('fails alike for a wrong password, an unknown login and a disabled account, and keeps the login typed', async () => {
    await app.addStaff('gone')
    expect(await app.disableAccount('gone')).to.equal(true)
    const failures = [
      await signIn('an', 'sai mật khẩu'),
      await signIn('nobody'),
      await signIn('gone'),
      await signIn('', ''),
    ]
    const said = failures.map(({ page }) => ({ status: page.status, text: page.$('#sign-in-error').text() }))
    expect(new Set(said.map((one) => JSON.stringify(one))).size).to.equal(1)
    expect(said[0]).to.deep.equal({ status: 422, text: 'Tên đăng nhập hoặc mật khẩu chưa đúng. Xin nhập lại.' })
    expect(failures.map(({ page }) => page.$('#login').val())).to.deep.equal(['an', 'nobody', 'gone', ''])
    expect(failures.map(({ page }) => page.$('#password').attr('value'))).to.deep.equal(Array(4).fill(undefined))
    expect((await failures[0]!.client.get('/reports')).status).to.equal(303)
  })

  it('stops guessing at one login, lets others of the same address in, and opens again after 15 minutes', async () => {
    for (let i = 0; i < app.tries; i++) expect((await signIn('an', `sai lần ${i}`)).page.status).to.equal(422)
    const blocked = (await signIn()).page
    expect(blocked.status).to.equal(429)
    expect([blocked.$('#login').val(), blocked.headers.get('retry-after')]).to.deep.equal(['an', '900'])
    expect((await signIn('q1')).page.status).to.equal(303)
    app.clock.advanceMinutes(15)
    expect((await signIn()).page.status).to.equal(303)
  })

  it('shares the allowance between guesses sent at the same time', async () => {
    const client = app.client()
    const { $ } = await client.get('/sign-in')
    const guesses = Array.from({ length: app.tries * 2 }, (_, i) =>
      client.send($, 'main form', { login: 'an', password: `sai lần ${i}` }),
    )
    const statuses = (await Promise.all(guesses)).map(({ status }) => status).sort()
    expect(statuses).to.deep.equal([...Array(app.tries).fill(422), ...Array(app.tries).fill(429)])
  })

  it('gives the session a new id, so that a planted one is worth nothing', async () => {
    const victim = app.client()
    const { $ } = await victim.get('/sign-in')
    const planted = victim.cookies.get('hai_long_session')
    await victim.send($, 'main form', { login: 'an', password: PASSWORD })
    expect(victim.cookies.get('hai_long_session')).not.to.equal(planted)
    const attacker = app.client()
    attacker.cookies.set('hai_long_session', planted ?? '')
    expect((await attacker.get('/reports')).status).to.equal(303)
    expect((await victim.get('/reports')).status).to.equal(200)
    expect(await sessions()).to.have.length(1)
  })

  it('refuses a form without the token of its session, or with that of another', async () => {
    const client = app.client()
    const bare = await client.post('/sign-in', { login: 'an', password: PASSWORD })
    expect([bare.status, bare.$('#login').val()]).to.deep.equal([403, 'an'])
    const foreign = await app.client().get('/sign-in')
    await client.get('/sign-in')
    expect((await client.send(foreign.$, 'main form', { login: 'an', password: PASSWORD })).status).to.equal(403)
  })

  it('keeps no session id that would open the door in the database', async () => {
    const { client } = await signIn()
    const [id = ''] = decodeURIComponent(client.cookies.get('hai_long_session') ?? '')
      .slice(2)
      .split('.')
    const stored = JSON.stringify(await sessions())
    expect(id).to.have.length(32)
    expect(stored).not.to.include(id).and.not.to.include(PASSWORD)
  })

  it('writes nothing typed to the log', async () => {
    await signIn('an', 'sai mật khẩu')
    await signIn()
    expect(app.logLines.join('')).not.to.match(/sai mật khẩu|một câu|"an"|_csrf/)
  })

  it('refuses operators in place of texts', async () => {
    const client = app.client()
    const { $ } = await client.get('/sign-in')
    const page = await client.send($, 'main form', { 'login[$ne]': '', 'password[$ne]': '' })
    expect(page.status).to.equal(422)
    const twice = await fetch(`${app.url}/sign-in`, { method: 'POST', body: new URLSearchParams('login=a&login=b') })
    expect(twice.status).to.equal(400)
  })
})
