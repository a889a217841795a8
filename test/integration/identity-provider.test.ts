import { expect } from 'chai'
import { mongoAuditLog } from '../../server/features/audit/audit.repository.js'
import { PASSWORD, PUBLIC_URL, startAccountsApp } from '../support/accounts-app.js'
import type { createClient } from '../support/http-client.js'
import { startIdentityServer } from '../support/identity-server.js'

const CALLBACK = '/sign-in/provider/callback'
type Client = ReturnType<typeof createClient>

describe('signing in by an identity provider', () => {
  let app: Awaited<ReturnType<typeof startAccountsApp>>
  let idp: Awaited<ReturnType<typeof startIdentityServer>>

  before(async () => {
    idp = await startIdentityServer(`${PUBLIC_URL}${CALLBACK}`)
    app = await startAccountsApp({ identityProvider: idp.settings })
    for (const login of ['an', 'binh', 'chi']) await app.addStaff(login)
  })
  after(async () => {
    await app.stop()
    await idp.stop()
  })

  /** The way there and back, as a browser goes it. */
  async function goAround(client: Client, start = '/sign-in/provider?lang=en') {
    const { location, status } = await client.get(start)
    expect(status).to.equal(303)
    const back = await idp.walk(location!)
    return client.get(`${back.pathname}${back.search}&lang=en`)
  }
  async function signedIn(login: string): Promise<Client> {
    const client = app.client()
    expect((await client.signIn(login, PASSWORD)).status).to.equal(303)
    return client
  }
  /** Ties an account to whom the provider lets in. */
  async function tie(client: Client, password = PASSWORD) {
    const { $ } = await client.get('/account?lang=en')
    const between = await client.send($, 'form[action^="/account/provider?"]', { password })
    if (between.status !== 200) return client.get(between.location!)
    const href = between.$('a.button').attr('href')!
    const page = await goAround(client, href)
    return client.get(page.location!)
  }
  const faultOf = async (client: Client, location: string) => {
    const page = await client.get(location)
    return [page.status, page.$('.error-summary p').text()] as const
  }
  const eventsOf = async (login: string) =>
    (await mongoAuditLog(app.connection).page({ limit: 100, before: null, kind: null }))
      .filter(({ subject }) => subject === login)
      .map(({ kind, details }) => `${kind} ${details.by ?? ''}`.trim())
      .reverse()

  it('is offered beside the password, and lets nobody in who has tied no account', async () => {
    const client = app.client()
    const page = await client.get('/sign-in?lang=en&next=%2Freports')
    expect(page.$('.or-provider a').text()).to.equal('Sign in with Hà Nội ID')
    idp.expect('a stranger')
    const back = await goAround(client, page.$('.or-provider a').attr('href'))
    const [status, words] = await faultOf(client, back.location!)
    expect([status, words]).to.deep.equal([
      403,
      'No account here is tied to this person at Hà Nội ID. Please sign in with the password, then tie it on “My account”.',
    ])
    expect((await client.get('/reports')).status).to.equal(303)
  })

  it('needs the password once to tie an account; a wrong one ties nothing', async () => {
    const client = await signedIn('an')
    idp.expect('person one')
    const wrong = await tie(client, 'not the password')
    expect(wrong.$('#provider-password-error').text()).to.include('not right')
    const done = await tie(client)
    expect(done.$('.made').text()).to.equal('Tied to Hà Nội ID.')
    expect(done.$('#provider form').attr('action')).to.match(/untie/)
  })

  it('signs in to the tied account then, and leads to where the reader was going', async () => {
    const client = app.client()
    idp.expect('person one')
    const page = await goAround(client, '/sign-in/provider?next=%2Freports&lang=en')
    expect([page.status, page.location]).to.deep.equal([303, '/reports'])
    expect((await client.get('/account?lang=en')).$('.lead').text()).to.include('an · an')
    expect((await eventsOf('an')).slice(-3)).to.deep.equal([
      'signed_in password',
      'provider_tied',
      'signed_in provider',
    ])
  })

  it('never leads to another site, whatever the start says', async () => {
    idp.expect('person one')
    const page = await goAround(app.client(), '/sign-in/provider?next=%2F%2Fevil.example')
    expect(page.location).to.equal('/reports?lang=en')
  })

  it('gives a new session, so that one planted before is worth nothing', async () => {
    const client = app.client()
    await client.get('/sign-in')
    const planted = client.cookies.get('hai_long_session')
    idp.expect('person one')
    await goAround(client)
    expect(client.cookies.get('hai_long_session')).not.to.equal(planted)
  })

  it('ties a person to one account, and an account to one person', async () => {
    const client = await signedIn('binh')
    idp.expect('person one')
    expect((await tie(client)).$('.error-summary').text()).to.include('tied to another account')
    idp.expect('person two')
    expect((await tie(client)).$('.made').text()).to.equal('Tied to Hà Nội ID.')
    const again = app.client()
    expect((await goAround(again)).status).to.equal(303)
    expect((await again.get('/account')).$('.lead').text()).to.include('binh')
  })

  it('still asks for the code of the app where the account has one', async () => {
    await app.createAccount({
      login: 'quan',
      name: 'Quan',
      role: 'administrator',
      unitUid: undefined,
      password: PASSWORD,
    })
    const client = app.client()
    await client.signIn('quan', PASSWORD)
    idp.expect('person three')
    expect((await tie(client)).$('.made').text()).to.equal('Tied to Hà Nội ID.')
    const other = app.client()
    const page = await goAround(other)
    expect(page.location).to.equal('/sign-in/code?lang=en')
    expect((await other.get('/accounts')).status).to.equal(303)
  })

  it('takes an answer once, from the browser that asked, for what it asked, in time', async () => {
    idp.expect('person one')
    const client = app.client()
    const { location } = await client.get('/sign-in/provider?lang=en')
    const back = await idp.walk(location!)
    const path = `${back.pathname}${back.search}&lang=en`
    const INVALID = [400, 'This way through Hà Nội ID is over, or is not the one begun here. Please begin again.']

    const stranger = app.client()
    expect(await faultOf(stranger, (await stranger.get(path)).location!)).to.deep.equal(INVALID)
    expect((await client.get(path)).location).to.equal('/reports?lang=en')
    const replayed = app.client()
    expect(await faultOf(replayed, (await replayed.get(path)).location!)).to.deep.equal(INVALID)

    for (const change of [
      (url: URL) => url.searchParams.set('state', 'another'),
      (url: URL) => url.searchParams.set('code', 'x'.repeat(43)),
      (url: URL) => url.searchParams.set('iss', 'https://evil.example'),
      (url: URL) => url.searchParams.delete('state'),
      (url: URL) => url.searchParams.delete('code'),
    ]) {
      const asking = app.client()
      const own = await idp.walk((await asking.get('/sign-in/provider')).location!)
      change(own)
      const page = await asking.get(`${own.pathname}${own.search}&lang=en`)
      expect(await faultOf(asking, page.location!), own.search).to.deep.equal(INVALID)
      expect((await asking.get('/reports')).status).to.equal(303)
    }

    const slow = app.client()
    const late = await idp.walk((await slow.get('/sign-in/provider')).location!)
    app.clock.advanceMinutes(15)
    expect(await faultOf(slow, (await slow.get(`${late.pathname}${late.search}&lang=en`)).location!)).to.deep.equal(
      INVALID,
    )
  })

  it('does not take the answer of another browser’s way: a code that was caught is worth nothing', async () => {
    idp.expect('person one')
    const [victim, thief] = [app.client(), app.client()]
    const caught = await idp.walk((await victim.get('/sign-in/provider')).location!)
    const own = new URL((await thief.get('/sign-in/provider')).location!)
    // The thief makes the state fit; the verifier stayed in the victim's session.
    caught.searchParams.set('state', own.searchParams.get('state')!)
    const page = await thief.get(`${caught.pathname}${caught.search}&lang=en`)
    expect((await faultOf(thief, page.location!))[0]).to.equal(400)
  })

  it('says so when the person declines, and changes nothing', async () => {
    idp.expect(null)
    const client = app.client()
    const page = await goAround(client)
    expect(await faultOf(client, page.location!)).to.deep.equal([
      403,
      'Signing in at Hà Nội ID was cancelled or refused. Nothing was changed.',
    ])
    const tying = await signedIn('chi')
    expect((await tie(tying)).$('.error-summary').text()).to.include('cancelled or refused')
    expect((await tying.get('/account?lang=en')).$('#provider').text()).to.include('Not tied')
  })

  it('can only be gone on to from the password, once and within five minutes', async () => {
    const client = await signedIn('chi')
    const invalid = async () =>
      (await client.get((await client.get('/account/provider/go?lang=en')).location!)).$('.error-summary').text()
    expect(await invalid()).to.include('begin again')
    const { $ } = await client.get('/account?lang=en')
    await client.send($, 'form[action^="/account/provider?"]', { password: PASSWORD })
    app.clock.advanceMinutes(5)
    expect(await invalid()).to.include('begin again')
    const forged = await client.post('/account/provider', { password: PASSWORD, _csrf: 'x' })
    expect(forged.status).to.equal(403)
  })

  it('lets nobody in to a disabled account, or after the tie was taken away or the password replaced', async () => {
    idp.expect('person two')
    const client = await signedIn('binh')
    await client.send((await client.get('/account?lang=en')).$, 'form[action^="/account/provider/untie"]')
    const untied = app.client()
    expect((await faultOf(untied, (await goAround(untied)).location!))[0]).to.equal(403)
    expect(await eventsOf('binh')).to.include('provider_untied')

    await tie(client)
    const link = await app.invitations.renew('binh')
    expect((await app.invitations.accept(link!.token, 'một câu khác đủ dài')).kind).to.equal('accepted')
    const replaced = app.client()
    expect((await faultOf(replaced, (await goAround(replaced)).location!))[0]).to.equal(403)

    idp.expect('person one')
    await app.disableAccount('an')
    const disabled = app.client()
    expect((await faultOf(disabled, (await goAround(disabled)).location!))[0]).to.equal(403)
    expect((await eventsOf('an')).at(-1)).to.equal('sign_in_refused provider')
  })

  it('being away keeps nobody from the password, and is tried again', async () => {
    const away = await startIdentityServer(`${PUBLIC_URL}${CALLBACK}`)
    const own = await startAccountsApp({ identityProvider: away.settings })
    try {
      away.goAway(true)
      await own.addStaff('an')
      const client = own.client()
      expect(await faultOf(client, (await client.get('/sign-in/provider?lang=en')).location!)).to.deep.equal([
        422,
        'Hà Nội ID cannot be reached now. Please try again later, or use the password.',
      ])
      expect((await client.signIn('an', PASSWORD)).status).to.equal(303)
      away.goAway(false)
      const later = own.client()
      const { location } = await later.get('/sign-in/provider')
      expect(location).to.include(away.settings.issuer)
      away.expect('somebody')
      const back = await away.walk(location!)
      away.goAway(true)
      expect((await faultOf(later, (await later.get(`${back.pathname}${back.search}&lang=en`)).location!))[0]).to.equal(
        422,
      )
    } finally {
      await own.stop()
      await away.stop()
    }
  })

  it('is not there where no provider is set', async () => {
    const own = await startAccountsApp()
    try {
      expect((await own.client().get('/sign-in/provider')).status).to.equal(404)
      expect((await own.client().get('/sign-in')).$('.or-provider')).to.have.length(0)
    } finally {
      await own.stop()
    }
  })
})
