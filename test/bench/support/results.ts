import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { judge, readBudgets } from './budgets.js'
import { type Calibration, load, machine } from './machine.js'
import type { Options } from './options.js'

/** Results that are kept, by bench. */
export const RESULTS_FILE = fileURLToPath(new URL('../results.json', import.meta.url))

/** What every kept result says of how it came about; the figures stand beside it. */
export interface Result {
  readonly measuredOn: string
  readonly machine: ReturnType<typeof machine>
  readonly calibration: Calibration
  /** Processes that wanted to run, over the last minute of the bench. */
  readonly load: number
  readonly [figure: string]: unknown
}
export type Results = Readonly<Record<string, Result>>

/** Everything kept so far; nothing at first. */
export function readResults(): Results {
  return existsSync(RESULTS_FILE) ? (JSON.parse(readFileSync(RESULTS_FILE, 'utf8')) as Results) : {}
}

/**
 * Prints a result with the day and the machine, and with `--save=yes` puts it in the place of the bench's last one in
 * `test/bench/results.json`.
 *
 * Sets the exit code when a figure is beyond its budget.
 */
export function saveResult(
  bench: string,
  figures: Readonly<Record<string, unknown>>,
  calibration: Calibration,
  options: Options,
): void {
  const budgets = judge(figures, readBudgets()[bench] ?? [], calibration)
  const result: Result = {
    measuredOn: new Date().toISOString().slice(0, 10),
    machine: machine(),
    calibration,
    load: load(),
    ...figures,
    budgets,
  }
  console.log(JSON.stringify(result, null, 2))
  for (const { figure, ratio, of, atLeast = 0, atMost = 'any' } of budgets.filter(({ isKept }) => !isKept)) {
    console.error(`${bench}: ${figure} (${of}) is ${ratio}, beyond its budget of ${atLeast} to ${atMost}`)
    process.exitCode = 1
  }
  if (options.text('save', 'no') !== 'yes') return
  writeFileSync(RESULTS_FILE, `${JSON.stringify({ ...readResults(), [bench]: result }, null, 2)}\n`)
}
