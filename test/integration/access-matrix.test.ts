import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { accessTable } from '../../scripts/support/access-table.js'
import { EVERY_ROUTE } from '../../scripts/support/every-route.js'
import { createApp } from '../../server/app.js'
import { lets, mayDo, ROLES, type Role, type Rule } from '../../server/domain/access/permissions.js'
import { type DeclaredRoute, declaredRoutes } from '../../server/platform/http/routes.js'
import { projectDir } from '../../server/platform/paths.js'
import { PASSWORD } from '../support/accounts-app.js'
import { waveFile } from '../support/builders.js'
import { createClient, type Page } from '../support/http-client.js'
import { proposeVoid } from '../support/propose-void.js'
import { publishRelease } from '../support/publish-release.js'
import { fillWave } from '../support/simulated-wave.js'
import { startApp, type TestApp } from '../support/start-app.js'

const [OWN, OTHER] = ['p-ben-thanh', 'p-sai-gon']
const [WAVE, STAFFED, ENDED] = ['2026-web-citizen', '2026-kiosk-citizen', '2025-web-citizen']

/** What stands for each parameter of a path, so that whoever passes the guard finds something there. */
const EXAMPLES: Record<string, string> = {
  id: WAVE,
  release: `${ENDED}-r1`,
  unitUid: OWN,
  uid: OWN,
  service: 'HT',
  method: 'sipas-2017',
  table: 'flags',
  login: 'agency-head',
  file: `${ENDED}.csv`,
  view: '00000000-0000-4000-8000-000000000000',
}
const QUERIES: Readonly<Record<string, string>> = { '/r/:unitUid/:service/thanks': '?receipt=ABCD-EFGH-JKMN' }

type Answer = 'open' | 'sign_in' | 'forbidden'

const isApi = (path: string) => path.startsWith('/api/')
const nameOf = ({ method, path }: DeclaredRoute) => `${method} ${path}`

function addressOf({ path }: DeclaredRoute): string {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const example = EXAMPLES[name]
    if (example === undefined) throw new Error(`No example for :${name} of ${path}`)
    return example
  })
  return `${filled}${QUERIES[path] ?? ''}`
}

/** Changes are sent without the token of a form, which is asked for after the role: nothing is changed. */
function answerOf({ method, path }: DeclaredRoute, page: Page): Answer | string {
  const isTurnedAway = page.status === 303 && (page.location ?? '').startsWith('/sign-in')
  if (page.status === 401 || (isTurnedAway && path !== '/sign-out' && !path.startsWith('/sign-in'))) return 'sign_in'
  if (page.status === 403 && page.text.includes('not_allowed')) return 'forbidden'
  // A link without a token is gone, for whoever opens it.
  const isFound = page.status < 400 || page.status === 410 || method !== 'get'
  return page.status < 500 && isFound ? 'open' : `${page.status} ${page.text.slice(0, 200)}`
}

const expected = (rule: Rule, role: Role | null): Answer => {
  if (rule === 'public') return 'open'
  if (role === null) return 'sign_in'
  return lets(rule, role) ? 'open' : 'forbidden'
}

/** A finished export of a wave; gives its id. */
async function exportWave(app: TestApp, waveId: string): Promise<string> {
  const outcome = await app.exports.start({ waveId, format: 'csv', language: 'vi', separator: ',', login: 'first' })
  if (outcome.kind !== 'started') throw new Error(outcome.kind)
  await outcome.work
  return outcome.id
}

describe('who may use which route', function () {
  this.timeout(120_000)
  let app: TestApp
  let routes: readonly DeclaredRoute[]
  const clients = new Map<Role, ReturnType<typeof createClient>>()
  const tokens = new Map<Role, string>()

  before(async () => {
    app = await startApp({ env: { INTAKE_POSTS_PER_MINUTE: '10000', ...EVERY_ROUTE } })
    routes = declaredRoutes(createApp(app.parts).router)
    // Three units only: each page of reports is asked for by every role.
    const questionnaire = { id: 'citizen', version: '2026.1' }
    const facts = { id: WAVE, questionnaire, units: { kinds: [], uids: [OWN, OTHER, 'p-go-vap'] } }
    const outcome = await app.waves.create(waveFile(facts))
    if (outcome.kind !== 'created') throw new Error(outcome.kind)
    await fillWave(app, outcome.wave, { [OWN]: 60, [OTHER]: 40 })
    await app.waves.create(waveFile({ ...facts, id: STAFFED, mode: 'kiosk' }))
    EXAMPLES.hash = app.published[0]?.hash ?? ''
    await publishRelease(app, ENDED)
    EXAMPLES.export = await exportWave(app, ENDED)
    const words = { words: 'For a test', contact: '', receipt: '' }
    EXAMPLES.code = await app.dataRequests.ask('see', 'vi', words)
    EXAMPLES.void = await proposeVoid(app, { waveId: WAVE, unitUid: OWN, from: '2026-01-01', to: '2027-01-01' })
    for (const role of ROLES) {
      const login = role.replace('_', '-')
      const unitUid = role.startsWith('agency') ? OWN : undefined
      await app.accounts.createAccount({ login, name: role, role, unitUid, password: PASSWORD })
      const client = createClient(app.url)
      expect((await client.signIn(login, PASSWORD)).status, role).to.equal(303)
      clients.set(role, client)
      const outcome = await app.accounts.createToken({ login, name: role, validDays: 1 })
      if (outcome.kind === 'created') tokens.set(role, outcome.token)
    }
  })
  after(() => app.stop())

  const ask = (route: DeclaredRoute, client: ReturnType<typeof createClient>, headers?: Record<string, string>) =>
    route.method === 'get' ? client.get(addressOf(route), headers) : client.post(addressOf(route), {}, headers)

  /** Every route, as one who signed in or nobody. */
  async function answers(of: readonly DeclaredRoute[], request: (route: DeclaredRoute) => Promise<Page>) {
    const found: Record<string, string> = {}
    for (const route of of) found[nameOf(route)] = answerOf(route, await request(route))
    return found
  }
  const table = (of: readonly DeclaredRoute[], role: Role | null) =>
    Object.fromEntries(of.map((route) => [nameOf(route), expected(route.rule, role)]))

  it('is written down as the application has it', () => {
    const written = readFileSync(join(projectDir(), 'server/domain/access/README.md'), 'utf8')
    expect(written, 'run npm run access:table').to.equal(accessTable(routes))
    expect(routes.length).to.be.greaterThan(50)
  })

  it('holds for a stranger', async () => {
    expect(await answers(routes, (route) => ask(route, createClient(app.url)))).to.deep.equal(table(routes, null))
  })

  for (const role of ROLES) {
    it(`holds for the role ${role}, by session`, async () => {
      // Last, since it ends the session.
      const inOrder = routes.toSorted((a, b) => Number(a.path === '/sign-out') - Number(b.path === '/sign-out'))
      expect(await answers(inOrder, (route) => ask(route, clients.get(role)!))).to.deep.equal(table(routes, role))
    })

    it(`holds for the role ${role}, by token`, async () => {
      expect(tokens.has(role)).to.equal(mayDo(role, 'hold_token'))
      const token = tokens.get(role)
      if (token === undefined) return
      const api = routes.filter(({ path }) => isApi(path))
      const byToken = (route: DeclaredRoute) => ask(route, createClient(app.url), { authorization: `Bearer ${token}` })
      expect(await answers(api, byToken)).to.deep.equal(table(api, role))
      const pages = routes.filter(({ path, rule }) => !isApi(path) && rule !== 'public')
      expect(await answers(pages, byToken)).to.deep.equal(table(pages, null))
    })
  }

  it('lets those who collect hand in answers of a staffed wave, and nobody else', async () => {
    const statuses = async (headersOf: (role: Role) => Record<string, string> | undefined) => {
      const found: Partial<Record<Role, number>> = {}
      for (const role of ROLES) {
        const headers = headersOf(role)
        if (headers === undefined) continue
        const body = JSON.stringify({ wave: STAFFED })
        const init = { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } }
        found[role] = (await fetch(`${app.url}/api/v1/responses`, init)).status
      }
      return found
    }
    const collects = (role: Role) => mayDo(role, 'collect_answers')
    const holders = ROLES.filter((role) => tokens.has(role))
    // What has no more than the wave is malformed: whoever is told so was let in.
    expect(
      await statuses((role) => (tokens.has(role) ? { authorization: `Bearer ${tokens.get(role)}` } : undefined)),
    ).to.deep.equal(Object.fromEntries(holders.map((role) => [role, collects(role) ? 400 : 403])))
    expect(await statuses(() => ({}))).to.deep.equal(Object.fromEntries(ROLES.map((role) => [role, 401])))
  })

  it('answers about the unit of another agency as about one that does not exist', async () => {
    for (const role of ['agency_head', 'agency_viewer'] as const) {
      const client = clients.get(role)!
      const [other, nowhere] = [await client.get(`/agency/${OTHER}`), await client.get('/agency/nowhere')]
      expect([other.status, nowhere.status]).to.deep.equal([404, 404])
      const said = ({ $ }: Page) =>
        $('main')
          .text()
          .replaceAll(/[0-9a-f-]{36}/g, '')
      expect(said(other)).to.equal(said(nowhere))
    }
  })
})
