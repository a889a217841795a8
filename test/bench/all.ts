/** Runs the benches of the README one after the other, each in a process of its own, keeps the results and writes the README. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { readOptions } from './support/options.js'

const RUN = fileURLToPath(new URL('run.ts', import.meta.url))
const BENCHES = ['intake', 'truth', 'reports', 'releases'] as const

/** Small runs, to see that all of them work. */
const QUICK: Readonly<Record<(typeof BENCHES)[number], readonly string[]>> = {
  intake: ['--seconds=3'],
  truth: ['--coverage-runs=2', '--per-unit=30', '--gap-runs=3'],
  reports: ['--sizes=1000,10000', '--runs=3'],
  releases: ['--sizes=1000'],
}

function run(name: string, args: readonly string[]): boolean {
  const start = performance.now()
  const { status } = spawnSync(process.execPath, ['--import=tsx', RUN, name, ...args], { stdio: 'inherit' })
  console.error(`${name}: ${Math.round((performance.now() - start) / 1000)} s, ${status === 0 ? 'done' : 'FAILED'}`)
  return status === 0
}

/** @param args `--quick=yes` for small runs whose results are not kept */
export async function runAllBenches(args: readonly string[]): Promise<void> {
  const isQuick = readOptions(args, ['quick']).text('quick', 'no') === 'yes'
  const failed = BENCHES.filter((name) => !run(name, isQuick ? QUICK[name] : ['--save=yes']))
  if (!isQuick) run('readme', [])
  if (failed.length > 0) {
    console.error(`Failed, or beyond its budget: ${failed.join(', ')}`)
    process.exitCode = 1
  }
}
