import { createHash } from 'node:crypto'
import { expect } from 'chai'
import type { Role } from '../../server/domain/access/permissions.js'
import { mongoExportJobs, PIECE_BYTES } from '../../server/features/exports/export-job.repository.js'
import { PASSWORD } from '../support/accounts-app.js'
import { createClient } from '../support/http-client.js'
import { endedWave } from '../support/publish-release.js'
import { startApp, type TestApp } from '../support/start-app.js'

const WAVE = '2026-first-half'
const SEVEN_DAYS_MS = 7 * 24 * 3_600_000
let now = new Date('2026-11-22T03:00:00Z')

describe('exports asked for on the page', function () {
  this.timeout(60_000)
  let app: TestApp
  const clients = new Map<string, ReturnType<typeof createClient>>()
  before(async () => {
    app = await startApp({ now: () => now })
    await endedWave(app, WAVE)
    for (const [login, role] of Object.entries({ an: 'analyst', dung: 'auditor', mai: 'monitor' } satisfies Record<
      string,
      Role
    >)) {
      await app.accounts.createAccount({ login, name: login, role, unitUid: undefined, password: PASSWORD })
      const client = createClient(app.url)
      await client.signIn(login, PASSWORD)
      clients.set(login, client)
    }
  })
  after(() => app.stop())

  const as = (login: string) => clients.get(login)!
  const jobs = () => mongoExportJobs(app.connection)
  const cookieOf = (login: string) => [...as(login).cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const ask = async (fields: Record<string, string>) =>
    as('an').send((await as('an').get('/exports?lang=en')).$, 'form.release-form', fields)
  async function finished() {
    for (let i = 0; i < 600; i += 1) {
      const [job] = await jobs().list()
      if (job !== undefined && job.state !== 'running') return job
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error('the export does not end')
  }
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${app.url}${path}`, { headers: { cookie: cookieOf('an'), ...headers } })

  it('are for those who may have microdata, and of a wave there is', async () => {
    expect((await as('mai').get('/exports')).status).to.equal(403)
    const page = await ask({ wave: '' })
    expect([page.status, page.$('.error-summary').text().includes('choose a wave')]).to.deep.equal([422, true])
    expect((await ask({ wave: WAVE, format: 'pdf' })).status).to.equal(400)
    expect(await jobs().list()).to.deep.equal([])
  })

  it('are made beside everything else, and downloaded whole with the checksums that are shown', async () => {
    expect((await ask({ wave: WAVE, format: 'csv', separator: ';' })).status).to.equal(303)
    const job = await finished()
    expect([job.state, job.rows, job.askedBy]).to.deep.equal(['done', 200, 'an'])
    const page = await as('dung').get('/exports?lang=en')
    expect(page.text).to.include('Done: 200 rows')
    expect(job.files.map(({ name }) => name))
      .to.include(`${WAVE}.csv`)
      .and.include(`${WAVE}.csv.sha256`)
    for (const { name, bytes, sha256 } of job.files) {
      const answer = await get(`/exports/${job.id}/${name}`)
      const body = Buffer.from(await answer.arrayBuffer())
      expect([answer.status, body.length, answer.headers.get('content-length')]).to.deep.equal([
        200,
        bytes,
        String(bytes),
      ])
      expect(createHash('sha256').update(body).digest('hex')).to.equal(sha256)
      expect(page.text).to.include(sha256)
    }
    const data = await (await get(`/exports/${job.id}/${WAVE}.csv`)).text()
    expect(data.trimEnd().split('\r\n')).to.have.length(201)
    expect(data.split('\r\n')[0]).to.include('wave;simulated;mode')
  })

  it('go on where a download was cut off, and only of the same file', async () => {
    const job = await finished()
    const [file] = job.files
    const path = `/exports/${job.id}/${file!.name}`
    const whole = Buffer.from(await (await get(path)).arrayBuffer())
    const rest = await get(path, { range: 'bytes=1000-', 'if-range': `"${file!.sha256}"` })
    expect([rest.status, rest.headers.get('content-range')]).to.deep.equal([
      206,
      `bytes 1000-${whole.length - 1}/${whole.length}`,
    ])
    expect(Buffer.from(await rest.arrayBuffer()).equals(whole.subarray(1000))).to.equal(true)
    const other = await get(path, { range: 'bytes=1000-', 'if-range': '"another"' })
    expect([other.status, (await other.arrayBuffer()).byteLength]).to.deep.equal([200, whole.length])
    expect((await get(path, { range: `bytes=${whole.length}-` })).status).to.equal(416)
  })

  it('are read over the ends of pieces', async () => {
    const bytes = Buffer.alloc(2 * PIECE_BYTES + 10, 'abcdefgh')
    for (let i = 0; i < 3; i += 1)
      await jobs().writePiece('test', 'f', i, bytes.subarray(i * PIECE_BYTES, (i + 1) * PIECE_BYTES))
    for (const [from, to] of [
      [0, bytes.length - 1],
      [PIECE_BYTES - 3, PIECE_BYTES + 2],
      [PIECE_BYTES, PIECE_BYTES],
      [2 * PIECE_BYTES - 1, bytes.length - 1],
    ] as const) {
      const read: Uint8Array[] = []
      for await (const chunk of jobs().read('test', 'f', from, to)) read.push(chunk)
      expect(Buffer.concat(read).equals(bytes.subarray(from, to + 1)), `${from}-${to}`).to.equal(true)
    }
    await jobs().remove('test')
  })

  it('say that one was cut off, whose process has gone', async () => {
    const job = await finished()
    await jobs().insert({
      ...job,
      id: '00000000-0000-4000-8000-000000000000',
      state: 'running',
      files: [],
      aliveAt: new Date(now.getTime() - 61_000),
    })
    const page = await as('an').get('/exports?lang=en')
    expect(page.text).to.include('Cut off when a server stopped')
    expect((await as('an').get(`/exports/00000000-0000-4000-8000-000000000000/${WAVE}.csv`)).status).to.equal(404)
  })

  it('are gone when they are removed, or a week old', async () => {
    const before = await jobs().list()
    const page = await as('an').get('/exports')
    const form = page.$('form[action*="00000000-0000-4000-8000-000000000000"]')
    await as('an').post(String(form.attr('action')), { _csrf: String(form.find('[name=_csrf]').val()) })
    expect(await jobs().list()).to.have.length(before.length - 1)
    now = new Date(now.getTime() + SEVEN_DAYS_MS + 1000)
    await app.exports.purge()
    expect(await jobs().list()).to.deep.equal([])
    expect(await app.connection.collection('export_pieces').countDocuments({})).to.equal(0)
  })

  it('of few responses are not given out', async () => {
    now = new Date('2026-11-22T03:00:00Z')
    const few = await endedWave(app, '2026-few', { 'p-thu-duc': 3 })
    const outcome = await app.exports.start({
      waveId: few.id,
      format: 'sav',
      language: 'vi',
      separator: ',',
      login: 'an',
    })
    if (outcome.kind !== 'started') throw new Error(outcome.kind)
    await outcome.work
    expect((await jobs().byId(outcome.id))?.state).to.equal('too_few')
  })

  it('are written down before they begin', async () => {
    const told: string[] = []
    for await (const { kind, actor, subject } of app.audit.log.stream())
      if (kind === 'microdata_exported') told.push(`${actor.name} ${subject}`)
    expect(told).to.deep.equal([`an ${WAVE}`, 'an 2026-few'])
  })
})
