/** Measures intake from another process, over real HTTP, durably: the API and the citizen's form. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withDatabase } from '../support/test-database.js'
import { type IntakeWave, openIntakeWave } from './intake-cases.js'
import { apiWay, onePageWay, pageByPageWay, type Way } from './intake-ways.js'
import { dropDatabase } from './support/drop-database.js'
import { openConnection } from './support/http-lines.js'
import { calibrate, load } from './support/machine.js'
import { type Options, readOptions } from './support/options.js'
import { quantiles } from './support/quantiles.js'
import { saveResult } from './support/results.js'
import { type BenchServer, type Place, startServer } from './support/server-process.js'

/** What one way in does. */
export interface IntakeFigures {
  readonly completedPerSecond: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly requestsPerResponse: number
  readonly bytesPerResponse: number
  readonly largestPageBytes: number
  /** Processor time of the server, all threads, per completed response. */
  readonly serverCpuMs: number
  /** The same of the sender, which runs on the same machine. */
  readonly senderCpuMs: number
  readonly load: number
}

const WARM_UP_SECONDS = 3

/** Senders that each complete one response after the other, for some seconds. */
async function drive(server: BenchServer, way: Way, connections: number, seconds: number) {
  const opened = await Promise.all(Array.from({ length: connections }, () => openConnection(server.host, server.port)))
  const times: number[] = []
  const totals = { requests: 0, bytes: 0, largest: 0 }
  let number = 0
  const end = performance.now() + seconds * 1000
  await Promise.all(
    opened.map(async (connection) => {
      while (performance.now() < end) {
        const start = performance.now()
        const { requests, bytes, largestBytes } = await way(connection, number++)
        times.push(performance.now() - start)
        totals.requests += requests
        totals.bytes += bytes
        totals.largest = Math.max(totals.largest, largestBytes)
      }
    }),
  )
  for (const connection of opened) connection.close()
  return { times, totals }
}

async function measure(server: BenchServer, way: Way, connections: number, seconds: number): Promise<IntakeFigures> {
  await drive(server, way, connections, Math.min(WARM_UP_SECONDS, seconds))
  const [serverBefore, senderBefore, start] = [server.cpuSeconds(), process.cpuUsage(), performance.now()]
  const { times, totals } = await drive(server, way, connections, seconds)
  const elapsed = (performance.now() - start) / 1000
  const sender = process.cpuUsage(senderBefore)
  const count = times.length
  return {
    completedPerSecond: Math.round((count / elapsed) * 10) / 10,
    ...quantiles(Float64Array.from(times)),
    requestsPerResponse: Math.round((totals.requests / count) * 10) / 10,
    bytesPerResponse: Math.round(totals.bytes / count),
    largestPageBytes: totals.largest,
    serverCpuMs: Math.round(((server.cpuSeconds() - serverBefore) * 100_000) / count) / 100,
    senderCpuMs: Math.round((sender.user + sender.system) / 10 / count) / 100,
    load: load(),
  }
}

const WAYS: readonly (readonly [name: string, form: 'citizen' | 'counter', (wave: IntakeWave) => Way])[] = [
  ['apiCitizen', 'citizen', apiWay],
  ['onePageCitizen', 'citizen', onePageWay],
  ['pageByPageCitizen', 'citizen', pageByPageWay],
  ['apiCounter', 'counter', apiWay],
  ['onePageCounter', 'counter', onePageWay],
]

async function measureWay(place: Place, options: Options, [name, form, toWay]: (typeof WAYS)[number]) {
  const wave = await openIntakeWave(place, form, options.text('seed', 'bench'))
  const server = await startServer(place, { INTAKE_POSTS_PER_MINUTE: '1000000' })
  try {
    const figures = await measure(server, toWay(wave), options.number('connections', 32), options.number('seconds', 60))
    console.error(name, JSON.stringify(figures))
    return [name, figures] as const
  } finally {
    await server.stop()
  }
}

async function measureAll(options: Options, uri: string | undefined): Promise<Readonly<Record<string, IntakeFigures>>> {
  const wanted = options.text('ways', WAYS.map(([name]) => name).join(',')).split(',')
  const figures: Record<string, IntakeFigures> = {}
  for (const way of WAYS.filter(([name]) => wanted.includes(name))) {
    const dataDir = mkdtempSync(join(options.text('dir', tmpdir()), 'intake-bench-'))
    const own = uri && withDatabase(uri, `intake_bench_${process.pid}`)
    try {
      const [name, measured] = await measureWay({ dataDir, uri: own }, options, way)
      figures[name] = measured
    } finally {
      if (own) await dropDatabase(own)
      rmSync(dataDir, { recursive: true, force: true })
    }
  }
  return figures
}

/**
 * Prints, for each way in, completed responses a second with times and costs; with `MONGODB_URI` also on that server.
 *
 * @param args `--seconds=60`, `--connections=32`, `--ways=apiCitizen,onePageCitizen,…`, `--dir=PATH`, `--seed=TEXT`
 */
export async function runIntakeBench(args: readonly string[]): Promise<void> {
  const options = readOptions(args, ['seconds', 'connections', 'ways', 'dir', 'seed'])
  const calibration = calibrate()
  const embedded = await measureAll(options, undefined)
  const uri = process.env.MONGODB_URI
  const onServer = uri ? { server: await measureAll(options, uri) } : {}
  const seconds = options.number('seconds', 60)
  const seed = options.text('seed', 'bench')
  saveResult('intake', { seed, seconds, embedded, ...onServer }, calibration, options)
}
