import { expect } from 'chai'
import { PASSWORD } from '../support/accounts-app.js'
import { CITY, response, waveFile } from '../support/builders.js'
import { createClient, STANDARD_NOW } from '../support/http-client.js'
import { startApp, type TestApp } from '../support/start-app.js'

const WAVE = '2026-web'
const UNIT = 'p-ben-thanh'
const OTHER = 'p-sai-gon'
const THIRD = 'p-cho-lon'
const ROLES = ['analyst', 'method_owner', 'auditor', 'monitor', 'administrator'] as const

describe('a wave as received', function () {
  this.timeout(60_000)
  let app: TestApp
  const clients = new Map<string, ReturnType<typeof createClient>>()
  before(async () => {
    // Each look at the clock a millisecond later, so that of two voids one is the later.
    let looks = 0
    app = await startApp({
      now: () => {
        looks += 1
        return new Date(STANDARD_NOW.getTime() + looks)
      },
    })
    const uids = [UNIT, OTHER, THIRD]
    const outcome = await app.waves.create(
      waveFile({ questionnaire: { id: 'counter', version: '2026.1' }, units: { kinds: [], uids } }),
    )
    if (outcome.kind !== 'created') throw new Error(outcome.kind)
    const hash = outcome.wave.questionnaireHash
    const ratings = app.published
      .find((one) => one.hash === hash)!
      .questionnaire.sections.flatMap(({ items }) => items.filter(({ kind }) => kind === 'rating'))
    const at = (unitUid: string, day: string, n: number, satisfied: number) =>
      Array.from({ length: n }, (_, i) => {
        const answers = Object.fromEntries(ratings.map(({ code }) => [code, i < satisfied ? 5 : 2]))
        return response({ questionnaireHash: hash, unitUid, day, service: 'HT', answers })
      })
    await app.responses.insertBatch([
      ...at(UNIT, '2026-03-10', 40, 20),
      ...at(UNIT, '2026-04-01', 12, 12),
      ...at(UNIT, '2026-04-02', 3, 3),
      ...at(OTHER, '2026-03-10', 40, 20),
      ...at(OTHER, '2026-04-01', 2, 2),
      ...at(THIRD, '2026-03-10', 40, 20),
    ])
    await app.tallies.build(WAVE)
    for (const role of ROLES) {
      await app.accounts.createAccount({ login: role, name: role, role, unitUid: undefined, password: PASSWORD })
      const client = createClient(app.url)
      await client.signIn(role, PASSWORD)
      clients.set(role, client)
    }
  })
  after(() => app.stop())

  const as = (role: (typeof ROLES)[number]) => clients.get(role)!

  async function propose(unitUid: string, from: string, to: string, count: number) {
    const outcome = await app.voids.propose(CITY, {
      rule: { waveId: WAVE, unitUid, service: null, channel: null, from, to },
      reason: 'stuffed',
      explanation: 'Cùng phút',
      login: 'analyst',
      expectedCount: count,
    })
    if (outcome.kind !== 'proposed') throw new Error(outcome.kind)
    return outcome.id
  }
  async function approve(id: string) {
    const { kind } = await app.voids.votes.approve({ id, login: 'method_owner', note: '' })
    expect(kind).to.equal('done')
  }

  /** First words of the cells of each row, by the name of the row. */
  async function rowsOf(path: string) {
    const { status, $ } = await as('analyst').get(`${path}?lang=en`)
    expect(status).to.equal(200)
    const text = (cell: Parameters<typeof $>[0]) => $(cell).text().trim().split(' (')[0]
    const rows = $('main tbody tr').toArray()
    return rows.map((row) => $(row).children().toArray().map(text))
  }
  const FEW = 'hidden: fewer than 5 people lie between the two'

  it('is the same where nothing is out, and the report leads nowhere then', async () => {
    const page = await as('analyst').get(`/reports/${WAVE}/as-received?lang=en`)
    expect([page.status, page.$('main table').length]).to.deep.equal([200, 0])
    expect(page.$('main').text()).to.include('No response of this wave is taken out')
    expect((await as('analyst').get(`/reports/${WAVE}`)).$('a[href*=as-received]').length).to.equal(0)
  })

  it('is not told by two voids that differ by few: the later shows nothing of its effect', async () => {
    const first = await propose(UNIT, '2026-04-01', '2026-04-02', 12)
    const wider = await propose(UNIT, '2026-04-01', '2026-04-03', 15)
    // 35 of 55 satisfied are 63.6 %; without twelve satisfied ones 23 of 43, 53.5 %.
    expect((await rowsOf(`/voids/${first}`))[0]).to.deep.equal(['The unit', '63.6%', '53.5%'])
    expect(await rowsOf(`/voids/${wider}`)).to.deep.equal([
      ['The unit', FEW, FEW],
      ['The city', FEW, FEW],
    ])
  })

  it('has nobody counted twice where another void has taken the same responses out', async () => {
    const same = await propose(UNIT, '2026-04-01', '2026-04-02', 12)
    const [honest, other] = [
      await propose(THIRD, '2026-03-10', '2026-03-11', 40),
      await propose(THIRD, '2026-03-10', '2026-03-11', 40),
    ]
    const before = await rowsOf(`/voids/${other}`)
    await approve(honest)
    expect(await rowsOf(`/voids/${other}`)).to.deep.equal(before)
    const lifted = await app.voids.votes.lift({ id: honest, login: 'analyst', note: 'Là phiếu thật' })
    if (lifted.kind !== 'done') throw new Error(lifted.kind)
    await approve(lifted.id)
    expect(await rowsOf(`/voids/${honest}`)).to.deep.equal(before)
    await approve(same)
  })

  it('stands beside the figures that count, by hand', async () => {
    // The unit: 35 of 55 beside 23 of 43. The city: 35 + 22 + 20 of 55 + 42 + 40 = 77 of 137, beside 65 of 125.
    const [city, unit, ...others] = await rowsOf(`/reports/${WAVE}/as-received`)
    expect(city!.slice(1)).to.deep.equal(['52.0%', '56.2%', '12'])
    expect(unit!.slice(1)).to.deep.equal(['53.5%', '63.6%', '12'])
    expect(others).to.deep.equal([])
  })

  it('hides a unit with few out, and the city that would tell of them', async () => {
    await approve(await propose(OTHER, '2026-04-01', '2026-04-02', 2))
    const rows = await rowsOf(`/reports/${WAVE}/as-received`)
    expect(rows.map((row) => row.slice(2))).to.deep.equal([
      [FEW, '14'],
      ['63.6%', '12'],
      [FEW, '2'],
    ])
  })

  it('is for those who may take out or audit, and the report leads them there', async () => {
    const status = async (role: (typeof ROLES)[number]) => (await as(role).get(`/reports/${WAVE}/as-received`)).status
    const links = async (role: (typeof ROLES)[number]) =>
      (await as(role).get(`/reports/${WAVE}`)).$('a[href$=as-received]').length
    for (const role of ['analyst', 'method_owner', 'auditor'] as const)
      expect([await status(role), await links(role)], role).to.deep.equal([200, 1])
    for (const role of ['monitor', 'administrator'] as const)
      expect([await status(role), await links(role)], role).to.deep.equal([403, 0])
    expect((await as('analyst').get('/reports/no-such-wave/as-received')).status).to.equal(404)
    expect((await as('analyst').get('/reports/X/as-received')).status).to.equal(404)
  })
})
