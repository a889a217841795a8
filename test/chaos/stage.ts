/** Where rounds take place: an office with the embedded engine, one with hardly any disk, or two servers on one database. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import type { NetConnectOpts } from 'node:net'
import { join } from 'node:path'
import { dropDatabase } from '../bench/support/drop-database.js'
import { withDatabase } from '../support/test-database.js'
import { type City, foundCity, type Settings } from './city.js'
import { type DatabaseProcess, startDatabase } from './support/database-process.js'
import { prepareServer, type ServerProcess } from './support/server-process.js'
import { startWay, type Way } from './support/way.js'

export type StageKind = 'office' | 'small_disk' | 'cluster'

export interface Stage {
  readonly city: City
  /** Leads to the database itself, beside any way that can be cut. */
  readonly settings: Settings
  readonly servers: readonly ServerProcess[]
  /** Cluster only: the way to the database. */
  readonly way?: Way
  /** Cluster only, where the database is a process of this run. */
  readonly database?: DatabaseProcess
  /** Small disk only: the folder of that disk. */
  readonly diskDir?: string
  /** Journals of all rounds here. */
  readonly journals: string[]
  /** Ends everything. @throws {Error} when a server does not stop as it should */
  close(): Promise<void>
}

const SMALL_DISK_MB = 96
const COMMON = {
  SECRET: 'a secret that only the chaos run knows, 32 characters',
  SECURE_COOKIES: 'false',
  INTAKE_POSTS_PER_MINUTE: '1000000',
}

async function stopAll(servers: readonly ServerProcess[]): Promise<void> {
  const running = servers.filter((server) => server.isRunning())
  const codes = await Promise.all(running.map((server) => server.stop()))
  if (codes.some((code) => code !== 0)) throw new Error(`Servers stopped with ${codes.join(' and ')}`)
}

const settingsFor = (dataDir: string, uri = ''): Settings => ({ MONGODB_URI: uri, DATA_DIR: dataDir })

async function openOffice(dir: string): Promise<Stage> {
  const settings = settingsFor(join(dir, 'data'))
  const city = await foundCity(settings)
  const servers = [await prepareServer({ ...COMMON, ...settings }, join(dir, 'server.log'))]
  return { city, settings, servers, journals: [], close: () => stopAll(servers) }
}

/** Mounts a file system of its own in memory; needs the right to. */
async function openSmallDisk(dir: string): Promise<Stage> {
  const diskDir = join(dir, 'disk')
  mkdirSync(diskDir)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SMALL_DISK_MB}m`, 'tmpfs', diskDir], { stdio: 'pipe' })
  const settings = settingsFor(join(diskDir, 'data'))
  const unmount = () => void execFileSync('umount', ['--lazy', diskDir])
  try {
    const city = await foundCity(settings)
    const servers = [await prepareServer({ ...COMMON, ...settings }, join(dir, 'server.log'))]
    const close = () => stopAll(servers).finally(unmount)
    return { city, settings, servers, journals: [], diskDir, close }
  } catch (error) {
    unmount()
    throw error
  }
}

/** Host and port of the one server that an address names. */
function placeOf(uri: string): NetConnectOpts {
  const [, host = '', port = '27017'] = /^mongodb:\/\/([^:/?,@]+)(?::(\d+))?(?:[/?]|$)/.exec(uri) ?? []
  if (host === '') throw new Error('The chaos run needs a MONGODB_URI that names one server, without a password')
  return { host, port: Number(port) }
}

async function openCluster(dir: string, serverUri: string | undefined): Promise<Stage> {
  const name = `city_test_chaos_${process.pid}`
  const database = serverUri === undefined ? await startDatabase(join(dir, 'database')) : undefined
  const target = serverUri === undefined ? { path: database!.socket } : placeOf(serverUri)
  const direct = withDatabase(serverUri ?? database!.uri, name)
  const settings = settingsFor(dir, direct)
  const city = await foundCity(settings)
  const way = await startWay(target)
  const env = { ...COMMON, MONGODB_URI: `mongodb://127.0.0.1:${way.port}/${name}?directConnection=true` }
  const servers = [
    await prepareServer(env, join(dir, 'server-1.log')),
    await prepareServer(env, join(dir, 'server-2.log')),
  ]
  const close = async () => {
    await stopAll(servers).finally(way.close)
    if (database) await database.stop()
    else await dropDatabase(direct)
  }
  return { city, settings, servers, journals: [], way, ...(database ? { database } : {}), close }
}

/**
 * Opens a stage in a folder of its own.
 *
 * @param serverUri a MongoDB server for the cluster; undefined: the embedded engine in a process of its own plays it
 */
export async function openStage(kind: StageKind, dir: string, serverUri: string | undefined): Promise<Stage> {
  if (existsSync(dir)) rmSync(dir, { recursive: true })
  mkdirSync(dir, { recursive: true })
  if (kind === 'office') return openOffice(dir)
  return kind === 'small_disk' ? openSmallDisk(dir) : openCluster(dir, serverUri)
}
