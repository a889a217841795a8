import { EventEmitter, once } from 'node:events'
import { Router } from 'express'
import { createAccounts } from '../../server/features/accounts/index.js'
import { createApi } from '../../server/platform/http/api.js'
import type { Connection } from '../../server/platform/mongo/connect.js'
import { sharedCounters } from '../../server/platform/mongo/shared-counters.js'
import { startBareApp } from './bare-app.js'
import { createClient } from './http-client.js'
import { projectTexts } from './project-files.js'
import { openTestDatabase } from './test-database.js'

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
}

/** The real accounts with the settings of a test. */
export const testAccounts = ({ connection, secureCookies = false, now }: AccountsOptions) =>
  createAccounts({
    connection,
    secret: SECRET,
    secureCookies,
    sessionIdleMinutes: 30,
    limits: { signInTriesPerQuarterHour: TRIES },
    counters: sharedCounters(connection, SECRET),
    texts: projectTexts(),
    now,
  })

/** Makes an analyst, or the staff of a unit, with `PASSWORD`. */
export async function addStaff({ createAccount }: Pick<Accounts, 'createAccount'>, login: string, unitUid?: string) {
  const role = unitUid === undefined ? 'analyst' : 'agency'
  const outcome = await createAccount({ login, name: login, role, unitUid, password: PASSWORD })
  if (outcome.kind !== 'created') throw new Error(outcome.kind)
}

/** The real accounts behind the real application, with one page or operation per kind of guard. */
export async function startAccountsApp({ secureCookies = false } = {}) {
  const database = await openTestDatabase()
  const clock = createClock('2026-04-01T01:00:00Z')
  const accounts = testAccounts({ connection: database.connection, secureCookies, now: clock.now })
  await database.buildIndexes()

  const pages = Router()
  pages.use(accounts.pages)
  pages.get('/', (_req, res) => void res.send('citizen'))
  pages.get('/agency', accounts.requireStaff, (req, res) => void res.json(accounts.currentAccount(req)))
  pages.get('/reports', accounts.requireAnalyst, (_req, res) => {
    res.render('problem/show', { pageTitle: 'Reports', advice: '', code: '', requestId: '' })
  })
  pages.post('/reports', accounts.requireAnalyst, (_req, res) => void res.send('changed'))
  const slow = new EventEmitter()
  pages.get('/reports/slow', accounts.requireAnalyst, async (_req, res) => {
    const released = once(slow, 'release')
    slow.emit('entered')
    await released
    res.send('slow')
  })
  const api = createApi()
  api.router.get('/open', (_req, res) => void res.json({}))
  api.router.get('/index', accounts.requireAnalyst, (req, res) => void res.json(accounts.currentAccount(req).login))

  const app = await startBareApp(pages, { staffSession: accounts.staffSession, apis: [api], secureCookies })
  return {
    ...accounts,
    clock,
    /** `/reports/slow` tells when it is `entered` and answers on `release`. */
    slow,
    tries: TRIES,
    url: app.url,
    logLines: app.logLines,
    connection: database.connection,
    client: () => createClient(app.url),
    addStaff: (login: string, unitUid?: string) => addStaff(accounts, login, unitUid),
    async stop() {
      await app.stop()
      await database.close()
    },
  }
}
