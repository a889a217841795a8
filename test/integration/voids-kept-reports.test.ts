import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type { NewResponse } from '../../server/domain/survey/response.js'
import { PASSWORD } from '../support/accounts-app.js'
import { CITY } from '../support/builders.js'
import { createClient } from '../support/http-client.js'
import { proposeVoid } from '../support/propose-void.js'
import { endedWave } from '../support/publish-release.js'
import { startApp, type TestApp } from '../support/start-app.js'

const WAVE = '2026-first-half'
const UNIT = 'p-ben-thanh'

describe('voids where as many responses come in as go', function () {
  this.timeout(60_000)
  let app: TestApp
  let client: ReturnType<typeof createClient>
  before(async () => {
    app = await startApp()
    await endedWave(app, WAVE)
    await app.accounts.createAccount({
      login: 'an',
      name: 'An',
      role: 'analyst',
      unitUid: undefined,
      password: PASSWORD,
    })
    client = createClient(app.url)
    await client.signIn('an', PASSWORD)
  })
  after(() => app.stop())

  const methods = async () =>
    JSON.stringify(
      await app.methodReports.getMethodReport(CITY, { waveId: WAVE, methodName: 'sipas-2017', unitUid: null }),
    )
  const analysis = async () => (await client.get(`/reports/${WAVE}/analysis.json`)).text

  it('change indices by a method and the analysis, which are kept while the counts stay as they are', async () => {
    const [index, tables] = [await methods(), await analysis()]
    const own: NewResponse[] = []
    for await (const one of app.responses.streamWave(CITY, WAVE)) if (one.unitUid === UNIT) own.push(one)
    const id = await proposeVoid(app, { waveId: WAVE, unitUid: UNIT, from: '2026-01-01', to: '2027-01-01' })
    // As many again, who answered as the first of them did.
    const more = own.map(() => ({ ...own[0]!, submissionId: randomUUID() }))
    await app.responses.insertBatch(more)
    await app.tallies.markStale(own[0]!)
    expect((await app.voids.votes.approve({ id, login: 'an', note: '' })).kind).to.equal('done')
    let count = 0
    for await (const _one of app.responses.streamWave(CITY, WAVE)) count += 1
    expect(count).to.equal(200)
    expect(await methods()).to.not.equal(index)
    expect(await analysis()).to.not.equal(tables)
  })
})
