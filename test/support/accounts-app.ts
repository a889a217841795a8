import { EventEmitter, once } from 'node:events'
import { createAccounts } from '../../server/features/accounts/index.js'
import { createAudit } from '../../server/features/audit/index.js'
import { createRoutes } from '../../server/platform/http/routes.js'
import type { Connection } from '../../server/platform/mongo/connect.js'
import { sharedCounters } from '../../server/platform/mongo/shared-counters.js'
import { startBareApp } from './bare-app.js'
import { createClient } from './http-client.js'
import { projectTexts } from './project-files.js'
import { treeRegistry } from './report-data.js'
import { openTestDatabase } from './test-database.js'

/** Where the platform is reached, as far as links and providers know. */
export const PUBLIC_URL = 'https://hailong.example'
const TRIES = 4
const SECRET = 'a secret of at least thirty-two characters'

type Accounts = ReturnType<typeof createAccounts>

/** A clock that a test moves. */
function createClock(start: string) {
  let at = Date.parse(start)
  return {
    now: () => new Date(at),
    advanceMinutes(minutes: number) {
      at += minutes * 60_000
    },
  }
}

/** The password of every account that `addStaff` makes. */
export const PASSWORD = 'một câu đủ dài'

interface AccountsOptions {
  readonly connection: Connection
  readonly secureCookies?: boolean
  readonly now: () => Date
  readonly registry?: Parameters<typeof createAccounts>[0]['registry']
  readonly services?: Parameters<typeof createAccounts>[0]['services']
  readonly identityProvider?: Parameters<typeof createAccounts>[0]['identityProvider']
}

const NO_SERVICES = { all: () => [], byCode: () => undefined }

/** The real accounts with the settings of a test. */
export const testAccounts = ({
  connection,
  secureCookies = false,
  now,
  registry = treeRegistry({}),
  services = NO_SERVICES,
  identityProvider = null,
}: AccountsOptions) =>
  createAccounts({
    connection,
    secret: SECRET,
    secureCookies,
    sessionIdleMinutes: 30,
    limits: { signInTriesPerQuarterHour: TRIES },
    counters: sharedCounters(connection, SECRET),
    texts: projectTexts(),
    registry,
    services,
    publicUrl: PUBLIC_URL,
    identityProvider,
    now,
    recordEvent: createAudit({ connection, signer: null, now }).recordEvent,
  })

/** Makes an analyst, or the staff of a unit, with `PASSWORD`. */
export async function addStaff({ createAccount }: Pick<Accounts, 'createAccount'>, login: string, unitUid?: string) {
  const role = unitUid === undefined ? 'analyst' : 'agency_viewer'
  const outcome = await createAccount({ login, name: login, role, unitUid, password: PASSWORD })
  if (outcome.kind !== 'created') throw new Error(outcome.kind)
}

/** The real accounts behind the real application, with one page or operation per kind of guard. */
export async function startAccountsApp({
  secureCookies = false,
  identityProvider = null,
}: Pick<AccountsOptions, 'secureCookies' | 'identityProvider'> = {}) {
  const database = await openTestDatabase()
  const clock = createClock('2026-04-01T01:00:00Z')
  const accounts = testAccounts({ connection: database.connection, secureCookies, identityProvider, now: clock.now })
  await database.buildIndexes()

  const pages = createRoutes(accounts.guardOf)
  pages.router.use(accounts.pages)
  pages.get('/', 'public', (_req, res) => void res.send('citizen'))
  pages.get('/agency', 'see_scores', (req, res) => void res.json(accounts.currentAccount(req)))
  pages.get('/reports', 'see_reports', (_req, res) => {
    res.render('problem/show', { pageTitle: 'Reports', advice: '', code: '', requestId: '' })
  })
  pages.post('/reports', 'see_reports', (_req, res) => void res.send('changed'))
  const slow = new EventEmitter()
  pages.get('/reports/slow', 'see_reports', async (_req, res) => {
    const released = once(slow, 'release')
    slow.emit('entered')
    await released
    res.send('slow')
  })
  const api = createRoutes(accounts.guardOf, '/api/v1')
  api.get('/open', 'public', (_req, res) => void res.json({}))
  api.get('/index', 'see_reports', (req, res) => void res.json(accounts.currentAccount(req).login))

  const app = await startBareApp(pages.router, {
    staffSession: accounts.staffSession,
    apis: [{ ...api, operations: [] }],
    secureCookies,
  })
  return {
    ...accounts,
    clock,
    /** `/reports/slow` tells when it is `entered` and answers on `release`. */
    slow,
    tries: TRIES,
    url: app.url,
    logLines: app.logLines,
    connection: database.connection,
    client: () => createClient(app.url, clock.now),
    addStaff: (login: string, unitUid?: string) => addStaff(accounts, login, unitUid),
    async stop() {
      await app.stop()
      await database.close()
    },
  }
}
