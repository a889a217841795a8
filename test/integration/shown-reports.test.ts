import { expect } from 'chai'
import { createIndexReports } from '../../server/features/index-reports/index.js'
import { createTallies } from '../../server/features/tallies/index.js'
import type { GuardOf } from '../../server/platform/http/routes.js'
import { startBareApp } from '../support/bare-app.js'
import { CITY, response, wave as waveWith } from '../support/builders.js'
import { createClient } from '../support/http-client.js'
import { projectTexts } from '../support/project-files.js'
import { treeRegistry } from '../support/report-data.js'
import { findQuestionnaire, HASH, listReader, WAVE } from '../support/tally-city.js'
import { openTestDatabase, type TestDatabase } from '../support/test-database.js'

const wave = waveWith({ id: WAVE.id, questionnaireHash: HASH, unitUids: ['q1', 'q3'] })
const registry = treeRegistry({ q1: 'city', q3: 'city' })
const guardOf: GuardOf = () => (_req, _res, next) => next()

/** `n` web responses about a unit on a day. */
const answers = (n: number, unitUid: string, day: string) =>
  Array.from({ length: n }, (_, i) =>
    response({ unitUid, day, answers: { C1: 1 + (i % 5), C2: 4, C3: 2, C4: 5, C5: 4, G1: 4 } }),
  )

/** District 1 has 60 people until 10 February, 3 on that day and 40 later. */
const stored = [
  ...answers(60, 'q1', '2026-02-09'),
  ...answers(3, 'q1', '2026-02-10'),
  ...answers(40, 'q1', '2026-03-05'),
  ...answers(70, 'q3', '2026-02-09'),
]

describe('index reports one after the other over HTTP', () => {
  let db: TestDatabase
  const servers: Awaited<ReturnType<typeof startBareApp>>[] = []

  beforeEach(async () => {
    db = await openTestDatabase()
  })
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop()
    await db.close()
  })

  /** A server on the database, as another one beside those there are or as the same one started again. */
  async function start() {
    const tallies = createTallies({
      connection: db.connection,
      responses: listReader(stored),
      findQuestionnaire,
      now: () => new Date(),
    })
    const reports = createIndexReports({
      voidedCount: async () => 0,
      waves: { byId: async () => wave, list: async () => [wave] },
      questionnaires: { byHash: findQuestionnaire },
      registry,
      services: { byCode: () => undefined, all: () => [] } as never,
      tallies,
      connection: db.connection,
      texts: projectTexts(),
      guardOf,
      scopeOf: () => CITY,
      currentAccount: () => ({ role: 'analyst' }),
    })
    await db.buildIndexes()
    await tallies.build(WAVE.id)
    const server = await startBareApp(reports.pages, { apis: [reports.api] })
    servers.push(server)
    return async (query: string): Promise<string> => {
      const { text } = await createClient(server.url).get(`/api/v1/waves/${WAVE.id}/index?unit=q1&${query}`)
      const { rows } = JSON.parse(text) as { rows: Record<string, string | null>[] }
      const row = rows.find(({ scope, code, rollup }) => scope === 'total' && code === 'C1' && rollup === 'pooled')!
      return row.status === 'suppressed' ? row.reason! : row.status!
    }
  }

  it('hide the second of two that differ by three people, in every shape, and go on showing the first', async () => {
    const statusOf = await start()
    expect(await statusOf('to=2026-02-10')).to.equal('published')
    expect(await statusOf('to=2026-02-11')).to.equal('differencing')
    expect(await statusOf('to=2026-02-10')).to.equal('published')
    const [server] = servers
    const page = await createClient(server!.url).get(`/reports/${WAVE.id}?unit=q1&to=2026-02-11&lang=en`)
    expect(page.$('.report-lines').text()).to.include('beside a figure already shown it would tell of a few people')
    const csv = await createClient(server!.url).get(`/reports/${WAVE.id}/index.csv?unit=q1&to=2026-02-11`)
    expect(csv.text).to.match(/"?suppressed"?,"?differencing/)
  })

  it('remember over a restart what was shown', async () => {
    const first = await start()
    expect(await first('to=2026-02-11')).to.equal('published')
    await servers.shift()!.stop()
    const second = await start()
    expect(await second('to=2026-02-10')).to.equal('differencing')
    expect(await second('to=2026-02-11')).to.equal('published')
  })

  it('never show both when two servers are asked at once', async () => {
    const [one, other] = [await start(), await start()]
    const shown = await Promise.all([one('to=2026-02-10'), other('to=2026-02-11')])
    expect(shown).to.include('differencing')
  })
})
