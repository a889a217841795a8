import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Options } from './options.js'

/** Results that are kept, by bench. */
export const RESULTS_FILE = fileURLToPath(new URL('../results.json', import.meta.url))

/** Everything kept so far; nothing at first. */
export function readResults(): Readonly<Record<string, unknown>> {
  return existsSync(RESULTS_FILE) ? (JSON.parse(readFileSync(RESULTS_FILE, 'utf8')) as Record<string, unknown>) : {}
}

/** Prints a result, and with `--save=yes` keeps it in `test/bench/results.json` with the day it was measured on. */
export function saveResult(bench: string, result: Readonly<Record<string, unknown>>, options: Options): void {
  const dated = { measuredOn: new Date().toISOString().slice(0, 10), ...result }
  console.log(JSON.stringify(dated, null, 2))
  if (options.text('save', 'no') !== 'yes') return
  writeFileSync(RESULTS_FILE, `${JSON.stringify({ ...readResults(), [bench]: dated }, null, 2)}\n`)
}
