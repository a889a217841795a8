/** A city of so many simulated responses in a folder, as the platform would have it after years. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openForSimulation } from '../../scripts/simulate/database-sink.js'
import { createAccountBook } from '../../server/features/accounts/index.js'
import { loadSurveys } from '../../server/features/survey-data/index.js'
import { buildIndexes, type Connection, openDatabase } from '../../server/platform/mongo/connect.js'
import { projectDir } from '../../server/platform/paths.js'
import { runScript } from './support/run-script.js'

/** Nobody has answered after this day: a start looks through what is newer than the last sweep, and the future always is. */
const UNTIL = '2026-11-01'

/** How the data came about. */
export interface LoadedData {
  /** Responses of the wave of 2026 that reports are about; the fifteen years before it together have as many. */
  readonly responses: number
  readonly seconds: number
  readonly responsesPerSecond: number
  readonly mostHeldMb: number
  /** Looking through all responses for such as were never counted, as the first start after a crash does. */
  readonly sweepSeconds: number
}

const dataDirOf = (dir: string) => join(dir, 'data')

async function withConnection<Result>(dir: string, work: (connection: Connection) => Promise<Result>): Promise<Result> {
  const database = await openDatabase({ uri: undefined, dataDir: dataDirOf(dir) })
  try {
    return await work(database.connection)
  } finally {
    await database.close()
  }
}

async function sweep(dir: string): Promise<number> {
  return withConnection(dir, async (connection) => {
    const { tallies } = openForSimulation(connection, loadSurveys(projectDir()))
    await buildIndexes(connection)
    const start = performance.now()
    await tallies.sweepUnmarked()
    return Math.round((performance.now() - start) / 100) / 10
  })
}

/** Simulates into a folder unless that has been done there: the wave of 2026, and 2011 to 2025 with as many responses. */
export async function ensureData(dir: string, responses: number, seed: string): Promise<LoadedData> {
  const done = join(dir, 'loaded.json')
  if (existsSync(done)) return JSON.parse(readFileSync(done, 'utf8')) as LoadedData
  mkdirSync(dir, { recursive: true })
  const [wave, before] = await loadYears(dir, responses, seed)
  const seconds = wave!.seconds + before!.seconds
  const loaded = {
    responses,
    seconds: Math.round(seconds),
    responsesPerSecond: Math.round((2 * responses) / seconds),
    mostHeldMb: Math.max(wave!.mostHeldMb, before!.mostHeldMb),
    sweepSeconds: await sweep(dir),
  }
  writeFileSync(done, `${JSON.stringify(loaded)}\n`)
  return loaded
}

async function loadYears(dir: string, responses: number, seed: string) {
  const runs: Awaited<ReturnType<typeof runScript>>[] = []
  for (const years of ['2026', '2011-2025']) {
    console.error(`Simulating ${responses} responses of ${years} into ${dir}`)
    const what = [
      '--responses',
      String(responses),
      '--years',
      years,
      '--until',
      UNTIL,
      '--modes',
      'web',
      '--seed',
      seed,
    ]
    const out = ['--out', join(dir, `truth-${years}`)]
    runs.push(await runScript('simulate', [...what, ...out], { DATA_DIR: dataDirOf(dir) }))
  }
  return runs
}

/** An analyst's account of the bench alone. */
export function makeAccount(dir: string): Promise<{ readonly login: string; readonly password: string }> {
  return withConnection(dir, async (connection) => {
    const book = createAccountBook({ connection, services: { byCode: () => undefined }, now: () => new Date() })
    await buildIndexes(connection)
    const login = `bench${Date.now()}`
    const password = 'nobody else has this one: bench'
    const outcome = await book.createAccount({ login, name: 'Bench', role: 'analyst', password })
    if (outcome.kind !== 'created') throw new Error(`No account for the bench: ${outcome.kind}`)
    return { login, password }
  })
}

/** Counts every wave anew from its responses, as `npm run recount` does. */
export async function recount(dir: string, { responses }: LoadedData) {
  const ran = await runScript('recount', [], { DATA_DIR: dataDirOf(dir) })
  return { ...ran, responsesPerSecond: Math.round((2 * responses) / ran.seconds) }
}
