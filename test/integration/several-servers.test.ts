import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import { openForSimulation } from '../../scripts/simulate/database-sink.js'
import { loadSurveys } from '../../server/features/survey-data/index.js'
import { type Database, openDatabase } from '../../server/platform/mongo/connect.js'
import { projectDir } from '../../server/platform/paths.js'
import { ANALYST, type City, foundCity } from '../chaos/city.js'
import { CITY } from '../support/builders.js'
import { createClient } from '../support/http-client.js'
import { type ServerProcess, startServerProcess } from '../support/server-process.js'
import { startSharedDatabase } from '../support/shared-database.js'
import { ownDatabase } from '../support/test-database.js'

const START_LIMIT_MS = 180_000
const POSTS = 40
const TRIES = 3

describe('several server processes on one database', function () {
  this.timeout(START_LIMIT_MS)
  let shared: Awaited<ReturnType<typeof startSharedDatabase>>
  let city: City
  let database: Database
  let servers: ServerProcess[]
  let [here, there] = ['', '']

  before(async () => {
    shared = await startSharedDatabase()
    city = await foundCity({ MONGODB_URI: shared.uri, DATA_DIR: '' })
    database = await openDatabase({ uri: shared.uri, dataDir: '' })
    const env = {
      MONGODB_URI: shared.uri,
      INTAKE_POSTS_PER_MINUTE: String(POSTS),
      SIGN_IN_TRIES_PER_QUARTER_HOUR: String(TRIES),
    }
    servers = [startServerProcess(env), startServerProcess(env)]
    ;[here, there] = (await Promise.all(servers.map(({ url }) => url))) as [string, string]
  })
  after(async () => {
    const codes = await Promise.all((servers ?? []).map((server) => server.stop()))
    await database?.connection.dropDatabase()
    await database?.close()
    await shared?.stop()
    expect(codes).to.deep.equal([0, 0])
  })

  const post = (url: string, submissionId: string = randomUUID()) =>
    fetch(`${url}/api/v1/responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ submissionId, ...city.cases[0]!.body }),
    })
  const read = (url: string) =>
    fetch(`${url}/api/v1/waves/${city.waveId}/index`, { headers: { authorization: `Bearer ${city.token}` } })

  /** A minute in which the next seconds lie whole, so that no limit begins anew meanwhile. */
  async function earlyInMinute(): Promise<void> {
    const left = 60_000 - (Date.now() % 60_000)
    if (left < 30_000) await new Promise((resolve) => setTimeout(resolve, left))
  }

  it('sweep for uncounted responses once when they start together', async () => {
    const sweeps = () => servers.map(({ log }) => log().split('"msg":"swept for uncounted responses"').length - 1)
    while (sweeps().every((count) => count === 0)) await new Promise((resolve) => setTimeout(resolve, 50))
    // The other one looks again after five seconds and finds it done.
    await new Promise((resolve) => setTimeout(resolve, 6000))
    expect(sweeps().sort()).to.deep.equal([0, 1])
  })

  it('let who signed in at one read at the other, and no more once he signed out there', async () => {
    const clients = [createClient(here), createClient(there)] as const
    await clients[0].signIn(ANALYST.login, ANALYST.password)
    for (const [name, value] of clients[0].cookies) clients[1].cookies.set(name, value)
    const page = await clients[1].get('/reports')
    expect([(await clients[0].get('/reports')).status, page.status]).to.deep.equal([200, 200])
    await clients[1].send(page.$, 'header form')
    expect((await clients[0].get('/reports')).status).to.equal(303)
  })

  it('give one sender one allowance of wrong passwords', async () => {
    await earlyInMinute()
    const statuses: number[] = []
    for (let i = 0; i <= TRIES; i += 1) {
      statuses.push((await createClient(i % 2 === 0 ? here : there).signIn(ANALYST.login, `sai lần ${i}`)).status)
    }
    expect(statuses).to.deep.equal([...Array(TRIES).fill(422), 429])
  })

  it('take in a case once that is sent to both at once, count while they store, and agree with a recount', async () => {
    const ids = Array.from({ length: POSTS / 4 }, () => randomUUID())
    const reading = Promise.all([read(here), read(there), read(here), read(there)])
    const statuses = await Promise.all(ids.flatMap((id) => [post(here, id), post(there, id)]))
    expect(statuses.map(({ status }) => status).sort()).to.deep.equal([
      ...Array(ids.length).fill(200),
      ...Array(ids.length).fill(201),
    ])
    expect((await reading).map(({ status }) => status)).to.deep.equal([200, 200, 200, 200])
    const { responses, tallies } = openForSimulation(database.connection, loadSurveys(projectDir()))
    const stored: string[] = []
    for await (const { submissionId } of responses.streamWave(CITY, city.waveId)) stored.push(submissionId)
    expect(stored.sort()).to.deep.equal([...ids].sort())
    const reports = await Promise.all([read(here), read(there)].map(async (answer) => (await answer).json()))
    expect(reports[0]).to.deep.equal(reports[1])
    const { responseCount, differences } = await tallies.recount(city.waveId)
    expect([responseCount, differences]).to.deep.equal([ids.length, []])
  })

  it('give one address one allowance of posts', async () => {
    await earlyInMinute()
    const statuses: number[] = []
    for (let i = 0; i < POSTS + 4; i += 1) statuses.push((await post(i % 2 === 0 ? here : there)).status)
    // Some of the minute may have been used before.
    const refusedFrom = statuses.indexOf(429)
    expect(refusedFrom).to.be.within(1, POSTS)
    expect(statuses.slice(refusedFrom).every((status) => status === 429)).to.equal(true)
  })
})

describe('a second server on the folder of an embedded engine', function () {
  this.timeout(START_LIMIT_MS)

  it('is refused, and told who has it', async () => {
    const { dataDir, removeFolder } = ownDatabase()
    const first = startServerProcess({ DATA_DIR: dataDir })
    await first.url
    const second = startServerProcess({ DATA_DIR: dataDir })
    const said = await second.url.then(
      () => 'it started',
      (error: Error) => error.message,
    )
    expect(said).to.match(/Data folder .* is in use by process \d+ on host/)
    expect(await first.stop()).to.equal(0)
    removeFolder()
  })
})
