/** Measures reports over many responses: time warm and after a restart, memory, readiness, and a full recount. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureData, makeAccount, recount } from './reports-data.js'
import { measureReading, READINGS, type Reading, signIn } from './reports-readings.js'
import { calibrate, load } from './support/machine.js'
import { type Options, readOptions } from './support/options.js'
import { saveResult } from './support/results.js'

type Measured = Awaited<ReturnType<typeof measureReading>>
type Readings = Readonly<Partial<Record<Reading, Measured>>>

const NAMES = Object.keys(READINGS) as Reading[]

async function measureSize(dir: string, responses: number, options: Options) {
  const loaded = await ensureData(dir, responses, options.text('seed', 'bench'))
  const cookie = await signIn(dir, await makeAccount(dir))
  const readings: [Reading, Measured][] = []
  const wanted = options.text('readings', NAMES.join(',')).split(',')
  for (const reading of NAMES.filter((name) => wanted.includes(name))) {
    const measured = await measureReading(dir, reading, cookie, options.number('runs', 20))
    console.error(responses, reading, JSON.stringify(measured))
    readings.push([reading, measured])
  }
  const recounted = options.text('recount', 'yes') === 'yes' ? { recount: await recount(dir, loaded) } : {}
  return { loaded, ...(Object.fromEntries(readings) as Readings), ...recounted, load: load() }
}

type Sized = Awaited<ReturnType<typeof measureSize>>

interface Growth {
  readonly ratio: number
  /** The same of processor time, which others on the machine do not change. */
  readonly cpuRatio: number
  /** Of the ratio: 0 is flat, 1 in proportion to the responses. */
  readonly slope: number
}

/** Growth of the warm time from one size to the next. */
function growthOf(sizes: readonly Sized[], reading: Reading): Readonly<Record<string, Growth>> {
  const steps = sizes.slice(1).map((after, i) => {
    const [from, to] = [sizes[i]![reading], after[reading]]
    if (from === undefined || to === undefined) return []
    const ratio = to.warm.p50Ms / from.warm.p50Ms
    const slope = Math.log(ratio) / Math.log(after.loaded.responses / sizes[i]!.loaded.responses)
    const growth = { ratio: rounded(ratio), cpuRatio: rounded(to.warmCpuMs / from.warmCpuMs), slope: rounded(slope) }
    return [[`to${after.loaded.responses}`, growth] as const]
  })
  return Object.fromEntries(steps.flat())
}

const rounded = (value: number) => Number(value.toFixed(3))

const AIM_AT = 1_000_000

/** The aims, which are set for a million responses; empty where so many were not measured. */
function aimsOf(sizes: readonly Sized[], growth: Readonly<Record<string, Growth>>) {
  const page = sizes.find(({ loaded }) => loaded.responses === AIM_AT)?.cityPage
  if (page === undefined) return []
  const aims = [
    ['city page, warm, median ms', page.warm.p50Ms, 100],
    ['city page, first after a restart, ms', page.afterRestartMs, 1000],
    ['city page, warm, to a tenth of the responses', growth[`to${AIM_AT}`]?.ratio, 1.5],
    ['ready after npm start, ms', page.readyMs, 1000],
    ['idle, resident, MB', page.idle.residentMb, 200],
  ] as const
  return aims.flatMap(([aim, is, below]) => (is === undefined ? [] : [{ aim, is, below, isMet: is < below }]))
}

const OPTIONS = ['sizes', 'readings', 'dir', 'runs', 'recount', 'seed']

/**
 * Prints times, memory and growth by number of responses.
 *
 * @param args `--sizes=10000,100000,1000000` (with 5000000 for the largest), `--dir=PATH` keeps the simulated data between runs
 * (else they are removed), `--readings=cityPage,…`, `--runs=20`, `--recount=no`, `--seed=bench`
 */
export async function runReportsBench(args: readonly string[]): Promise<void> {
  const options = readOptions(args, OPTIONS)
  const calibration = calibrate()
  const kept = options.text('dir', '')
  const base = kept === '' ? mkdtempSync(join(tmpdir(), 'reports-bench-')) : kept
  const sizes: Sized[] = []
  try {
    for (const responses of options.numbers('sizes', [10_000, 100_000, 1_000_000])) {
      sizes.push(await measureSize(join(base, String(responses)), responses, options))
    }
  } finally {
    if (kept === '') rmSync(base, { recursive: true, force: true })
  }
  const growth = Object.fromEntries(NAMES.map((reading) => [reading, growthOf(sizes, reading)]))
  const bySize = Object.fromEntries(sizes.map((size) => [size.loaded.responses, size]))
  const figures = {
    seed: options.text('seed', 'bench'),
    aims: aimsOf(sizes, growth.cityPage ?? {}),
    sizes: bySize,
    growth,
  }
  saveResult('reports', figures, calibration, options)
}
