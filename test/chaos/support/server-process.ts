/** The compiled server in a process of its own that can be killed, on a port that it keeps. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../../scripts/demo/free-port.js'
import { projectDir } from '../../../server/platform/paths.js'
import { until } from './until.js'

const MAIN = fileURLToPath(new URL('../../../server/main.js', import.meta.url))
const FAULTS = join(projectDir(), 'test/chaos/faults.cjs')
const HOST = '127.0.0.1'
/** Below those that systems give to outgoing connections: one of them could take the port of a server that is down. */
const FIRST_PORT = 20_000
const PORTS = 10_000
const START_LIMIT_MS = 180_000
const END_LIMIT_MS = 60_000
const LINES_SHOWN = 2500

/** What the chaos run can ask of a running server; see `faults.cjs`. */
export type FaultMessage = { readonly clockMs: number } | { readonly slowMs: number } | 'crash'

export interface ServerProcess {
  readonly url: string
  /** Starts it and waits until it is ready. */
  start(): Promise<void>
  /** `kill -9`; waits until it is gone. */
  kill(): Promise<void>
  /** SIGTERM; gives the exit code. */
  stop(): Promise<number | null>
  fault(message: FaultMessage): void
  /** Commits that were slowed since the start. */
  slowed(): number
  /** Everything it has logged, over all its starts. */
  log(): string
  isRunning(): boolean
  /** Waits until it ends by itself; rejected when it does not within the limit. */
  ended(limitMs?: number): Promise<number | null>
}

const isReady = (url: string) =>
  fetch(`${url}/health/ready`, { headers: { connection: 'close' } }).then(
    ({ status }) => status === 200,
    () => false,
  )

/** Waits until a server says that it is ready. */
export const untilReady = (url: string) => until(`${url} ready`, () => isReady(url), START_LIMIT_MS)

/** Prepares a server; nothing runs yet. */
export async function prepareServer(env: Readonly<Record<string, string>>, logFile: string): Promise<ServerProcess> {
  const port = await freePort(FIRST_PORT + Math.floor(Math.random() * PORTS), HOST)
  const url = `http://${HOST}:${port}`
  let child: ChildProcess | undefined
  let exited: Promise<number | null> = Promise.resolve(null)
  let slowed = 0

  const log = () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '')
  const ended = async (limitMs = END_LIMIT_MS) => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`The server at ${url} does not end`)), limitMs).unref()
    })
    return Promise.race([exited, late]).finally(() => clearTimeout(timer))
  }
  return {
    url,
    log,
    ended,
    isRunning: () => child !== undefined && child.exitCode === null && child.signalCode === null,
    slowed: () => slowed,
    fault: (message) => void child?.send(message),
    async start() {
      slowed = 0
      const output = openSync(logFile, 'a')
      const settings = { PATH: process.env.PATH, HOME: process.env.HOME, HOST, PORT: String(port), ...env }
      const started = spawn(process.execPath, ['--require', FAULTS, MAIN], {
        env: settings,
        stdio: ['ignore', output, output, 'ipc'],
      })
      closeSync(output)
      child = started
      exited = once(started, 'exit').then(([code]) => code as number | null)
      started.on('message', () => {
        slowed += 1
      })
      await until(
        `the server at ${url} ready`,
        async () => {
          if (started.exitCode !== null) throw new Error(`The server did not start:\n${log().slice(-LINES_SHOWN)}`)
          return isReady(url)
        },
        START_LIMIT_MS,
      )
    },
    async kill() {
      child?.kill('SIGKILL')
      await ended()
    },
    async stop() {
      child?.kill('SIGTERM')
      return ended()
    },
  }
}
