import { type AllocationRule, allocateSample } from '../../server/domain/statistics/sampling/allocate-sample.js'
import { delimiterOf, numberOf, oneOf, readCommandLine, required } from '../analysis/command-line.js'
import { columnNumbers } from '../analysis/read-number.js'
import { readTable, type Table } from '../analysis/read-table.js'
import { idsOf, isCount } from './read-frame.js'

const OPTIONS = {
  csv: { type: 'string' },
  name: { type: 'string' },
  size: { type: 'string' },
  total: { type: 'string' },
  rule: { type: 'string' },
  exponent: { type: 'string' },
  deviation: { type: 'string' },
  minimum: { type: 'string' },
  delimiter: { type: 'string' },
} as const

type Values = NonNullable<ReturnType<typeof readCommandLine<typeof OPTIONS>>>

const isWhole = (value: number) => Number.isInteger(value) && value >= 0

function ruleOf(values: Values): AllocationRule {
  const kind = oneOf(values.rule, 'rule', ['proportional', 'equal', 'power', 'neyman']) ?? 'proportional'
  const isExponent = (value: number) => value >= 0 && value <= 1
  const exponent = numberOf(values.exponent, 'exponent', isExponent, 'a number from 0 to 1')
  if (exponent !== undefined && kind !== 'power') throw new Error('--exponent goes with --rule power')
  if ((values.deviation !== undefined) !== (kind === 'neyman')) throw new Error('--rule neyman goes with --deviation')
  return kind === 'power' ? { kind, exponent: exponent ?? 0.5 } : { kind }
}

function strataOf(table: Table, values: Values) {
  const names = idsOf(table, required(values.name, 'name'))
  const whole = (value: number) => (isCount(value) ? null : 'cases in the population are a whole number from 1')
  const sizes = columnNumbers(table, required(values.size, 'size'), whole)
  const positive = (value: number) => (value > 0 ? null : 'a standard deviation is a number above 0')
  const deviations = values.deviation === undefined ? null : columnNumbers(table, values.deviation, positive)
  return names.map((name, i) => ({ name, size: sizes[i]!, ...(deviations && { deviation: deviations[i]! }) }))
}

/** `sample allocate`: shares a sample out to the strata of a table; `null` when help is asked for. */
export function allocateCommand(args: readonly string[]): object | null {
  const values = readCommandLine(OPTIONS, args)
  if (values === null) return null
  const rule = ruleOf(values)
  const wanted = required(values.total, 'total')
  const total = numberOf(wanted, 'total', isCount, 'a whole number of cases from 1')!
  const minimum = numberOf(values.minimum, 'minimum', isWhole, 'a whole number of cases') ?? 0
  const strata = strataOf(readTable(required(values.csv, 'csv'), delimiterOf(values.delimiter)), values)
  const allocation = allocateSample(total, strata, rule, minimum)
  if (allocation.kind === 'minimum_exceeds_total') {
    throw new Error(`--total ${total} is too small: the minimum of all strata takes ${allocation.needed}`)
  }
  if (allocation.kind === 'total_exceeds_population') {
    throw new Error(`--total ${total} is too large: the strata hold ${allocation.available} cases`)
  }
  const sampled = allocation.cases.map(({ name, cases }, i) => {
    const { size } = strata[i]!
    return { name, size, cases, fraction: cases / size, weight: cases === 0 ? null : size / cases }
  })
  return { rule, total, minimum, strata: sampled }
}
