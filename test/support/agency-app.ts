import { Router } from 'express'
import type { NewResponse } from '../../server/domain/survey/response.js'
import { createAgencyScores } from '../../server/features/agency-scores/index.js'
import { createIndexReports } from '../../server/features/index-reports/index.js'
import { createTallies } from '../../server/features/tallies/index.js'
import { addStaff, PASSWORD, testAccounts } from './accounts-app.js'
import { startBareApp } from './bare-app.js'
import { response, wave } from './builders.js'
import { createClient } from './http-client.js'
import { projectTexts } from './project-files.js'
import { treeRegistry } from './report-data.js'
import { findQuestionnaire, HASH, listReader, WAVE } from './tally-city.js'
import { openTestDatabase } from './test-database.js'

const parents: Readonly<Record<string, string>> = {
  q1: 'city',
  q3: 'city',
  q4: 'city',
  q5: 'city',
  q9: 'city',
  w1: 'q1',
  w2: 'q4',
}
const registry = treeRegistry(parents)

const NOW = wave({
  id: WAVE.id,
  questionnaireHash: HASH,
  unitUids: ['q1', 'q3', 'q4', 'q5', 'w1', 'w2'],
  isSimulated: true,
})
const OLDER = wave({
  id: '2025-web',
  title: { vi: 'Đợt 2025', en: 'Wave 2025' },
  questionnaireHash: HASH,
  unitUids: ['q1'],
  opensOn: '2025-01-01',
  closesOn: '2026-01-01',
})
const waves = [NOW, OLDER]

const SERVICES = ['land', 'tax'].map((code) => ({
  code,
  name: { vi: `Lĩnh vực ${code}`, en: `Service ${code}` },
  description: { vi: '', en: '' },
  words: { vi: [], en: [] },
  isUtility: false,
}))
const services = {
  all: () => SERVICES,
  byCode: (code: string) => SERVICES.find((one) => one.code === code),
  offeredBy: () => SERVICES,
}

/** Responses of a unit in a month: every item 5 from the satisfied, 2 from the others. */
export function month(
  unitUid: string,
  name: string,
  count: number,
  satisfied: number,
  service = 'land',
): readonly NewResponse[] {
  return Array.from({ length: count }, (_, i) => {
    const code = i < satisfied ? 5 : 2
    const answers = Object.fromEntries(['C1', 'C2', 'C3', 'C4', 'C5'].map((item) => [item, code]))
    return response({ unitUid, service, day: `${name}-10`, answers })
  })
}

/** The agency's pages with real sign-in and real tallies, over a handful of districts. */
export async function startAgencyApp(stored: readonly NewResponse[]) {
  const database = await openTestDatabase()
  const { connection } = database
  const texts = projectTexts()
  const now = () => new Date('2026-04-01T01:00:00Z')
  const accounts = testAccounts({ connection, now, registry, services })
  const { guardOf, scopeOf, currentAccount } = accounts
  const tallies = createTallies({ connection, responses: listReader(stored), findQuestionnaire, now })
  await database.buildIndexes()
  await tallies.build(NOW.id)
  const { getIndexReport } = createIndexReports({
    voidedCount: async () => 0,
    waves: { byId: async (id) => waves.find((one) => one.id === id), list: async () => waves },
    questionnaires: { byHash: findQuestionnaire },
    registry,
    services,
    tallies,
    connection,
    texts,
    guardOf,
    scopeOf,
    currentAccount,
  })
  const agencyScores = createAgencyScores({
    waves: {
      list: async () => waves,
      ofUnit: async (uid) => waves.filter(({ unitUids }) => unitUids.includes(uid)),
    },
    registry,
    services,
    getIndexReport,
    getUnitComments: async () => ({ question: null, table: null, until: null }),
    guardOf,
    scopeOf,
    currentAccount,
    texts,
  })
  const pages = Router().use(accounts.pages).use(agencyScores.pages)
  const app = await startBareApp(pages, { staffSession: accounts.staffSession })
  const known = new Set<string>()
  return {
    url: app.url,
    setLimits: accounts.setLimits,
    /** A browser in which somebody has signed in: an analyst, or the staff of a unit. */
    async signedIn(unitUid?: string) {
      const login = `staff-${unitUid ?? 'analyst'}`
      if (!known.has(login)) await addStaff(accounts, login, unitUid)
      known.add(login)
      const client = createClient(app.url)
      const page = await client.signIn(login, PASSWORD)
      if (page.status !== 303) throw new Error(`Sign-in gave ${page.status}`)
      return client
    },
    async stop() {
      await app.stop()
      await database.close()
    },
  }
}
