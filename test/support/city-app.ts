import { Router } from 'express'
import type { Role } from '../../server/domain/access/permissions.js'
import type { NewResponse } from '../../server/domain/survey/response.js'
import type { Wave } from '../../server/domain/survey/wave.js'
import type { UnitRegistry } from '../../server/domain/units/unit.js'
import { createCityOverview } from '../../server/features/city-overview/index.js'
import { createIndexReports } from '../../server/features/index-reports/index.js'
import { createTallies } from '../../server/features/tallies/index.js'
import { PASSWORD, testAccounts } from './accounts-app.js'
import { startBareApp } from './bare-app.js'
import { wave } from './builders.js'
import { createClient } from './http-client.js'
import { projectTexts } from './project-files.js'
import { treeRegistry } from './report-data.js'
import { findQuestionnaire, HASH, listReader, WAVE } from './tally-city.js'
import { openTestDatabase } from './test-database.js'

const uids = ['q1', 'q3', 'q4', 'q5', 'w1', 'w2']
const registry = {
  ...treeRegistry(Object.fromEntries(uids.map((uid) => [uid, 'city']))),
  events: () => [],
} as unknown as UnitRegistry

const common = { questionnaireHash: HASH, unitUids: uids }
/** Citizens on the web in 2026 and the year before, homes visited in 2026, and a wave to come. */
export const CITY_WAVES: readonly Wave[] = [
  wave({ ...common, id: WAVE.id }),
  wave({
    ...common,
    id: '2025-web',
    title: { vi: 'Đợt 2025', en: 'Wave 2025' },
    unitUids: ['q1', 'q3', 'q4', 'q5', 'w2'],
    opensOn: '2025-01-01',
    closesOn: '2026-01-01',
    referenceOn: '2025-01-01',
  }),
  wave({ ...common, id: '2026-homes', mode: 'face_to_face', title: { vi: 'Tại nhà 2026', en: 'Homes 2026' } }),
  wave({ ...common, id: '2027-web', opensOn: '2027-01-01', closesOn: '2028-01-01' }),
]

/** The city's page with real sign-in and real tallies, over a handful of units. */
export async function startCityApp(stored: readonly NewResponse[], waves = CITY_WAVES) {
  const database = await openTestDatabase()
  const { connection } = database
  const texts = projectTexts()
  const now = () => new Date('2026-04-01T01:00:00Z')
  const accounts = testAccounts({ connection, now, registry })
  const { guardOf, scopeOf, currentAccount } = accounts
  const tallies = createTallies({ connection, responses: listReader(stored), findQuestionnaire, now })
  await database.buildIndexes()
  for (const { id } of waves) await tallies.build(id)
  const listed = { byId: async (id: string) => waves.find((one) => one.id === id), list: async () => waves }
  const voidedCount = async (id: string) => (id === WAVE.id ? 7 : 0)
  const services = { byCode: () => undefined, all: () => [] }
  const needs = {
    waves: listed,
    questionnaires: { byHash: findQuestionnaire },
    registry,
    texts,
    guardOf,
    scopeOf,
    currentAccount,
    now,
    voidedCount,
  }
  const reports = createIndexReports({ ...needs, services, tallies, connection })
  const city = createCityOverview({ ...needs, ...reports })
  const pages = Router().use(accounts.pages).use(reports.pages).use(city.pages)
  const app = await startBareApp(pages, { staffSession: accounts.staffSession })
  return {
    url: app.url,
    connection,
    /** A browser in which somebody of a role has signed in, and where that led. */
    async signedIn(role: Role) {
      const unitUid = role.startsWith('agency') ? 'q1' : undefined
      const login = role.replace('_', '-')
      await accounts.createAccount({ login, name: login, role, unitUid, password: PASSWORD })
      const client = createClient(app.url)
      return { client, home: (await client.signIn(login, PASSWORD)).location }
    },
    async stop() {
      await app.stop()
      await database.close()
    },
  }
}
