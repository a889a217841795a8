/** The compiled server in a process of its own, as `npm start` runs it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { projectDir } from '../../../server/platform/paths.js'
import { compiledFile } from './compiled.js'

const TICKS_PER_SECOND = 100
const START_LIMIT_MS = 60_000
const POLL_MS = 5

export interface BenchServer {
  readonly host: string
  readonly port: number
  /** From the start of the process to the first `ready` of its health check. */
  readonly readyMs: number
  /** Processor time of all threads until then: on a busy machine the truer measure. */
  readonly readyCpuMs: number
  /** Processor seconds of all threads so far. */
  cpuSeconds(): number
  /** Memory that counts as the process's, pages of the database file included. */
  residentMb(): number
  /** Memory of its own: without pages of files, which the system lends and takes back. */
  anonymousMb(): number
  stop(): Promise<void>
}

/** Where a server of a bench keeps its data: a folder, or a database on a server. */
export interface Place {
  readonly dataDir: string
  readonly uri: string | undefined
}

export const SECRET = 'a secret that only the benchmark knows, 32 characters'

async function untilListening(child: ChildProcess, logFile: string): Promise<URL> {
  const limit = performance.now() + START_LIMIT_MS
  while (performance.now() < limit) {
    const url = /"url":"([^"]+)"[^\n]*"msg":"listening"/.exec(readFileSync(logFile, 'utf8'))?.[1]
    if (url) return new URL(url)
    if (child.exitCode !== null) break
    await sleep(POLL_MS)
  }
  throw new Error(`The server did not start:\n${readFileSync(logFile, 'utf8').slice(-2000)}`)
}

async function untilReady(url: URL): Promise<void> {
  while ((await fetch(new URL('/health/ready', url)).catch(() => null))?.status !== 200) await sleep(POLL_MS)
}

function readStat(pid: number): readonly string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

const statusMb = (pid: number, name: string): number => {
  const file = `/proc/${pid}/status`
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0) / 1024
}

/** Memory of a process without pages of files; 0 once it has ended. */
export const anonymousMbOf = (pid: number): number => statusMb(pid, 'RssAnon')

function cpuSecondsOf(pid: number): number {
  const [user, system] = [11, 12].map((place) => Number(readStat(pid)[place]))
  return (user! + system!) / TICKS_PER_SECOND
}

/** What `npm start` tells the engine of JavaScript. */
function startArgs(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(projectDir(), 'package.json'), 'utf8')) as {
    scripts: { start: string }
  }
  return scripts.start.match(/--max-\S+/g) ?? []
}

/**
 * Starts `dist/server/main.js` and waits until it is ready. Its log goes to a file beside the data, as behind a supervisor.
 *
 * @param nodeArgs for a profile, say: `--cpu-prof`
 * @throws {Error} when there is no build of the code as it stands, or it does not start
 */
export async function startServer(
  { dataDir, uri }: Place,
  env: Readonly<Record<string, string>> = {},
  nodeArgs: readonly string[] = [],
) {
  const main = compiledFile('main.js')
  if (main === null) throw new Error('There is no build to measure: run "npm run build" first')
  const logFile = join(dataDir, 'server.log')
  const log = openSync(logFile, 'w')
  const settings = {
    PATH: process.env.PATH,
    PORT: '0',
    SECRET,
    SECURE_COOKIES: 'false',
    DATA_DIR: join(dataDir, 'data'),
    ...(uri === undefined ? {} : { MONGODB_URI: uri }),
    ...env,
  }
  const start = performance.now()
  const child = spawn(process.execPath, [...startArgs(), ...nodeArgs, main], {
    env: settings,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const url = await untilListening(child, logFile)
  await untilReady(url)
  const readyMs = performance.now() - start
  const pid = child.pid!
  const readyCpuMs = 1000 * cpuSecondsOf(pid)
  const server: BenchServer = {
    host: url.hostname,
    port: Number(url.port),
    readyMs,
    readyCpuMs,
    cpuSeconds: () => cpuSecondsOf(pid),
    residentMb: () => statusMb(pid, 'VmRSS'),
    anonymousMb: () => anonymousMbOf(pid),
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
  return server
}
