import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Role } from '../../server/domain/access/permissions.js'
import { mongoReleases } from '../../server/features/releases/release.repository.js'
import { PASSWORD } from '../support/accounts-app.js'
import { waveFile } from '../support/builders.js'
import { readCsv } from '../support/csv.js'
import { createClient } from '../support/http-client.js'
import { endedWave } from '../support/publish-release.js'
import { runCommand } from '../support/run-command.js'
import { startApp, type TestApp } from '../support/start-app.js'

const WAVE = '2026-first-half'
const R1 = `${WAVE}-r1`
const REASON = { reason_vi: 'Công bố lần đầu', reason_en: 'First publication' }

describe('releases', function () {
  this.timeout(60_000)
  let app: TestApp
  const folder = mkdtempSync(join(tmpdir(), 'releases-'))
  const clients = new Map<string, ReturnType<typeof createClient>>()

  before(async () => {
    app = await startApp()
    await endedWave(app, WAVE)
    const questionnaire = { id: 'citizen', version: '2026.1' }
    await app.waves.create(waveFile({ id: '2026-open', questionnaire, units: { kinds: [], uids: ['p-go-vap'] } }))
    const staff = { an: 'analyst', binh: 'analyst', chi: 'method_owner', dung: 'auditor' } satisfies Record<
      string,
      Role
    >
    for (const [login, role] of Object.entries(staff)) {
      await app.accounts.createAccount({ login, name: login, role, unitUid: undefined, password: PASSWORD })
      const client = createClient(app.url)
      expect((await client.signIn(login, PASSWORD)).status).to.equal(303)
      clients.set(login, client)
    }
  })
  after(async () => {
    await app.stop()
    rmSync(folder, { recursive: true })
  })

  const as = (login: string) => clients.get(login)!
  const deskPage = (login: string, id = R1) => as(login).get(`/release-desk/${id}?lang=en`)
  const drafting = async (login: string, fields: Record<string, string>) =>
    as(login).send((await as(login).get('/release-desk?lang=en')).$, 'main form', fields)

  /** Waits until a draft is computed, as somebody who loads the page again. */
  async function computed(id: string): Promise<void> {
    for (let i = 0; i < 600; i += 1) {
      const release = await mongoReleases(app.connection).byId(id)
      if (release?.state !== 'drafting') return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(`${id} is still being computed`)
  }
  const stateOf = async (id: string) => (await mongoReleases(app.connection).byId(id))?.state

  it('are drafted of waves that have ended, with a reason in both languages; what was typed stays', async () => {
    const refused = [
      [{ wave: '', ...REASON }, 'choose a wave'],
      [{ wave: '2026-none', ...REASON }, 'choose a wave'],
      [{ wave: '2026-open', ...REASON }, 'still collects'],
      [{ wave: WAVE, reason_vi: 'Một lý do', reason_en: ' ' }, 'both languages'],
    ] as const
    for (const [fields, words] of refused) {
      const page = await drafting('an', fields)
      expect([page.status, page.$('.error-summary').text().includes(words)], words).to.deep.equal([422, true])
      expect(page.$('#reason-vi').text()).to.equal(fields.reason_vi)
    }
    const tooLong = await drafting('an', { wave: WAVE, ...REASON, reason_en: 'x'.repeat(2001) })
    expect(tooLong.status).to.equal(400)
    expect(await mongoReleases(app.connection).all()).to.deep.equal([])
  })

  it('go on one at a time for a wave, also when two draft at once', async () => {
    const pages = await Promise.all([
      drafting('an', { wave: WAVE, ...REASON }),
      drafting('an', { wave: WAVE, ...REASON }),
    ])
    expect(pages.map(({ status }) => status).sort()).to.deep.equal([303, 422])
    await computed(R1)
    expect(await stateOf(R1)).to.equal('drafted')
    expect((await mongoReleases(app.connection).all()).map(({ id }) => id)).to.deep.equal([R1])
  })

  it('are nobody else’s to see before they are published', async () => {
    for (const path of [`/releases/${R1}`, `/releases/${R1}/bundle.zip`, `/api/v1/releases/${R1}`])
      expect((await createClient(app.url).get(path)).status, path).to.equal(404)
    expect((await createClient(app.url).get('/releases?lang=en')).text).to.include('Nothing has been published')
  })

  it('are agreed to by another person than the one who drafted them, with the form of the page', async () => {
    const own = await deskPage('an')
    expect(own.$('form[action*="approve"]')).to.have.length(0)
    expect(own.$('.release-notice').text()).to.include('another person')
    const token = String(own.$('[name=_csrf]').first().val())
    const forced = await as('an').post(`/release-desk/${R1}/approve`, { _csrf: token })
    expect([forced.status, await stateOf(R1)]).to.deep.equal([422, 'drafted'])
    expect((await as('binh').post(`/release-desk/${R1}/approve`, { _csrf: token })).status).to.equal(403)
    expect((await as('dung').post(`/release-desk/${R1}/approve`, {})).status).to.equal(403)
    const page = await as('binh').send((await deskPage('binh')).$, 'form[action*="approve"]', { note: 'Đã so' })
    expect([page.status, await stateOf(R1)]).to.deep.equal([303, 'reviewed'])
    expect((await deskPage('dung')).$('.release-note').text()).to.equal('Đã so')
  })

  it('are published by a method owner, once', async () => {
    expect((await deskPage('an')).$('form[action*="publish"]')).to.have.length(0)
    const page = await deskPage('chi')
    const sent = await Promise.all([1, 2].map(() => as('chi').send(page.$, 'form[action*="publish"]')))
    expect(sent.map(({ status }) => status).sort()).to.deep.equal([303, 422])
    expect(await stateOf(R1)).to.equal('published')
    const reject = await as('chi').post(`/release-desk/${R1}/reject`, {
      _csrf: String(page.$('[name=_csrf]').first().val()),
      note: 'too late',
    })
    expect([reject.status, await stateOf(R1)]).to.deep.equal([422, 'published'])
  })

  it('give the other tables to everybody, on page and by API, as the bundle has them', async () => {
    const stranger = createClient(app.url)
    const file = await stranger.get(`/releases/${R1}/tables.csv`)
    expect((await stranger.get(`/api/v1/releases/${R1}/tables.csv`)).text).to.equal(file.text)
    const rows = readCsv(file.text.replace('\uFEFF', ''))
    expect(new Set(rows.map(({ table }) => table))).to.include.keys(
      'demographics',
      'wishes',
      'negatives',
      'flags',
      'trend',
    )
    const page = await stranger.get(`/releases/${R1}?lang=en`)
    expect(page.$('.release-more details').length).to.be.greaterThan(9)
  })

  it('show everybody which release the figures come from, and the same figures on page, CSV and API', async () => {
    const visitor = createClient(app.url)
    const list = await visitor.get('/releases?lang=en')
    expect(list.$('.release-list a').attr('href')).to.equal(`/releases/${R1}?lang=en`)
    const page = await visitor.get(`/releases/${R1}?lang=en`)
    expect(page.status).to.equal(200)
    expect(page.$('.release-which').text()).to.include(R1)
    expect(page.$('.simulated')).to.have.length(1)
    const csv = await visitor.get(`/releases/${R1}/figures.csv`)
    expect((await visitor.get(`/api/v1/releases/${R1}/figures.csv`)).text).to.equal(csv.text)
    const row = readCsv(csv.text).find(
      ({ rule, scope, rollup, level }) =>
        rule === 'mean_of_children' && scope === 'total' && rollup === 'pooled' && level === 'overall',
    )!
    expect(page.$('.report-figure b').first().text()).to.equal(`${Number(row.top_two_percent).toFixed(1)}%`)
    const { releases } = JSON.parse((await visitor.get('/api/v1/releases')).text)
    expect([releases[0].id, releases[0].supersededBy, releases[0].manifest.responses.received]).to.deep.equal([
      R1,
      null,
      200,
    ])
    expect(page.text).to.include(releases[0].manifestSha256)
    expect((await visitor.get(`/releases/${R1}?rule=nonsense`)).status).to.equal(400)
    expect((await visitor.get('/releases/no-such-release')).status).to.equal(404)
    const sheet = await visitor.get(`/releases/${R1}/figures.xlsx`)
    expect(sheet.headers.get('content-type')).to.include('spreadsheetml')
  })

  async function download(login: string | null, path: string): Promise<string> {
    const cookie = login === null ? '' : [...as(login).cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(`${app.url}${path}`, { headers: { cookie } })
    expect(answer.status).to.equal(200)
    const file = join(folder, path.replaceAll('/', '-'))
    writeFileSync(file, Buffer.from(await answer.arrayBuffer()))
    return file
  }

  it('verify offline by the command, for everybody and for auditors, and a changed file is named', async () => {
    const key = await download(null, '/signing-key.pem')
    const open = await download(null, `/releases/${R1}/bundle.zip`)
    const audit = await download('dung', `/release-desk/${R1}/audit-bundle.zip`)
    const check = (file: string) =>
      runCommand({ MONGODB_URI: 'mongodb://127.0.0.1:1' }, 'verify-release.ts', [file, '--key', key])
    const [one, two] = await Promise.all([check(open), check(audit)])
    expect([one.code, two.code], one.stderr + two.stderr).to.deep.equal([0, 0])
    expect(two.stdout).to.include('recomputed from the records, every digit the same')
    expect(one.stdout).to.match(/\d+ follow from the records alone/)
    const bytes = Buffer.from(await (await fetch(`${app.url}/releases/${R1}/bundle.zip`)).arrayBuffer())
    const at = bytes.indexOf('top_two_percent')
    bytes[at] = bytes[at]! ^ 1
    const forged = join(folder, 'forged.zip')
    writeFileSync(forged, bytes)
    const bad = await check(forged)
    expect(bad.code).to.equal(1)
    expect(bad.stderr + bad.stdout).to.include('figures.csv: is not what was published')
    expect((await runCommand({}, 'verify-release.ts', [open])).stderr).to.include('Name the public key')
  })

  it('are corrected by further releases, linked both ways; of a draft that was given up nothing stays', async () => {
    await drafting('binh', { wave: WAVE, ...REASON })
    await computed(`${WAVE}-r2`)
    const empty = await as('an').send((await deskPage('an', `${WAVE}-r2`)).$, 'form[action*="reject"]', { note: '' })
    expect([empty.status, await stateOf(`${WAVE}-r2`)]).to.deep.equal([422, 'drafted'])
    await as('an').send((await deskPage('an', `${WAVE}-r2`)).$, 'form[action*="reject"]', { note: 'Chưa đúng' })
    expect(await stateOf(`${WAVE}-r2`)).to.equal('rejected')
    expect(await app.connection.collection('release_files').countDocuments({ releaseId: `${WAVE}-r2` })).to.equal(0)
    expect((await deskPage('an', `${WAVE}-r2`)).status).to.equal(200)

    await drafting('binh', { wave: WAVE, reason_vi: 'Đính chính', reason_en: 'Correction' })
    await computed(`${WAVE}-r3`)
    await as('an').send((await deskPage('an', `${WAVE}-r3`)).$, 'form[action*="approve"]')
    await as('chi').send((await deskPage('chi', `${WAVE}-r3`)).$, 'form[action*="publish"]')
    const visitor = createClient(app.url)
    const [older, newer] = [
      await visitor.get(`/releases/${R1}?lang=en`),
      await visitor.get(`/releases/${WAVE}-r3?lang=en`),
    ]
    expect(older.$('.release-notice a').attr('href')).to.equal(`/releases/${WAVE}-r3?lang=en`)
    expect(newer.$('.release-which a').attr('href')).to.equal(`/releases/${R1}?lang=en`)
    const { releases } = JSON.parse((await visitor.get('/api/v1/releases')).text)
    expect(
      releases.map((one: { id: string; supersededBy: string | null }) => [one.id, one.supersededBy]),
    ).to.deep.equal([
      [`${WAVE}-r3`, null],
      [R1, `${WAVE}-r3`],
    ])
    // Nobody’s answers changed, so every figure is as it was.
    const figures = (id: string) => visitor.get(`/releases/${id}/figures.csv`)
    expect((await figures(`${WAVE}-r3`)).text).to.equal((await figures(R1)).text)
  })

  it('are not drafted where the records are not what the tallies count', async () => {
    const wave = await endedWave(app, '2026-torn', { 'p-thu-duc': 40 })
    await app.connection.collection('responses').deleteOne({ waveId: wave.id })
    await drafting('an', { wave: wave.id, ...REASON })
    await computed(`${wave.id}-r1`)
    const page = await deskPage('an', `${wave.id}-r1`)
    expect([await stateOf(`${wave.id}-r1`), page.text.includes('run the recount')]).to.deep.equal(['failed', true])
    expect(await app.connection.collection('release_files').countDocuments({ releaseId: `${wave.id}-r1` })).to.equal(0)
  })

  it('can be given up while they are being computed, as after a crash, and make room for another', async () => {
    const wave = await endedWave(app, '2026-crash', { 'p-cho-lon': 40 })
    const left = { id: `${wave.id}-r1`, waveId: wave.id, number: 1, reason: { vi: 'a', en: 'b' }, draftedBy: 'an' }
    await mongoReleases(app.connection).insert({ ...left, draftedAt: new Date() })
    expect((await drafting('an', { wave: wave.id, ...REASON })).status).to.equal(422)
    await as('an').send((await deskPage('an', left.id)).$, 'form[action*="reject"]', { note: 'Máy chủ dừng' })
    expect((await drafting('an', { wave: wave.id, ...REASON })).status).to.equal(303)
    await computed(`${wave.id}-r2`)
    expect(await stateOf(`${wave.id}-r2`)).to.equal('drafted')
  })

  it('are written down step by step, in a log that holds', async () => {
    const kinds: string[] = []
    for await (const { kind, actor, subject } of app.audit.log.stream())
      if (subject === R1) kinds.push(`${kind} ${actor.name}`)
    expect(kinds.slice(0, 3)).to.deep.equal(['release_drafted an', 'release_reviewed binh', 'release_published chi'])
    expect(kinds).to.include('microdata_exported dung')
  })
})
