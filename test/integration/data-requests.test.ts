import { expect } from 'chai'
import type { Role } from '../../server/domain/access/permissions.js'
import { scanDocument } from '../../server/domain/privacy/scan-document.js'
import { STORED_DATA } from '../../server/domain/privacy/stored-data.js'
import { mongoAuditLog } from '../../server/features/audit/audit.repository.js'
import { checkAudit } from '../../server/features/audit/index.js'
import { receiptOf } from '../../server/features/responses/receipt.js'
import { PASSWORD } from '../support/accounts-app.js'
import { response, waveFile } from '../support/builders.js'
import { createClient } from '../support/http-client.js'
import { startApp, type TestApp } from '../support/start-app.js'

const WAVE = '2026-web'
const SECRET = 'test-secret-of-thirty-two-characters'
const DAY_MS = 86_400_000

describe('requests of people about their own data', function () {
  this.timeout(60_000)
  let app: TestApp
  let at = Date.parse('2026-11-23T03:00:00Z')
  const clients = new Map<string, ReturnType<typeof createClient>>()
  const wanted = response({ unitUid: 'p-ben-thanh', day: '2026-03-10', service: 'HT' })
  const RECEIPT = receiptOf(wanted.submissionId, SECRET)

  before(async () => {
    app = await startApp({ now: () => new Date(at) })
    const outcome = await app.waves.create(
      waveFile({ questionnaire: { id: 'counter', version: '2026.1' }, units: { kinds: [], uids: ['p-ben-thanh'] } }),
    )
    if (outcome.kind !== 'created') throw new Error(outcome.kind)
    const { questionnaireHash } = outcome.wave
    const others = Array.from({ length: 30 }, () =>
      response({ unitUid: 'p-ben-thanh', day: '2026-03-10', service: 'HT' }),
    )
    await app.responses.insertBatch([...others, wanted].map((one) => ({ ...one, questionnaireHash })))
    await app.tallies.build(WAVE)
    const staff = { an: 'analyst', binh: 'analyst', dung: 'auditor', mai: 'monitor' } satisfies Record<string, Role>
    for (const [login, role] of Object.entries(staff)) {
      await app.accounts.createAccount({ login, name: login, role, unitUid: undefined, password: PASSWORD })
      const client = createClient(app.url, () => new Date(at))
      await client.signIn(login, PASSWORD)
      clients.set(login, client)
    }
  })
  after(() => app.stop())

  const as = (login: string) => clients.get(login)!

  /** What the proof of privacy finds in the whole database. */
  async function findings() {
    const { connection } = app
    const documents: [string, Record<string, unknown>][] = []
    for (const name of Object.keys(STORED_DATA))
      for await (const one of connection.collection(name).find())
        documents.push([name, JSON.parse(JSON.stringify(one))])
    const responseIds = new Set(documents.flatMap(([name, { _id }]) => (name === 'responses' ? [String(_id)] : [])))
    return documents.flatMap(([name, one]) => scanDocument(name, one, { responseIds, staffIds: new Set() }))
  }
  const citizen = () => createClient(app.url)
  async function ask(fields: Record<string, string>) {
    const client = citizen()
    const page = await client.send((await client.get('/requests?lang=en')).$, 'form[method="post"]', fields)
    return { client, page, code: /code=(Y-[\w-]+)/.exec(page.location ?? '')?.[1] ?? '' }
  }
  const step = async (login: string, code: string, form: string, fields: Record<string, string> = {}) =>
    as(login).send((await as(login).get(`/request-desk/${code}?lang=en`)).$, `form[action*="/${form}"]`, fields)
  const kindsOf = async (code: string) =>
    (await mongoAuditLog(app.connection).page({ limit: 200, before: null, kind: null }))
      .filter(({ subject }) => subject === code)
      .map(({ kind, actor }) => `${kind} ${actor.name}`)
      .reverse()

  it('are taken without an account, a name or a cookie, and give a code', async () => {
    const { client, page, code } = await ask({
      kind: 'withdraw',
      receipt: RECEIPT.toLowerCase(),
      contact: 'lan@example.vn',
    })
    expect([page.status, code.length]).to.deep.equal([303, 16])
    expect(client.cookies.size).to.equal(0)
    const status = await client.get(page.location!)
    expect(status.$('h1').text()).to.equal(`Request ${code}`)
    expect(status.$('main').text()).to.include('To be acknowledged by 25 Nov 2026 and fulfilled by 14 Dec 2026')
    expect(status.text).not.to.include('lan@example.vn').and.not.include(RECEIPT)
  })

  it('say what is missing or wrong, keep what was typed, and store nothing', async () => {
    const before = await app.connection.collection('data_requests').countDocuments()
    const refused = [
      [{ kind: '', words: 'Xin xóa' }, 'choose what you want', 422],
      [{ kind: 'sell', words: 'Xin xóa' }, 'choose what you want', 422],
      [{ kind: 'delete', receipt: '7Q2M-9F4K' }, 'three groups of four', 422],
      [{ kind: 'delete' }, 'give a receipt code or say', 422],
    ] as const
    for (const [fields, words, status] of refused) {
      const { page } = await ask({ contact: 'ở nhà', ...fields })
      expect([page.status, page.$('.error-summary').text().includes(words)], words).to.deep.equal([status, true])
      expect(page.$('#contact').val()).to.equal('ở nhà')
    }
    expect((await ask({ kind: 'delete', words: 'x'.repeat(2001) })).page.status).to.equal(400)
    expect(await app.connection.collection('data_requests').countDocuments()).to.equal(before)
    const unknown = await citizen().get('/requests/status?code=Y-0000-0000-0000&lang=en')
    expect([unknown.status, unknown.$('.error-summary').text().includes('no request with this code')]).to.deep.equal([
      422,
      true,
    ])
    expect(unknown.$('#code').val()).to.equal('Y-0000-0000-0000')
  })

  it('lie sealed: neither contact, words nor receipt can be read in the database', async () => {
    const { code } = await ask({ kind: 'see', receipt: RECEIPT, contact: '0903 123 456', words: 'Tôi là Lan' })
    const stored = JSON.stringify(await app.connection.collection('data_requests').findOne({ _id: code as never }))
    for (const word of ['0903', 'Lan', RECEIPT]) expect(stored).not.to.include(word)
  })

  it('are opened by those who handle them alone, and each opening is in the log', async () => {
    const { code } = await ask({ kind: 'correct', words: 'Tôi bấm nhầm', contact: '' })
    const page = await as('an').get(`/request-desk/${code}?lang=en`)
    expect(page.$('blockquote').text()).to.equal('Tôi bấm nhầm')
    expect((await as('dung').get(`/request-desk/${code}`)).status).to.equal(403)
    expect((await as('mai').get('/request-desk')).status).to.equal(403)
    const list = await as('dung').get('/request-desk?lang=en')
    expect(list.$('main').text()).to.include(code).and.not.include('bấm nhầm')
    expect(list.$('main table a')).to.have.length(0)
    expect(await kindsOf(code)).to.deep.equal(['request_read an'])
  })

  it('go step by step, each once, and the person reads the answer by the code', async () => {
    const { client, code } = await ask({ kind: 'see', words: 'Xin xem' })
    const [page, again] = await Promise.all(
      [as('an'), as('binh')].map((one) => one.get(`/request-desk/${code}?lang=en`)),
    )
    expect((await as('an').send(page!.$, 'form[action*="/acknowledge"]')).status).to.equal(303)
    const late = await as('binh').send(again!.$, 'form[action*="/acknowledge"]')
    expect([late.status, late.$('.error-summary').text().includes('Somebody has taken this step')]).to.deep.equal([
      422,
      true,
    ])
    const noReason = await step('an', code, 'extend', { reason: ' ' })
    expect(noReason.status).to.equal(422)
    expect((await step('an', code, 'extend', { reason: 'Cần hỏi cơ quan' })).status).to.equal(303)
    expect((await as('an').get(`/request-desk/${code}`)).$('form[action*="/extend"]')).to.have.length(0)
    const silent = await step('an', code, 'close', { answer: '', state: 'fulfilled' })
    expect(silent.status).to.equal(422)
    expect(
      (await step('an', code, 'close', { answer: 'Không tìm thấy phiếu nào.', state: 'fulfilled' })).status,
    ).to.equal(303)
    const status = await client.get(`/requests/status?code=${code.toLowerCase()}&lang=en`)
    expect(status.$('blockquote').text()).to.equal('Không tìm thấy phiếu nào.')
    expect(status.$('li').text()).to.include('Cần hỏi cơ quan')
    const told = (await kindsOf(code)).filter((kind) => !kind.startsWith('request_read'))
    expect(told).to.deep.equal(['request_acknowledged an', 'request_extended an', 'request_fulfilled an'])
  })

  it('refuse a forged form, another state and an unknown code', async () => {
    const { code } = await ask({ kind: 'see', words: 'Xin xem' })
    expect((await as('an').post(`/request-desk/${code}/acknowledge`, { _csrf: 'x' })).status).to.equal(403)
    const forged = await step('an', code, 'close', { answer: 'x', state: 'received' })
    expect(forged.status).to.equal(400)
    expect((await as('an').get('/request-desk/Y-0000-0000-0000')).status).to.equal(404)
    expect((await as('an').get('/request-desk/nonsense')).status).to.be.oneOf([400, 404])
  })

  it('show on the desk what is overdue', async () => {
    const { code } = await ask({ kind: 'see', words: 'Xin xem' })
    at += 4 * DAY_MS
    for (const login of ['an', 'binh', 'dung']) await as(login).signIn(login, PASSWORD)
    const desk = await as('an').get('/request-desk?lang=en')
    const row = desk.$('tbody tr').filter((_, tr) => desk.$(tr).text().includes(code))
    expect(row.text()).to.include('25 Nov 2026 overdue')
    expect(desk.$('[role=status]').text()).to.match(/^Overdue: \d+$/)
    const page = await as('an').get(`/request-desk/${code}?lang=en`)
    expect(page.$('.release-notice').text()).to.include('overdue')
  })

  it('find the response of a receipt, show nothing of what it says, and propose it to a second person', async () => {
    const { code } = await ask({ kind: 'withdraw', receipt: RECEIPT })
    const missing = await step('an', code, 'find', { wave: 'no-such-wave' })
    expect([missing.status, missing.$('.error-summary').text().includes('No answers of this wave')]).to.deep.equal([
      422,
      true,
    ])
    const found = await step('an', code, 'find', { wave: WAVE })
    expect(found.$('[role=status]').text()).to.include('received on 10 Mar 2026')
    const proposed = await as('an').send(found.$, 'form[action*="/void"]')
    expect(proposed.location).to.match(/^\/voids\/[0-9a-f-]{36}/)
    const page = await as('binh').get(proposed.location!)
    // Nothing leads from the void to the request, or back.
    expect(page.text).not.to.include(code)
    expect(await kindsOf(code)).to.satisfy((all: string[]) => all.every((kind) => kind === 'request_read an'))
    expect(await findings()).to.deep.equal([])
    const approved = await as('binh').send(page.$, 'form[action*="/approve"]', { note: 'Đồng ý' })
    expect(approved.status).to.equal(303)
    expect(await app.voids.countOf(WAVE)).to.equal(1)
    let left = 0
    for await (const one of app.responses.since(new Date(0))) {
      left += 1
      expect(one.submissionId).not.to.equal(wanted.submissionId)
    }
    expect(left).to.equal(30)
  })

  it('lose what the person wrote thirty days after their end, not before, and the log says so', async () => {
    const { code } = await ask({ kind: 'see', words: 'Xin xem', contact: 'lan@example.vn' })
    await step('an', code, 'close', { answer: 'Đã trả lời.', state: 'refused' })
    const stored = () => app.connection.collection('data_requests').findOne({ _id: code as never })
    at += 29 * DAY_MS
    await app.dataRequests.clearEnded()
    expect((await stored())?.sealed).to.be.a('string')
    at += 2 * DAY_MS
    expect(await app.dataRequests.clearEnded()).to.be.greaterThan(0)
    expect(await stored()).to.include({ sealed: null, answer: 'Đã trả lời.' })
    expect(await app.dataRequests.clearEnded()).to.equal(0)
    expect((await kindsOf('data_requests')).at(-1)).to.equal('requests_cleared privacy')
    await as('an').signIn('an', PASSWORD)
    expect((await as('an').get(`/request-desk/${code}?lang=en`)).$('main').text()).to.include('Removed 30 days after')
    expect((await checkAudit(app.connection, [app.signer!.publicKey])).faults).to.deep.equal([])
  })
})
