import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { PASSWORD } from '../support/accounts-app.js'
import { waveFile } from '../support/builders.js'
import { createClient } from '../support/http-client.js'
import { runCommand } from '../support/run-command.js'
import { fillWave } from '../support/simulated-wave.js'
import { startApp, type TestApp } from '../support/start-app.js'

describe('the proof of privacy', () => {
  let app: TestApp
  const folder = mkdtempSync(join(tmpdir(), 'privacy-'))
  before(async () => {
    app = await startApp()
    const facts = { id: '2026-web-citizen', questionnaire: { id: 'citizen', version: '2026.1' } }
    const outcome = await app.waves.create(waveFile({ ...facts, units: { kinds: [], uids: ['p-ben-thanh'] } }))
    if (outcome.kind !== 'created') throw new Error(outcome.kind)
    await fillWave(app, outcome.wave, { 'p-ben-thanh': 60 })
    const role = 'analyst'
    await app.accounts.createAccount({
      login: 'tran.van.an',
      name: 'Trần An',
      role,
      unitUid: undefined,
      password: PASSWORD,
    })
    const client = createClient(app.url)
    await client.signIn('tran.van.an', PASSWORD)
    await client.get(`/reports/${facts.id}/index.csv`)
    await app.audit.seal()
  })
  after(async () => {
    await app.stop()
    rmSync(folder, { recursive: true })
  })

  async function prove() {
    const file = join(folder, 'backup')
    expect((await runCommand(app.commandEnv, 'backup.ts', [file])).code).to.equal(0)
    return runCommand({}, 'privacy-prove.ts', [file])
  }

  it('finds nothing in what a day of work leaves', async () => {
    const { code, stdout, stderr } = await prove()
    expect(stderr).to.equal('')
    expect(stdout).to.include('responses: 60').and.include('Nothing points to a person')
    expect(code).to.equal(0)
  })

  it('finds an address planted in a response, and a response told of in a session, without saying either', async () => {
    const responses = app.connection.collection('responses')
    const one = (await responses.findOne({}))!
    await responses.updateOne({ _id: one._id }, { $set: { ip: '203.0.113.7' } })
    await app.connection.collection('sessions').updateOne({}, { $set: { session: `{"last":"${one.submissionId}"}` } })
    const { code, stderr } = await prove()
    expect(code).to.equal(1)
    expect(stderr)
      .to.match(/responses \w+ ip: unknown_field/)
      .and.match(/responses \w+ ip: address/)
    expect(stderr).to.match(/sessions \w+ session: link/)
    expect(stderr).not.to.include('203.0.113.7').and.not.include(String(one.submissionId))
  })
})
