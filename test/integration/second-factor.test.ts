import { expect } from 'chai'
import { Secret, TOTP } from 'otpauth'
import { PASSWORD, startAccountsApp } from '../support/accounts-app.js'

const STEP_MINUTES = 0.5

describe('the second step of signing in', () => {
  let app: Awaited<ReturnType<typeof startAccountsApp>>
  beforeEach(async () => {
    app = await startAccountsApp()
    await app.createAccount({ login: 'owner', name: 'Owner', role: 'method_owner', password: PASSWORD })
  })
  afterEach(() => app.stop())

  type Client = ReturnType<typeof app.client>

  /** The first step alone. */
  const givePassword = async (client: Client, login = 'owner') =>
    client.send((await client.get('/sign-in')).$, 'main form', { login, password: PASSWORD })
  const giveCode = async (client: Client, code: string) =>
    client.send((await client.get('/sign-in/code')).$, 'main form', { code })

  /** Sets the app up in a browser of its own. */
  async function enrol() {
    const client = app.client()
    await givePassword(client)
    const page = await client.get('/account/second-factor')
    const secret = page.$('main code').text().replaceAll(' ', '')
    const totp = new TOTP({ secret: Secret.fromBase32(secret) })
    const codeNow = () => totp.generate({ timestamp: app.clock.now().getTime() })
    const done = await client.send(page.$, 'main form', { code: codeNow() })
    const recovery = done
      .$('.codes code')
      .toArray()
      .map((element) => done.$(element).text())
    return { client, secret, recovery, codeNow }
  }

  it('is owed by those who can do harm: until it is set up, every page leads there, and none is served', async () => {
    const client = app.client()
    expect((await givePassword(client)).location).to.equal('/account/second-factor')
    expect((await client.get('/reports')).location).to.equal('/account/second-factor')
    expect((await client.get('/api/v1/index')).status).to.equal(403)
    await app.addStaff('analyst')
    const analyst = app.client()
    expect((await givePassword(analyst, 'analyst')).location).to.equal('/reports')
  })

  it('takes the code of the app after the password, and the password alone opens nothing', async () => {
    const { codeNow, recovery } = await enrol()
    expect(recovery).to.have.length(10)
    expect(recovery[0]).to.match(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){5}$/)
    app.clock.advanceMinutes(STEP_MINUTES)
    const client = app.client()
    expect((await givePassword(client)).location).to.equal('/sign-in/code')
    expect((await client.get('/reports')).location).to.match(/^\/sign-in/)
    const wrong = await giveCode(client, '000000')
    expect([wrong.status, wrong.$('.error-summary').length]).to.deep.equal([422, 1])
    expect((await giveCode(client, codeNow())).location).to.equal('/reports')
    expect((await client.get('/reports')).status).to.equal(200)
  })

  it('takes each code once, also two sent at once, and a recovery code once', async () => {
    const { codeNow, recovery } = await enrol()
    const ready = async () => {
      const client = app.client()
      await givePassword(client)
      return client
    }
    // The code that set the app up was taken then.
    expect((await giveCode(await ready(), codeNow())).status).to.equal(422)
    app.clock.advanceMinutes(STEP_MINUTES)
    const both = [await ready(), await ready()]
    const answers = await Promise.all(both.map((client) => giveCode(client, codeNow())))
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([303, 422])
    const typed = recovery[0]!.toLowerCase().replaceAll('-', ' ')
    expect((await giveCode(await ready(), typed)).location).to.equal('/reports')
    expect((await giveCode(await ready(), recovery[0]!)).status).to.equal(422)
  })

  it('is not guessed: after some wrong codes even the right one waits, in whatever browser', async () => {
    const { codeNow } = await enrol()
    app.clock.advanceMinutes(STEP_MINUTES)
    for (let i = 0; i < app.tries; i += 1) {
      const client = app.client()
      await givePassword(client)
      expect((await giveCode(client, '000000')).status).to.equal(422)
    }
    const client = app.client()
    await givePassword(client)
    const late = await giveCode(client, codeNow())
    expect([late.status, late.headers.get('retry-after')]).to.deep.equal([429, '900'])
    app.clock.advanceMinutes(16)
    const again = app.client()
    await givePassword(again)
    expect((await giveCode(again, codeNow())).location).to.equal('/reports')
  })

  it('must follow the password within five minutes, and needs the form of its own session', async () => {
    const { codeNow } = await enrol()
    app.clock.advanceMinutes(STEP_MINUTES)
    const client = app.client()
    await givePassword(client)
    expect((await client.post('/sign-in/code', { code: codeNow() })).status).to.equal(403)
    const form = await client.get('/sign-in/code')
    app.clock.advanceMinutes(5)
    const late = await client.send(form.$, 'main form', { code: codeNow() })
    expect(late.location).to.equal('/sign-in')
    expect((await app.client().get('/sign-in/code')).location).to.equal('/sign-in')
  })

  it('keeps its secret out of the database and of the log', async () => {
    const { secret, recovery } = await enrol()
    const stored = JSON.stringify(await app.connection.collection('accounts').find().toArray())
    for (const hidden of [secret, recovery[0]!, recovery[0]!.replaceAll('-', '')]) {
      expect(stored).not.to.include(hidden)
      expect(app.logLines.join('')).not.to.include(hidden)
    }
  })

  it('is taken off by an administrator for who lost the phone; that ends their sessions', async () => {
    const { client } = await enrol()
    await app.createAccount({ login: 'chief', name: 'Chief', role: 'administrator', password: PASSWORD })
    const admin = app.client()
    await admin.signIn('chief', PASSWORD)
    const list = await admin.get('/accounts')
    const done = await admin.send(list.$, 'form[action*="/owner/remove-second-factor"]')
    expect(done.status).to.equal(303)
    expect((await client.get('/reports')).location).to.match(/^\/sign-in/)
    expect((await givePassword(app.client())).location).to.equal('/account/second-factor')
  })
})

describe('one’s own account', () => {
  let app: Awaited<ReturnType<typeof startAccountsApp>>
  beforeEach(async () => {
    app = await startAccountsApp()
    await app.addStaff('an')
  })
  afterEach(() => app.stop())

  async function twoBrowsers() {
    const [here, there] = [app.client(), app.client()]
    await here.signIn('an', PASSWORD)
    await there.signIn('an', PASSWORD)
    return { here, there }
  }

  it('lists where one is signed in, and ends one or all others', async () => {
    const { here, there } = await twoBrowsers()
    const page = await here.get('/account')
    expect(page.$('table tbody tr')).to.have.length(2)
    const ended = await here.send(page.$, 'form[action$="/sessions/end"]')
    expect(ended.status).to.equal(303)
    expect((await there.get('/reports')).status).to.equal(303)
    expect((await here.get('/reports')).status).to.equal(200)
    const third = app.client()
    await third.signIn('an', PASSWORD)
    await here.send((await here.get('/account')).$, 'form[action$="/sessions/end-others"]')
    expect((await third.get('/reports')).status).to.equal(303)
  })

  it('ends nobody else’s session, whatever id is sent', async () => {
    const { here } = await twoBrowsers()
    await app.addStaff('binh')
    const other = app.client()
    await other.signIn('binh', PASSWORD)
    const sessions = await app.connection.collection('sessions').find().toArray()
    const page = await here.get('/account')
    for (const { _id } of sessions) {
      const token = String(page.$('[name=_csrf]').first().val())
      if (!page.text.includes(String(_id)))
        await here.post('/account/sessions/end', { _csrf: token, session: String(_id) })
    }
    expect((await other.get('/reports')).status).to.equal(200)
    expect((await here.post('/account/sessions/end', { session: 'x' })).status).to.equal(403)
  })

  it('takes a new password from who knows the old one, and ends all other sessions', async () => {
    const { here, there } = await twoBrowsers()
    const change = async (fields: Record<string, string>) =>
      here.send((await here.get('/account')).$, 'form.password', fields)
    const next = 'mười hai con giáp chạy quanh'
    expect((await change({ current: 'wrong', password: next, repeated: next })).status).to.equal(422)
    expect((await change({ current: PASSWORD, password: next, repeated: 'other' })).status).to.equal(422)
    expect((await change({ current: PASSWORD, password: 'short', repeated: 'short' })).status).to.equal(422)
    expect((await there.get('/reports')).status).to.equal(200)
    expect((await change({ current: PASSWORD, password: next, repeated: next })).status).to.equal(200)
    expect((await there.get('/reports')).status).to.equal(303)
    expect((await app.client().signIn('an', next)).location).to.equal('/reports')
  })

  it('is not locked by those who guess: a browser known from before has tries of its own', async () => {
    const own = app.client()
    await own.signIn('an', PASSWORD)
    await own.send((await own.get('/reports')).$, 'form.sign-out')
    const guesser = app.client()
    for (let i = 0; i < app.tries; i += 1) await guesser.signIn('an', `guess number ${i}`)
    expect((await guesser.signIn('an', PASSWORD)).status).to.equal(429)
    expect((await own.signIn('an', PASSWORD)).location).to.equal('/reports')
  })
})
