import { expect } from 'chai'
import { PASSWORD, startAccountsApp } from '../support/accounts-app.js'
import { createClient } from '../support/http-client.js'
import { startApp } from '../support/start-app.js'

describe('signing in, against odd senders', () => {
  let app: Awaited<ReturnType<typeof startAccountsApp>>
  before(async () => {
    app = await startAccountsApp()
  })
  after(() => app.stop())

  it('stores no more than 120 sessions a minute for an address that keeps no cookie', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 130; i += 1) statuses.push((await app.client().get('/sign-in')).status)
    expect(statuses.filter((status) => status === 200)).to.have.length(120)
    expect(statuses.slice(120)).to.deep.equal(Array(10).fill(429))
    expect(await app.connection.collection('sessions').countDocuments()).to.equal(120)
  })
})

describe('what caches may keep', () => {
  it('carries no session cookie, also for a reader who has signed in', async () => {
    const app = await startApp()
    await app.accounts.createAccount({ login: 'an', name: 'An', role: 'analyst', password: PASSWORD })
    const client = createClient(app.url)
    await client.send((await client.get('/sign-in')).$, 'main form', { login: 'an', password: PASSWORD })
    const [reports, description] = [await client.get('/reports'), await client.get('/api/v1/openapi.json')]
    await app.stop()
    expect(reports.headers.getSetCookie()).to.have.length(1)
    expect(reports.headers.get('cache-control')).to.equal('no-store')
    expect(description.headers.get('cache-control')).to.match(/^public/)
    expect(description.headers.getSetCookie()).to.deep.equal([])
  })
})
