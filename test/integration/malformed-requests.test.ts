import { expect } from 'chai'
import { EVERY_ROUTE } from '../../scripts/support/every-route.js'
import { createApp } from '../../server/app.js'
import { ROLES } from '../../server/domain/access/permissions.js'
import { createSeededStream } from '../../server/domain/statistics/random/seeded-stream.js'
import { declaredRoutes } from '../../server/platform/http/routes.js'
import { PASSWORD } from '../support/accounts-app.js'
import { waveFile } from '../support/builders.js'
import { createClient } from '../support/http-client.js'
import { type Malformed, malformedRequests, sendRaw } from '../support/malformed-requests.js'
import { fillWave } from '../support/simulated-wave.js'
import { startApp, type TestApp } from '../support/start-app.js'

/** So many with the tests; `MALFORMED_REQUESTS=200000` for all of them. */
const COUNT = Number(process.env.MALFORMED_REQUESTS ?? 3000)
const AT_ONCE = 16
/** Of a line of the log. */
const ERROR = 50
const WAVE = '2026-web-citizen'
/** What the parser of HTTP itself turns away, before the application sees it. */
const REFUSED_BY_NODE = ['ECONNRESET', 'HPE_INVALID_CONSTANT', 'ERR_UNESCAPED_CHARACTERS', 'EPIPE']

describe('requests that no browser sends', function () {
  this.timeout(0)
  let app: TestApp
  before(async () => {
    app = await startApp({ env: { INTAKE_POSTS_PER_MINUTE: '1000000', ...EVERY_ROUTE } })
    const facts = { id: WAVE, questionnaire: { id: 'citizen', version: '2026.1' } }
    const outcome = await app.waves.create(
      waveFile({ ...facts, units: { kinds: [], uids: ['p-ben-thanh', 'p-sai-gon'] } }),
    )
    if (outcome.kind !== 'created') throw new Error(outcome.kind)
    await fillWave(app, outcome.wave, { 'p-ben-thanh': 60, 'p-sai-gon': 40 })
  })
  after(() => app.stop())

  async function sessionOf(login: string, role: 'administrator' | 'analyst' | 'agency_head') {
    const unitUid = role === 'agency_head' ? 'p-ben-thanh' : undefined
    await app.accounts.createAccount({ login, name: login, role, unitUid, password: PASSWORD })
    const client = createClient(app.url)
    await client.signIn(login, PASSWORD)
    const page = await client.get('/agency')
    const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    return [cookie, String(page.$('[name=_csrf]').val() ?? '')] as const
  }

  it(`get a clear answer each, ${COUNT.toLocaleString('en')} of them, over every route, and leave nothing behind`, async () => {
    const sessions = new Map([
      await sessionOf('fuzz-admin', 'administrator'),
      await sessionOf('fuzz-analyst', 'analyst'),
      await sessionOf('fuzz-head', 'agency_head'),
      ['', ''] as const,
    ])
    const routes = declaredRoutes(createApp(app.parts).router).filter(({ path }) => path !== '/sign-out')
    const next = malformedRequests(createSeededStream('malformed'), routes, [...sessions.keys()])
    const responses = () => app.connection.collection('responses').countDocuments()
    const before = await responses()
    const statuses = new Map<number | string, number>()
    const failures: (Malformed & { readonly answer: number | string })[] = []
    const errors: string[] = []
    let left = COUNT
    const send = async () => {
      while (left > 0) {
        left -= 1
        const malformed = next((cookie) => sessions.get(cookie) ?? '')
        const answer = await sendRaw(app.url, malformed)
        statuses.set(answer, (statuses.get(answer) ?? 0) + 1)
        errors.push(...app.logLines.splice(0).filter((line) => (JSON.parse(line) as { level: number }).level >= ERROR))
        const isClear = typeof answer === 'number' ? answer < 500 : REFUSED_BY_NODE.includes(answer)
        if (!isClear) failures.push({ ...malformed, answer })
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, send))
    const told = failures
      .slice(0, 3)
      .map((one) => JSON.stringify({ ...one, body: one.body?.toString('latin1') }).slice(0, 800))
    expect(told, JSON.stringify([...statuses])).to.deep.equal([])
    expect(errors).to.deep.equal([])
    expect(await responses()).to.equal(before)
    for (const { login, role } of await app.accounts.listAccounts()) {
      expect(login).to.match(/^[a-z0-9._-]{2,60}$/)
      expect(ROLES).to.include(role)
    }
    // Requests reached the routes, and were not turned away at the door alone.
    expect(statuses.get(200) ?? 0).to.be.above(COUNT / 50)
    expect(statuses.get(400) ?? 0).to.be.above(COUNT / 50)
  })
})
