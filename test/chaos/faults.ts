/** What goes wrong in a round. Each fault happens under load, is mended, and shows that it did happen. */
import { rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Audit } from './city.js'
import type { Stage, StageKind } from './stage.js'
import { DOWN, ENDING, type HealthWatch, STARTING, UP, WITHOUT_DATABASE } from './support/health-watch.js'
import { readJournals, type Testimony } from './support/journal.js'
import type { Load } from './support/load-process.js'
import { untilReady } from './support/server-process.js'
import { until } from './support/until.js'
import type { WayMode } from './support/way.js'

/** What a fault may touch. */
export interface Scene extends Stage {
  readonly load: Load
  readonly watch: HealthWatch
  /** 0 to below 1, from the seed of the run. */
  readonly random: () => number
  readonly awayMs: number
  /** Starts citizens of their own, who also hold posts half sent. */
  startVictims(halves: number): { readonly load: Load; readonly journal: string }
}

export interface Fault {
  readonly name: string
  readonly stage: StageKind
  /** Whether citizens may be turned away for good: forms expire when the clock jumps. */
  readonly mayRefuse?: true
  /** Does it, and mends it; every server is ready when it returns. Returns how it is seen that it happened. */
  inject(scene: Scene): Promise<(audit: Audit) => boolean>
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MEGABYTE = 1_048_576
const MORE = 15
const happened = () => true
const LIMIT_MS = 120_000

async function restart({ servers, watch }: Scene, which: number): Promise<void> {
  watch.expect(which, STARTING)
  await servers[which]!.start()
  watch.expect(which, UP)
}

async function killServer(scene: Scene, which: number): Promise<void> {
  scene.watch.expect(which, null)
  await scene.servers[which]!.kill()
  scene.watch.expect(which, DOWN)
  await sleep(200 + scene.random() * 500)
}

const serverKilled: Fault = {
  name: 'server killed',
  stage: 'office',
  async inject(scene) {
    await killServer(scene, 0)
    await restart(scene, 0)
    return happened
  },
}

const clientKilled: Fault = {
  name: 'client killed mid-post',
  stage: 'office',
  async inject(scene) {
    const { load, journal } = scene.startVictims(5)
    const openPosts = ({ sent, acknowledged }: Testimony) => [...sent].filter((id) => !acknowledged.has(id)).length
    await load.untilReport('receipts of the victims', ({ acknowledged }) => acknowledged >= MORE)
    await until('posts under way', () => openPosts(readJournals([journal])) > 0, LIMIT_MS)
    await load.kill()
    const left = readJournals([journal])
    return () => left.halved.size === 5 && openPosts(left) > 0
  },
}

const engineCrashed: Fault = {
  name: 'engine thread crashed',
  stage: 'office',
  async inject(scene) {
    const server = scene.servers[0]!
    const stops = () => server.log().split('"msg":"stopping"').length
    const before = stops()
    scene.watch.expect(0, null)
    server.fault('crash')
    await until('the server noticed', () => stops() > before, LIMIT_MS)
    scene.watch.expect(0, ENDING)
    const code = await server.ended()
    scene.watch.expect(0, DOWN)
    await restart(scene, 0)
    return () => code === 1
  },
}

const serverStopped: Fault = {
  name: 'server stopped (SIGTERM)',
  stage: 'office',
  async inject(scene) {
    scene.watch.expect(0, null)
    const code = await scene.servers[0]!.stop()
    scene.watch.expect(0, DOWN)
    await restart(scene, 0)
    return () => code === 0
  },
}

const clockJumps: Fault = {
  name: 'clock jumps',
  stage: 'office',
  mayRefuse: true,
  async inject({ servers, load, random }) {
    for (const clockMs of [3 * HOUR_MS, -Math.round((1 + 6 * random()) * DAY_MS), 40 * DAY_MS, 0]) {
      servers[0]!.fault({ clockMs })
      await load.untilMore(MORE)
    }
    return ({ span }) => span !== null && span[1] - span[0] > 40 * DAY_MS
  },
}

const diskSlow: Fault = {
  name: 'disk slow',
  stage: 'office',
  async inject({ servers, load, random }) {
    servers[0]!.fault({ slowMs: 40 + Math.round(random() * 80) })
    await load.untilMore(MORE * 2)
    const slowed = servers[0]!.slowed()
    servers[0]!.fault({ slowMs: 0 })
    return () => slowed > 5
  },
}

const diskFull: Fault = {
  name: 'disk full',
  stage: 'small_disk',
  async inject({ diskDir, load, watch, servers }) {
    const filler = join(diskDir!, 'filler')
    const { bavail, bsize } = statfsSync(diskDir!)
    watch.expect(0, null)
    writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - MEGABYTE)))
    const refusals = () => load.answered('503 storage_full')
    await load.untilReport('refusals', () => refusals() > MORE)
    watch.expect(0, WITHOUT_DATABASE)
    const before = refusals()
    await load.untilReport('more refusals', () => refusals() > before + MORE)
    watch.expect(0, null)
    rmSync(filler)
    await untilReady(servers[0]!.url)
    watch.expect(0, UP)
    return happened
  },
}

const oneOfTwoKilled: Fault = {
  name: 'one of two servers killed',
  stage: 'cluster',
  async inject(scene) {
    await killServer(scene, 1)
    await scene.load.untilMore(MORE)
    await restart(scene, 1)
    return happened
  },
}

/** Takes the database away from all servers, waits, and gives it back. */
async function withoutDatabase(scene: Scene, take: () => Promise<void>, giveBack: () => Promise<void>) {
  const { servers, watch, load } = scene
  const all = (truth: Parameters<HealthWatch['expect']>[1]) => {
    for (const i of servers.keys()) watch.expect(i, truth)
  }
  all(null)
  await take()
  all(WITHOUT_DATABASE)
  await sleep(scene.awayMs)
  await load.untilReport('refusals', () => load.answered('503 not_ready') > 0)
  all(null)
  await giveBack()
  await Promise.all(servers.map(superviseUntilReady))
  all(UP)
}

/** Does what every supervisor does: a process that ended, since its driver lost the database for good, is started again. */
async function superviseUntilReady(server: Stage['servers'][number]): Promise<void> {
  let isReady = false
  const ready = untilReady(server.url).finally(() => {
    isReady = true
  })
  // One that ends in a later round is for that round's supervisor: two would start it twice, on one port.
  const restarted = server.ended(LIMIT_MS).then(
    () => (isReady ? undefined : server.start()),
    () => ready,
  )
  await Promise.race([ready, restarted])
}

const databaseAway = (name: string, mode: WayMode): Fault => ({
  name,
  stage: 'cluster',
  async inject(scene) {
    const set = (to: WayMode) => async () => scene.way!.set(to)
    await withoutDatabase(scene, set(mode), set('pass'))
    return happened
  },
})

const databaseKilled: Fault = {
  name: 'database killed',
  stage: 'cluster',
  async inject(scene) {
    const { database, way } = scene
    // A server of somebody else's is not ours to kill: its connections are cut at once instead.
    if (database) await withoutDatabase(scene, database.kill, database.start)
    else {
      way!.set('refuse')
      way!.set('pass')
      await Promise.all(scene.servers.map(superviseUntilReady))
    }
    return happened
  },
}

/** In the order of the rounds; the first ones are quick and need no more than any machine has. */
export const FAULTS: readonly Fault[] = [
  serverKilled,
  clientKilled,
  engineCrashed,
  oneOfTwoKilled,
  clockJumps,
  diskFull,
  databaseAway('database away (refused)', 'refuse'),
  serverStopped,
  diskSlow,
  databaseAway('database away (silent)', 'silent'),
  databaseKilled,
]
