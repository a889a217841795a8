import { closeSync, fdatasyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'

const versionOf = (name: string): string => {
  const file = new URL(`../../../node_modules/${name}/package.json`, import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

/** What a measurement was made on. */
export function machine() {
  const cpu = cpus()
  return {
    cpu: cpu[0]?.model ?? 'unknown',
    cores: cpu.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    lmdb: versionOf('lmdb'),
    express: versionOf('express'),
    mongoose: versionOf('mongoose'),
  }
}

/** How busy the machine is: mean number of processes that want to run, over the last minute. */
export const load = (): number => Math.round(loadavg()[0]! * 10) / 10

/** What the machine can do at the moment, by which a result is divided to compare it with another machine's. */
export interface Calibration {
  /** Million steps of a fixed loop in a second of processor time: others on the machine do not change it much. */
  readonly loopMegaSteps: number
  /** Syncs to disk a second of one small file. */
  readonly syncsPerSecond: number
}

const LOOP_STEPS = 60_000_000
const SYNC_SECONDS = 1

function loopMegaSteps(): number {
  const start = process.cpuUsage()
  let word = 1
  for (let i = 0; i < LOOP_STEPS; i++) word = (Math.imul(word, 1664525) + i) | 0
  const { user, system } = process.cpuUsage(start)
  const seconds = (user + system) / 1e6
  // The word goes into the result, lest the loop be left out.
  return LOOP_STEPS / 1e6 / seconds + (word === 0.5 ? 1 : 0)
}

function syncsPerSecond(): number {
  const dir = mkdtempSync(join(tmpdir(), 'bench-sync-'))
  const file = openSync(join(dir, 'probe'), 'w')
  const page = Buffer.alloc(4096, 1)
  let count = 0
  const start = performance.now()
  while (performance.now() - start < SYNC_SECONDS * 1000) {
    writeSync(file, page, 0, page.length, 0)
    fdatasyncSync(file)
    count += 1
  }
  const perSecond = count / ((performance.now() - start) / 1000)
  closeSync(file)
  rmSync(dir, { recursive: true })
  return perSecond
}

/** Measures the machine itself; the best of three loops, since others can only slow it down. */
export function calibrate(): Calibration {
  loopMegaSteps()
  const best = Math.max(loopMegaSteps(), loopMegaSteps(), loopMegaSteps())
  return { loopMegaSteps: Math.round(best), syncsPerSecond: Math.round(syncsPerSecond()) }
}
