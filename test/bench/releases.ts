/** Measures what a release costs: from the raw responses to the files that are signed, and the bundle on its way to an auditor. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from '../support/http-client.js'
import { makeAccount } from './reports-data.js'
import { calibrate, load } from './support/machine.js'
import { readOptions } from './support/options.js'
import { saveResult } from './support/results.js'
import { runScript } from './support/run-script.js'
import { type BenchServer, startServer } from './support/server-process.js'

const WAVE = 'sim-2024-web'
const WATCH_MS = 50
const SETTLE_MS = 3000
const POLL_MS = 250
const LIMIT_MS = 30 * 60_000

/** Runs something on a server and watches what memory of its own it takes. */
async function watched<Value>(server: BenchServer, work: () => Promise<Value>) {
  let mostHeldMb = server.anonymousMb()
  const watch = setInterval(() => {
    mostHeldMb = Math.max(mostHeldMb, server.anonymousMb())
  }, WATCH_MS)
  const [start, cpu] = [performance.now(), server.cpuSeconds()]
  try {
    const value = await work()
    const seconds = (performance.now() - start) / 1000
    return { value, seconds, cores: (server.cpuSeconds() - cpu) / seconds, mostHeldMb: Math.round(mostHeldMb) }
  } finally {
    clearInterval(watch)
  }
}

/** One wave of a year that is over, simulated into a folder unless that has been done there. */
async function ensureWave(dir: string, responses: number, seed: string): Promise<void> {
  const done = join(dir, 'loaded')
  if (existsSync(done)) return
  mkdirSync(dir, { recursive: true })
  console.error(`Simulating ${responses} responses of 2024 into ${dir}`)
  const what = ['--responses', String(responses), '--years', '2024', '--modes', 'web', '--seed', seed]
  await runScript('simulate', [...what, '--out', join(dir, 'truth')], { DATA_DIR: join(dir, 'data') })
  writeFileSync(done, '')
}

type Client = ReturnType<typeof createClient>

/** Drafts a release and waits for its contents. @returns the address of the bundle for auditors */
async function draft(client: Client): Promise<string> {
  const typed = { wave: WAVE, reason_vi: 'Đo tốc độ', reason_en: 'To measure' }
  const { status, location } = await client.send((await client.get('/release-desk')).$, 'main form', typed)
  if (status !== 303 || location === null) throw new Error(`No draft was begun: ${status}`)
  const end = performance.now() + LIMIT_MS
  while (performance.now() < end) {
    const href = (await client.get(location)).$('a[href$="audit-bundle.zip"]').attr('href')
    if (href !== undefined) return href
    await sleep(POLL_MS)
  }
  throw new Error('The draft was not computed')
}

/** Leaves room for the next draft of the wave. */
async function giveUp(client: Client, bundle: string): Promise<void> {
  const page = await client.get(bundle.slice(0, bundle.lastIndexOf('/')))
  const { status } = await client.send(page.$, 'form[action*="/reject"]', { note: 'Measured' })
  if (status !== 303) throw new Error(`The draft was not given up: ${status}`)
}

async function download(url: string, client: Client): Promise<number> {
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const answer = await fetch(url, { headers: { cookie, 'accept-encoding': 'identity' } })
  if (answer.status !== 200) throw new Error(`No bundle: ${answer.status}`)
  let bytes = 0
  for await (const chunk of answer.body!) bytes += (chunk as Uint8Array).length
  return bytes
}

async function measureSize(dir: string, responses: number, seed: string) {
  await ensureWave(dir, responses, seed)
  const { login, password } = await makeAccount(dir)
  const server = await startServer({ dataDir: dir, uri: undefined })
  try {
    const address = `http://${server.host}:${server.port}`
    const client = createClient(address)
    if ((await client.signIn(login, password)).status !== 303) throw new Error('Nobody could sign in for the bench')
    await sleep(SETTLE_MS)
    const idleMb = Math.round(server.anonymousMb())
    const { value: bundle, ...drafting } = await watched(server, () => draft(client))
    const { value: bytes, ...sending } = await watched(server, () => download(`${address}${bundle}`, client))
    const figures = {
      responses,
      idleMb,
      seconds: rounded(drafting.seconds),
      responsesPerSecond: Math.round(responses / drafting.seconds),
      cores: rounded(drafting.cores),
      mostHeldMb: drafting.mostHeldMb,
      bundleMb: rounded(bytes / 1e6),
      bundleMbPerSecond: rounded(bytes / 1e6 / sending.seconds),
      sendingHeldMb: sending.mostHeldMb,
      load: load(),
    }
    await giveUp(client, bundle)
    console.error(JSON.stringify(figures))
    return figures
  } finally {
    await server.stop()
  }
}

const rounded = (value: number) => Number(value.toFixed(1))

/**
 * Prints responses a second, memory and cores for drafting a release, by number of responses in its wave.
 *
 * @param args `--sizes=10000,100000` (with 1000000 for the largest), `--dir=PATH` keeps the simulated data between runs, `--seed=bench`
 */
export async function runReleasesBench(args: readonly string[]): Promise<void> {
  const options = readOptions(args, ['sizes', 'dir', 'seed'])
  const [calibration, kept, seed] = [calibrate(), options.text('dir', ''), options.text('seed', 'bench')]
  const base = kept === '' ? mkdtempSync(join(tmpdir(), 'releases-bench-')) : kept
  const sizes: Record<string, Awaited<ReturnType<typeof measureSize>>> = {}
  try {
    for (const responses of options.numbers('sizes', [10_000, 100_000]))
      sizes[responses] = await measureSize(join(base, String(responses)), responses, seed)
  } finally {
    if (kept === '') rmSync(base, { recursive: true, force: true })
  }
  saveResult('releases', { seed, sizes }, calibration, options)
}
