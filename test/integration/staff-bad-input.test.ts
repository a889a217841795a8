import { expect } from 'chai'
import { startAccountsApp } from '../support/accounts-app.js'

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
