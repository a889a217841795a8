import { expect } from 'chai'
import type { Role } from '../../server/domain/access/permissions.js'
import { checkAudit } from '../../server/features/audit/index.js'
import { createReceivedRepository, mongoVoidedResponses } from '../../server/features/responses/index.js'
import { mongoVoids } from '../../server/features/voids/void.repository.js'
import { PASSWORD } from '../support/accounts-app.js'
import { CITY, response, waveFile } from '../support/builders.js'
import { createClient } from '../support/http-client.js'
import { startApp, type TestApp } from '../support/start-app.js'

const WAVE = '2026-web'
const UNIT = 'p-ben-thanh'
const OTHER = 'p-sai-gon'
/** Forty honest responses of March, half of them satisfied; twelve of one April day that all are. */
const HONEST = 40
const STUFFED = 12

describe('voids', function () {
  this.timeout(60_000)
  let app: TestApp
  let hash: string
  const clients = new Map<string, ReturnType<typeof createClient>>()

  before(async () => {
    app = await startApp()
    const outcome = await app.waves.create(
      waveFile({ questionnaire: { id: 'counter', version: '2026.1' }, units: { kinds: [], uids: [UNIT, OTHER] } }),
    )
    if (outcome.kind !== 'created') throw new Error(outcome.kind)
    hash = outcome.wave.questionnaireHash
    const ratings = app.published
      .find((one) => one.hash === hash)!
      .questionnaire.sections.flatMap(({ items }) => items.filter(({ kind }) => kind === 'rating'))
    const answers = (code: number) => Object.fromEntries(ratings.map((item) => [item.code, code]))
    const at = (unitUid: string, day: string, n: number, satisfied: number) =>
      Array.from({ length: n }, (_, i) =>
        response({ questionnaireHash: hash, unitUid, day, service: 'HT', answers: answers(i < satisfied ? 5 : 2) }),
      )
    await app.responses.insertBatch([
      ...at(UNIT, '2026-03-10', HONEST, HONEST / 2),
      ...at(UNIT, '2026-04-01', STUFFED, STUFFED),
      ...at(OTHER, '2026-03-10', HONEST, HONEST / 2),
    ])
    await app.tallies.build(WAVE)
    const staff = { an: 'analyst', binh: 'analyst', dung: 'auditor', mai: 'monitor' } satisfies Record<string, Role>
    for (const [login, role] of Object.entries(staff)) {
      await app.accounts.createAccount({ login, name: login, role, unitUid: undefined, password: PASSWORD })
      const client = createClient(app.url)
      await client.signIn(login, PASSWORD)
      clients.set(login, client)
    }
  })
  after(() => app.stop())

  const as = (login: string) => clients.get(login)!
  const RULE = {
    wave: WAVE,
    unit: UNIT,
    from: '2026-04-01',
    to: '2026-04-01',
    reason: 'stuffed',
    explanation: 'Cùng phút',
  }
  const fill = async (login: string, fields: Record<string, string>) =>
    as(login).send((await as(login).get('/voids?lang=en')).$, 'main form', fields)
  const listed = () => mongoVoids(app.connection).list()

  /** Responses, and satisfied ones of them in percent, as the report counts the unit. */
  async function figures(unitUid = UNIT) {
    const query = { waveId: WAVE, unitUid: null, kinds: [], service: null, period: { from: null, to: null } }
    const report = await app.reports.getIndexReport(CITY, { ...query, breakdown: 'unit', rule: 'mean_of_children' })
    const block = report.blocks.find(({ group }) => group.key === `unit ${unitUid}`)!
    const { estimate } = block.cells[0]!
    return [block.receivedCount, estimate.kind === 'published' ? estimate.figures.topTwoBoxPercent : estimate.kind]
  }

  it('begin with the figures as received: 32 of 52 satisfied', async () => {
    const [received, percent] = await figures()
    expect(received).to.equal(HONEST + STUFFED)
    expect(percent).to.be.closeTo((100 * 32) / 52, 1e-9)
  })

  it('name what is missing or wrong, keep what was typed, and propose nothing', async () => {
    const refused = [
      [{ ...RULE, wave: '' }, 'choose wave'],
      [{ ...RULE, from: '1/4/2026' }, 'both days'],
      [{ ...RULE, reason: 'because' }, 'choose wave'],
      [{ ...RULE, channel: 'pigeon' }, 'choose wave'],
      [{ ...RULE, unit: 'p-go-vap' }, 'not in the chosen wave'],
      [{ ...RULE, wave: 'no-such-wave' }, 'choose a wave'],
      [{ ...RULE, to: '2026-03-01' }, 'before the first'],
      [{ ...RULE, from: '2026-05-01', to: '2026-05-02' }, 'No response'],
      [{ ...RULE, explanation: ' ' }, 'explain'],
      [{ ...RULE, count: '11' }, 'changed meanwhile'],
    ] as const
    for (const [fields, words] of refused) {
      const page = await fill('an', fields)
      expect([page.status, page.$('.error-summary').text().includes(words)], words).to.deep.equal([422, true])
      expect(page.$('#unit').val(), words).to.equal(fields.unit)
    }
    expect((await fill('an', { ...RULE, explanation: 'x'.repeat(2001) })).status).to.equal(400)
    expect(await listed()).to.deep.equal([])
  })

  it('say how many responses are meant before anything is proposed', async () => {
    const look = await fill('an', RULE)
    expect([look.status, look.$('[name=count]').val()]).to.deep.equal([200, String(STUFFED)])
    expect(await listed()).to.deep.equal([])
    const sent = await as('an').send(look.$, 'main form', { count: String(look.$('[name=count]').val()) })
    expect(sent.status).to.equal(303)
    const [one] = await listed()
    expect([one!.state, one!.responseCount, one!.proposedBy]).to.deep.equal(['proposed', STUFFED, 'an'])
    expect((await figures())[0]).to.equal(HONEST + STUFFED)
  })

  it('are approved by another person alone, once, and others only look', async () => {
    const [one] = await listed()
    const own = await as('an').get(`/voids/${one!.id}?lang=en`)
    expect([
      own.$('form[action*=approve]').length,
      own.$('.release-notice').text().includes('another person'),
    ]).to.deep.equal([0, true])
    // What it would change is there before anybody decides: by hand, all of them satisfied beside 20 of 40.
    const [unit] = own
      .$('.release-counts tbody tr')
      .toArray()
      .map((row) =>
        own
          .$(row)
          .find('td')
          .map((_, td) => own.$(td).text())
          .get(),
      )
    const share = ((100 * (HONEST / 2 + STUFFED)) / (HONEST + STUFFED)).toFixed(1)
    expect([unit![0]!.startsWith(`${share}%`), unit![1]!.startsWith('50.0%')]).to.deep.equal([true, true])
    expect(unit![1]).to.include(`n\u00a0=\u00a0${HONEST}`)
    const token = (page: typeof own) => String(page.$('[name=_csrf]').first().val())
    const forced = await as('an').post(`/voids/${one!.id}/approve`, { _csrf: token(own) })
    expect(forced.status).to.equal(422)
    const monitor = await as('mai').get(`/voids/${one!.id}`)
    expect(monitor.status).to.equal(200)
    expect((await as('mai').post(`/voids/${one!.id}/approve`, { _csrf: token(monitor) })).status).to.equal(403)
    const page = await as('binh').get(`/voids/${one!.id}`)
    const both = await Promise.all(
      [1, 2].map(() => as('binh').send(page.$, 'form[action*=approve]', { note: 'Đã xem' })),
    )
    expect(both.map(({ status }) => status).sort()).to.deep.equal([303, 422])
    expect((await listed())[0]!.appliedAt).to.not.equal(null)
  })

  it('are out of every figure then: 20 of 40, the other unit as before, and the report says how many', async () => {
    const [received, percent] = await figures()
    expect([received, percent]).to.deep.equal([HONEST, 50])
    expect((await figures(OTHER))[0]).to.equal(HONEST)
    const report = await as('an').get(`/reports/${WAVE}?lang=en`)
    expect(report.$('.report-facts').text()).to.include(`${STUFFED} responses of the wave taken out`)
    const { differences, responseCount } = await app.tallies.recount(WAVE)
    expect([differences, responseCount]).to.deep.equal([[], 2 * HONEST])
    expect(await app.tallies.sweepUnmarked()).to.equal(0)
  })

  it('leave the responses where they are, and the series as received computable', async () => {
    expect(await app.connection.collection('responses').countDocuments({ waveId: WAVE })).to.equal(2 * HONEST + STUFFED)
    let received = 0
    for await (const _one of createReceivedRepository(app.connection).streamWave(CITY, WAVE)) received += 1
    expect(received).to.equal(2 * HONEST + STUFFED)
  })

  it('do not fall on what comes in later', async () => {
    const [one] = await listed()
    const stored = { ...(await anyResponse()), day: '2026-04-01', submittedAt: new Date('2026-04-01T05:00:00Z') }
    await app.responses.insert(response(stored))
    await app.tallies.markStale(response(stored))
    expect((await figures())[0]).to.equal(HONEST + 1)
    expect(one!.responseCount).to.equal(STUFFED)
  })

  it('are put back by two persons again, once', async () => {
    const [one] = await listed()
    const page = await as('binh').get(`/voids/${one!.id}`)
    expect((await as('binh').send(page.$, 'form[action*=lift]', { note: '' })).status).to.equal(422)
    const sent = await as('binh').send(page.$, 'form[action*=lift]', { note: 'Là phiếu thật' })
    expect(sent.status).to.equal(303)
    expect((await as('binh').send(page.$, 'form[action*=lift]', { note: 'một lần nữa' })).status).to.equal(422)
    expect((await figures())[0]).to.equal(HONEST + 1)
    const back = await as('an').get(sent.location!)
    await as('an').send(back.$, 'form[action*=approve]')
    expect((await figures())[0]).to.equal(HONEST + STUFFED + 1)
    expect(await mongoVoidedResponses(app.connection).countOf(WAVE)).to.equal(0)
  })

  it('are applied after a crash between the decision and the figures', async () => {
    const outcome = await app.voids.propose(CITY, {
      rule: { waveId: WAVE, unitUid: UNIT, service: null, channel: null, from: '2026-03-01', to: '2026-04-01' },
      reason: 'other',
      explanation: 'Thử',
      login: 'an',
      expectedCount: HONEST,
    })
    if (outcome.kind !== 'proposed') throw new Error(outcome.kind)
    const decided = { state: 'approved', decidedBy: 'binh', decidedAt: new Date(), note: '' } as const
    expect(await mongoVoids(app.connection).decide(outcome.id, decided)).to.equal(true)
    expect((await figures())[0]).to.equal(HONEST + STUFFED + 1)
    expect(await app.voids.applyApproved()).to.equal(1)
    expect((await figures())[0]).to.equal(STUFFED + 1)
    expect(await app.voids.applyApproved()).to.equal(0)
  })

  it('are rejected with a reason, and change nothing', async () => {
    const look = await fill('an', { ...RULE })
    const sent = await as('an').send(look.$, 'main form', { count: String(look.$('[name=count]').val()) })
    const page = await as('binh').get(sent.location!)
    const token = String(page.$('form[action*=approve] [name=_csrf]').val())
    const id = new URL(sent.location!, app.url).pathname.split('/').at(-1)!
    expect((await as('binh').post(`/voids/${id}/reject`, { _csrf: token, note: '' })).status).to.equal(422)
    expect((await as('binh').post(`/voids/${id}/reject`, { _csrf: token, note: 'Chưa đủ căn cứ' })).status).to.equal(
      303,
    )
    expect((await mongoVoids(app.connection).byId(id))?.state).to.equal('rejected')
    expect((await figures())[0]).to.equal(STUFFED + 1)
  })

  it('are written down, and the log still holds', async () => {
    const kinds: string[] = []
    for await (const { kind } of app.audit.log.stream()) if (kind.startsWith('void')) kinds.push(kind)
    expect(kinds.slice(0, 2)).to.deep.equal(['void_proposed', 'void_approved'])
    expect(kinds.at(-1)).to.equal('void_rejected')
    expect((await checkAudit(app.connection, [app.signer!.publicKey])).faults).to.deep.equal([])
  })

  async function anyResponse() {
    for await (const one of app.responses.streamWave(CITY, WAVE))
      if (one.unitUid === UNIT) {
        const { submissionId: _old, ...rest } = one
        return rest
      }
    throw new Error('no response')
  }
})
