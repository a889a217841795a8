import { expect } from 'chai'
import { PASSWORD, startAccountsApp } from '../support/accounts-app.js'

const DAY_MINUTES = 24 * 60

describe('a bearer token', () => {
  let app: Awaited<ReturnType<typeof startAccountsApp>>
  beforeEach(async () => {
    app = await startAccountsApp()
    await app.addStaff('an')
  })
  afterEach(() => app.stop())

  async function create(validDays = 30) {
    const outcome = await app.createToken({ login: 'an', name: 'nightly', validDays })
    if (outcome.kind !== 'created') throw new Error(outcome.kind)
    return outcome
  }
  const call = (token: string) => app.client().get('/api/v1/index', { authorization: `Bearer ${token}` })

  it('opens the API in the name of its account, without a session', async () => {
    const { token } = await create()
    const answer = await call(token)
    expect([answer.status, answer.text]).to.deep.equal([200, '"an"'])
    expect(answer.headers.getSetCookie()).to.deep.equal([])
  })

  it('lies in the database as a hash only, with the day of its last use', async () => {
    const { token } = await create()
    await call(token)
    const [stored] = await app.connection.collection('tokens').find().toArray()
    expect(JSON.stringify(stored)).not.to.include(token.slice(-20))
    expect(stored).to.include({ name: 'nightly', lastUsedOn: '2026-04-01' })
    expect(stored?.tokenHash).to.match(/^[0-9a-f]{64}$/)
  })

  it('stops to work when its days are over', async () => {
    const { token } = await create(2)
    app.clock.advanceMinutes(2 * DAY_MINUTES - 1)
    expect((await call(token)).status).to.equal(200)
    app.clock.advanceMinutes(1)
    expect((await call(token)).status).to.equal(401)
  })

  it('stops to work when it is revoked or its account disabled', async () => {
    const first = await create()
    const second = await create()
    expect(await app.revokeToken(first.record.id)).to.equal(true)
    expect(await app.revokeToken(first.record.id)).to.equal(false)
    expect((await call(first.token)).status).to.equal(401)
    expect((await call(second.token)).status).to.equal(200)
    await app.disableAccount('an')
    expect((await call(second.token)).status).to.equal(401)
  })

  it('that is unknown or missing gets a 401 problem and the scheme to use', async () => {
    for (const answer of [await call('hailong_guess'), await app.client().get('/api/v1/index')]) {
      expect(answer.status).to.equal(401)
      expect(answer.headers.get('www-authenticate')).to.equal('Bearer realm="api"')
      expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/)
      expect(JSON.parse(answer.text)).to.include({ code: 'sign_in_needed' })
    }
  })

  it('does not open pages: these are for people who sign in', async () => {
    const { token } = await create()
    const page = await app.client().get('/reports', { authorization: `Bearer ${token}` })
    expect(page.status).to.equal(303)
  })

  it('is not made for an agency, an unknown login or longer than a year', async () => {
    await app.addStaff('q1', 'quan-1')
    const tries = [
      await app.createToken({ login: 'q1', name: 'x', validDays: 1 }),
      await app.createToken({ login: 'nobody', name: 'x', validDays: 1 }),
      await app.createToken({ login: 'an', name: 'x', validDays: 367 }),
    ]
    expect(tries.map(({ kind }) => kind)).to.deep.equal(['role_not_allowed', 'no_account', 'days_out_of_range'])
  })
})

describe('making an account', () => {
  let app: Awaited<ReturnType<typeof startAccountsApp>>
  before(async () => {
    app = await startAccountsApp()
  })
  after(() => app.stop())

  it('names every rule that is broken at once', async () => {
    const outcome = await app.createAccount({ login: 'a b', name: ' ', role: 'agency_viewer', password: 'short' })
    expect(outcome).to.deep.equal({
      kind: 'invalid',
      faults: ['login_form', 'name_missing', 'unit_missing', 'password_too_short'],
    })
  })

  it('refuses a login that exists in other letter case, also when both are sent at once', async () => {
    const make = (login: string) => app.createAccount({ login, name: 'Bình', role: 'analyst', password: PASSWORD })
    const outcomes = await Promise.all([make('binh'), make('BINH'), make('Binh')])
    expect(outcomes.map(({ kind }) => kind).sort()).to.deep.equal(['created', 'duplicate', 'duplicate'])
  })
})
