import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { type DrawPlan, drawCommitment } from '../../server/domain/statistics/sampling/sample-draw.js'
import { delimiterOf, numberOf, readCommandLine, required } from '../analysis/command-line.js'
import { columnNumbers } from '../analysis/read-number.js'
import { readTable } from '../analysis/read-table.js'
import { idsOf, isCount } from './read-frame.js'

const OPTIONS = {
  csv: { type: 'string' },
  id: { type: 'string' },
  size: { type: 'string' },
  count: { type: 'string' },
  seed: { type: 'string' },
  out: { type: 'string' },
  delimiter: { type: 'string' },
} as const

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

function write(file: string, text: string): void {
  try {
    // A plan that was committed to is never overwritten.
    writeFileSync(file, text, { flag: 'wx' })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST')
      throw new Error(`${file} is there already; a plan is never overwritten, choose another --out`)
    throw new Error(`${file} cannot be written (${code})`)
  }
}

/** `sample plan`: writes everything that decides a draw to a file, and tells its hash; `null` when help is asked for. */
export function planCommand(args: readonly string[]): object | null {
  const values = readCommandLine(OPTIONS, args)
  if (values === null) return null
  const [seed, out] = [required(values.seed, 'seed').normalize('NFC'), required(values.out, 'out')]
  const table = readTable(required(values.csv, 'csv'), delimiterOf(values.delimiter))
  const ids = idsOf(table, required(values.id, 'id'))
  const positive = (value: number) => (value > 0 ? null : 'a size is a number above 0')
  const sizes = values.size === undefined ? null : columnNumbers(table, values.size, positive)
  const isPossible = (value: number) => isCount(value) && value <= ids.length
  const wanted = `a whole number from 1 to ${ids.length}, the rows of the frame`
  const plan: DrawPlan = {
    method: sizes === null ? 'simple_random' : 'systematic_pps',
    seed,
    count: numberOf(required(values.count, 'count'), 'count', isPossible, wanted)!,
    frame: ids.map((id, i) => ({ id, size: sizes?.[i] ?? 1 })),
  }
  const text = drawCommitment(plan)
  write(out, text)
  return { sha256: sha256(text), file: out, method: plan.method, seed, count: plan.count, frame: ids.length }
}
