import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Role } from '../../server/domain/access/permissions.js'
import type { AuditEvent } from '../../server/domain/audit/audit-event.js'
import { checkAudit, createAudit } from '../../server/features/audit/index.js'
import { PASSWORD } from '../support/accounts-app.js'
import { waveFile } from '../support/builders.js'
import { createClient } from '../support/http-client.js'
import { runCommand } from '../support/run-command.js'
import { startApp, type TestApp } from '../support/start-app.js'

const WAVE = '2026-web-citizen'
const LATER = () => new Date('2026-11-22T04:00:00Z')

describe('the audit log', () => {
  let app: TestApp
  const folder = mkdtempSync(join(tmpdir(), 'audit-'))
  before(async () => {
    app = await startApp()
    const units = { kinds: [], uids: ['p-ben-thanh'] }
    await app.waves.create(waveFile({ id: WAVE, questionnaire: { id: 'citizen', version: '2026.1' }, units }))
    for (const role of ['analyst', 'auditor'] satisfies Role[]) {
      await app.accounts.createAccount({
        login: `an-${role}`,
        name: role,
        role,
        unitUid: undefined,
        password: PASSWORD,
      })
    }
  })
  after(async () => {
    await app.stop()
    rmSync(folder, { recursive: true })
  })

  async function eventsNow(): Promise<readonly AuditEvent[]> {
    const found: AuditEvent[] = []
    for await (const event of app.audit.log.stream()) found.push(event)
    return found
  }
  const told = ({ kind, actor, subject, details }: AuditEvent) =>
    `${kind} ${actor.name} ${subject} ${JSON.stringify(details)}`

  it('holds who signed in, who was refused, what was downloaded and by what address, and who left', async () => {
    const client = createClient(app.url)
    await client.signIn('an-analyst', 'a wrong password')
    await client.signIn('my password by mistake', 'x')
    await client.signIn('an-analyst', PASSWORD)
    await client.get(`/reports/${WAVE}/index.csv?by=month`)
    const page = await client.get('/reports')
    await client.post('/sign-out', { _csrf: String(page.$('[name=_csrf]').val()) })
    const events = (await eventsNow()).filter(({ actor }) => actor.type === 'account')
    expect(events.map(told)).to.deep.equal([
      'sign_in_refused an-analyst an-analyst {"isKnown":true,"by":"password"}',
      'sign_in_refused ? ? {"isKnown":false,"by":"password"}',
      'signed_in an-analyst an-analyst {"role":"analyst","by":"password"}',
      `figures_downloaded an-analyst /reports/${WAVE}/index.csv {"query":"by=month"}`,
      'signed_out an-analyst an-analyst {}',
    ])
    expect(JSON.stringify(events)).not.to.include('mistake').and.not.include(PASSWORD)
  })

  it('holds a download by whatever spelling of its address is answered', async () => {
    const client = createClient(app.url)
    await client.signIn('an-analyst', PASSWORD)
    const paths = [`/reports/${WAVE}/index.CSV`, `/reports/${WAVE}/index.csv/`, `/API/v1/waves/${WAVE}/index`]
    for (const path of paths) expect((await client.get(path)).status, path).to.equal(200)
    const downloads = (await eventsNow()).filter(({ kind }) => kind === 'figures_downloaded')
    expect(downloads.slice(-paths.length).map(({ subject }) => subject)).to.deep.equal(paths)
  })

  it('holds who was turned away where, once in an hour for each rule, however often they knock', async () => {
    const client = createClient(app.url)
    await client.signIn('an-analyst', PASSWORD)
    for (const path of ['/accounts?secret=1', '/accounts', '/audit/events']) {
      expect((await client.get(path)).status, path).to.equal(403)
    }
    expect((await client.post('/release-desk', { wave: 'x' })).status).to.equal(403)
    const refused = (await eventsNow()).filter(({ kind }) => kind === 'access_refused')
    expect(refused.map(told)).to.deep.equal([
      'access_refused an-analyst an-analyst {"rule":"manage_accounts","why":"role","path":"/accounts"}',
      'access_refused an-analyst an-analyst {"rule":"read_audit","why":"role","path":"/audit/events"}',
      'access_refused an-analyst an-analyst {"rule":"draft_release","why":"form","path":"/release-desk"}',
    ])
  })

  it('holds who asked for figures of another unit, once an hour for each, though the answer is that there are none', async () => {
    const unitUid = 'p-ben-thanh'
    await app.accounts.createAccount({
      login: 'a-head',
      name: 'Head',
      role: 'agency_head',
      unitUid,
      password: PASSWORD,
    })
    const client = createClient(app.url)
    await client.signIn('a-head', PASSWORD)
    const asked = ['p-sai-gon', 'p-sai-gon', 'p-cho-lon', 'no-such-unit', unitUid]
    const statuses: number[] = []
    for (const uid of asked) statuses.push((await client.get(`/agency/${uid}`)).status)
    expect(statuses).to.deep.equal([404, 404, 404, 404, 200])
    const refused = (await eventsNow()).filter(
      ({ kind, actor }) => kind === 'access_refused' && actor.name === 'a-head',
    )
    expect(refused.map(told)).to.deep.equal([
      'access_refused a-head a-head {"why":"scope","path":"/agency/p-sai-gon"}',
      'access_refused a-head a-head {"why":"scope","path":"/agency/p-cho-lon"}',
    ])
  })

  it('holds what commands did, by whom', async () => {
    const args = ['add', '--login', 'them', '--name', 'Them', '--role', 'monitor']
    expect((await runCommand(app.commandEnv, 'account.ts', args, 'một câu đủ dài\n')).code).to.equal(0)
    expect((await runCommand(app.commandEnv, 'account.ts', ['disable', '--login', 'them'])).code).to.equal(0)
    const [created, disabled] = (await eventsNow()).slice(-2)
    expect(created).to.deep.include({
      kind: 'account_created',
      subject: 'them',
      details: { role: 'monitor', unit: null },
    })
    expect(created?.actor.type).to.equal('command')
    expect(disabled).to.deep.include({ kind: 'account_disabled', subject: 'them' })
  })

  it('keeps its order when several servers write at once', async () => {
    const servers = Array.from({ length: 3 }, () => createAudit({ ...app, now: LATER }))
    const actor = { type: 'job', name: 'test' } as const
    const writing = Array.from({ length: 45 }, (_, i) =>
      servers[i % 3]!.recordEvent({ kind: 'wave_changed', actor, subject: `wave ${i}`, details: {} }),
    )
    const written = await Promise.all(writing)
    expect(new Set(written.map(({ seq }) => seq)).size).to.equal(45)
    expect((await checkAudit(app.connection, [app.signer!.publicKey])).faults).to.deep.equal([])
  })

  it('is signed, and its ends are there for everybody to keep and to check by', async () => {
    await createAudit({ ...app, now: LATER }).seal()
    const page = await createClient(app.url).get('/audit?lang=en')
    const { heads } = JSON.parse((await createClient(app.url).get('/audit/heads.json')).text) as {
      heads: { hash: string }[]
    }
    expect(page.$('code').first().text()).to.equal(heads[0]?.hash)
    const [key, kept] = [join(folder, 'key.pem'), join(folder, 'heads.json')]
    writeFileSync(key, (await createClient(app.url).get('/signing-key.pem')).text)
    writeFileSync(kept, JSON.stringify({ heads }))
    const check = () => runCommand(app.commandEnv, 'verify-log.ts', ['--key', key, '--heads', kept])
    const before = await check()
    expect(before.stdout).to.include('nothing was altered')
    expect(before.code).to.equal(0)
    await app.connection.collection('audit_events').updateOne({ _id: 2 as never }, { $set: { subject: 'nobody' } })
    const after = await check()
    expect(after.code).to.equal(1)
    expect(after.stdout + after.stderr).to.include('event 2: was changed')
  })

  it('is read by auditors alone, newest first, by kind, page by page', async () => {
    const analyst = createClient(app.url)
    await analyst.signIn('an-analyst', PASSWORD)
    expect((await analyst.get('/audit/events')).status).to.equal(403)
    const auditor = createClient(app.url)
    await auditor.signIn('an-auditor', PASSWORD)
    const all = await auditor.get('/audit/events?lang=en')
    const numbers = all
      .$('tbody tr td:first-child')
      .toArray()
      .map((cell) => Number(all.$(cell).text()))
    expect(numbers).to.deep.equal(numbers.toSorted((a, b) => b - a))
    const refused = await auditor.get('/audit/events?lang=en&kind=sign_in_refused')
    expect(refused.$('tbody tr')).to.have.length(2)
    const older = await auditor.get('/audit/events?lang=en&before=3')
    expect(older.$('tbody tr')).to.have.length(2)
    expect((await auditor.get('/audit/events?kind=none')).status).to.equal(400)
    expect((await auditor.get('/audit/events?before=-1')).status).to.equal(400)
  })
})
