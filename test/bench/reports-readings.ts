/** What an analyst reads, timed on a server of its own for each kind. */
import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from '../support/http-client.js'
import { quantiles } from './support/quantiles.js'
import { type BenchServer, startServer } from './support/server-process.js'

const WAVE = 'sim-2026-web'
/** Readings whose time must not grow with the number of responses. */
export const READINGS = {
  cityPage: `/reports/${WAVE}`,
  cityJson: `/api/v1/waves/${WAVE}/index`,
  agencyPage: `/reports/${WAVE}?unit=p-sai-gon`,
  seriesByWave: '/api/v1/series?mode=web',
  seriesByMonth: '/api/v1/series?mode=web&by=month',
  agencySeries: '/api/v1/series?mode=web&by=month&map=mapped&unit=p-sai-gon',
} as const
export type Reading = keyof typeof READINGS

/** Until a server just started is at rest. */
const SETTLE_MS = 5000

const addressOf = ({ host, port }: BenchServer) => `http://${host}:${port}`

/** The cookie of an analyst who has signed in; sessions outlive the server. */
export async function signIn(dir: string, { login, password }: { readonly login: string; readonly password: string }) {
  const server = await startServer({ dataDir: dir, uri: undefined })
  try {
    const client = createClient(addressOf(server))
    const { status } = await client.signIn(login, password)
    if (status !== 303) throw new Error(`Nobody could sign in for the bench: ${status}`)
    return [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  } finally {
    await server.stop()
  }
}

async function read(server: BenchServer, path: string, cookie: string): Promise<{ ms: number; bytes: number }> {
  const start = performance.now()
  const answer = await fetch(`${addressOf(server)}${path}`, { headers: { cookie }, redirect: 'manual' })
  const body = await answer.arrayBuffer()
  if (answer.status !== 200) {
    throw new Error(`GET ${path}: ${answer.status} ${Buffer.from(body).toString('utf8').slice(0, 300)}`)
  }
  return { ms: performance.now() - start, bytes: body.byteLength }
}

const rounded = (value: number, digits = 1) => Number(value.toFixed(digits))
const memoryOf = (server: BenchServer) => ({
  residentMb: rounded(server.residentMb(), 0),
  ownMb: rounded(server.anonymousMb(), 0),
})

/** One kind of reading on a server just started: the first time, then over and over. */
export async function measureReading(dir: string, reading: Reading, cookie: string, runs: number) {
  const server = await startServer({ dataDir: dir, uri: undefined })
  try {
    await sleep(SETTLE_MS)
    const idle = memoryOf(server)
    const [path, times] = [READINGS[reading], new Float64Array(runs)]
    const cpu = server.cpuSeconds()
    const first = await read(server, path, cookie)
    const between = server.cpuSeconds()
    for (let run = 0; run < runs; run++) times[run] = (await read(server, path, cookie)).ms
    return {
      readyMs: rounded(server.readyMs, 0),
      readyCpuMs: rounded(server.readyCpuMs, 0),
      idle,
      afterRestartMs: rounded(first.ms),
      afterRestartCpuMs: rounded(1000 * (between - cpu)),
      warm: quantiles(times),
      warmCpuMs: rounded((1000 * (server.cpuSeconds() - between)) / runs),
      bytes: first.bytes,
      after: memoryOf(server),
    }
  } finally {
    await server.stop()
  }
}
