/**
 * `npm run chaos -- [--rounds=30] [--seed=TEXT] [--away-seconds=30] [--only=PART OF A NAME] [--keep=yes]`: breaks things under load and counts
 * what is lost. With `MONGODB_URI` the rounds of two servers take place on that server, in a database of their own.
 * Exits with 1 when anything was lost, doubled, miscounted, left hanging or told untruly.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '../../scripts/simulate/random.js'
import { readOptions } from '../bench/support/options.js'
import { FAULTS, type Fault } from './faults.js'
import { type RoundResult, runRound } from './round.js'
import { openStage, type Stage, type StageKind } from './stage.js'

const print = (line: string) => process.stdout.write(`${line}\n`)

const COLUMNS = [
  ['round', 5],
  ['fault', 27],
  ['receipts', 8],
  ['lost', 4],
  ['twice', 5],
  ['cells', 5],
  ['swept', 5],
  ['unanswered', 10],
  ['slowest s', 9],
  ['health', 6],
  ['verdict', 7],
] as const

const row = (values: readonly (string | number)[]) =>
  values
    .map((value, i) => (i === 1 ? String(value).padEnd(COLUMNS[i]![1]) : String(value).padStart(COLUMNS[i]![1])))
    .join('  ')

function rowOf(number: number, { fault, acknowledged, audit, unanswered, slowest, samples, failures }: RoundResult) {
  const seconds = (Math.max(...Object.values(slowest)) / 1000).toFixed(1)
  const found = [audit.lost.length, audit.doubled.length, audit.wrongCells, audit.sweptCells]
  return row([
    number,
    fault,
    acknowledged,
    ...found,
    unanswered,
    seconds,
    samples,
    failures.length === 0 ? 'ok' : 'FAILED',
  ])
}

/** Stages are kept over rounds, so that what is stored grows and is audited again and again; small disks are made anew. */
function createStages(dir: string) {
  const open = new Map<StageKind, Stage>()
  return {
    async get(kind: StageKind): Promise<Stage> {
      const known = open.get(kind)
      if (known) return known
      const stage = await openStage(kind, join(dir, kind), process.env.MONGODB_URI || undefined)
      open.set(kind, stage)
      return stage
    },
    async close(kinds: readonly StageKind[] = [...open.keys()]): Promise<void> {
      for (const kind of kinds) await open.get(kind)?.close()
      for (const kind of kinds) open.delete(kind)
    },
  }
}

async function tryRound(fault: Fault, number: number, stages: ReturnType<typeof createStages>, common: Common) {
  const stage = await stages.get(fault.stage).catch((error: Error) => {
    if (fault.stage !== 'small_disk') throw error
    print(row([number, fault.name]).concat(`  not possible here: ${error.message.split('\n')[0]}`))
    return undefined
  })
  if (stage === undefined) return 'not_possible'
  try {
    const result = await runRound(fault, stage, { ...common, number })
    print(rowOf(number, result))
    for (const failure of result.failures) print(`       ${failure}`)
    return result.failures.length === 0 ? 'passed' : 'failed'
  } catch (error) {
    print(row([number, fault.name]).concat(`  FAILED\n       ${(error as Error).stack}`))
    for (const server of stage.servers) print(server.log().slice(-LOG_SHOWN))
    return 'failed'
  } finally {
    if (fault.stage === 'small_disk') await stages.close(['small_disk'])
  }
}

interface Common {
  readonly dir: string
  readonly random: () => number
  readonly awayMs: number
}

const LOG_SHOWN = 1500
const options = readOptions(process.argv.slice(2), ['rounds', 'only', 'seed', 'away-seconds', 'keep'])
const rounds = options.number('rounds', 30)
const only = options.text('only', '')
const faults = FAULTS.filter(({ name }) => name.includes(only))
const dir = mkdtempSync(join(tmpdir(), 'hai-long-chaos-'))
const random = createRandom(options.text('seed', 'chaos'))
const common: Common = { dir, random: () => random.uniform(), awayMs: options.number('away-seconds', 30) * 1000 }
const stages = createStages(dir)
const outcomes: string[] = []
try {
  if (faults.length === 0) throw new Error(`No fault is named ${only}: ${FAULTS.map(({ name }) => name).join(', ')}`)
  print(row(COLUMNS.map(([name]) => name)))
  for (let i = 0; i < rounds; i += 1) outcomes.push(await tryRound(faults[i % faults.length]!, i + 1, stages, common))
} finally {
  await stages.close()
  if (options.text('keep', 'no') === 'yes') print(`What was written is kept in ${dir}`)
  else rmSync(dir, { recursive: true, force: true })
}
const count = (outcome: string) => outcomes.filter((one) => one === outcome).length
print(`${count('passed')} rounds passed, ${count('failed')} failed, ${count('not_possible')} not possible here`)
process.exitCode = count('failed') === 0 && count('passed') > 0 ? 0 : 1
