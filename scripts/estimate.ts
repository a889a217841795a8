/** Estimates a share or a mean from any CSV file; prints JSON. `estimate --help` explains the options. */
import type { TrimBounds } from '../server/domain/statistics/estimation/rake-weights.js'
import type { IntervalMethod } from '../server/domain/statistics/estimation/share-interval.js'
import { delimiterOf, numberOf, oneOf, readCommandLine, required } from './analysis/command-line.js'
import { estimateTable } from './analysis/estimate-table.js'
import { missingCodes } from './analysis/missing-codes.js'
import { readNumber } from './analysis/read-number.js'
import { readTable } from './analysis/read-table.js'
import { runMain } from './support/run-main.js'

const HELP = `Usage: npm run --silent estimate -- --csv FILE --item COLUMN [options]

Prints a share or a mean with standard error, 95 % interval, base, effective base and design effect, as JSON.

  --csv FILE             table: UTF-8, header in row 1, cells separated by comma, semicolon or tab
  --item COLUMN          values 0 and 1 give a share (0 to 1), other numbers a mean; empty cells are nonresponse
  --as share|mean        what to estimate, where the values leave it open
  --top-two              the item is a scale of 1 to 5: share of 4 and 5
  --missing CODES        codes of the item that mean no answer, for example 96-99,NA
  --weight COLUMN        survey weight, above 0; without it every row weighs the same, or population over sample (--fpc)
  --strata COLUMN        strata of the sample
  --psu COLUMN           primary sampling units; nested: one name in two strata means two units
  --fpc COLUMN           primary sampling units (without --psu: rows) in the population of the stratum;
                         sampling fractions where all are 1 or less
  --by COLUMN            domains; again for a crossing of columns
  --post-stratify FILE   population totals: columns named as in the table, and a column total (or Freq)
  --rake FILE            one margin in that form, or several as variable,category,total; may be given again
  --trim LOW,HIGH        keeps raked weights within these multiples of their mean, for example 0.3,3
  --tolerance GAP        raking stops once every total is met this closely, relatively; 1e-9 unless given
  --interval WAY         of a share: wilson (default, on the effective base), logit, korn-graubard, beta
  --delimiter NAME       comma, semicolon or tab; read off the header of each file unless given
  --help                 this text`

const OPTIONS = {
  csv: { type: 'string' },
  item: { type: 'string' },
  as: { type: 'string' },
  'top-two': { type: 'boolean' },
  missing: { type: 'string' },
  weight: { type: 'string' },
  strata: { type: 'string' },
  psu: { type: 'string' },
  fpc: { type: 'string' },
  by: { type: 'string', multiple: true },
  'post-stratify': { type: 'string' },
  rake: { type: 'string', multiple: true },
  trim: { type: 'string' },
  tolerance: { type: 'string' },
  interval: { type: 'string' },
  delimiter: { type: 'string' },
} as const

const INTERVALS: Readonly<Record<string, IntervalMethod>> = {
  wilson: 'wilson',
  logit: 'logit',
  'korn-graubard': 'korn_graubard',
  beta: 'beta',
}

function trimOf(text: string | undefined): TrimBounds | undefined {
  if (text === undefined) return undefined
  const [low, high, ...rest] = text.split(',').map(readNumber)
  const isPair = low && high && 'value' in low && 'value' in high && rest.length === 0
  if (!isPair || !(low.value >= 0 && low.value < 1 && high.value > 1)) {
    throw new Error(`--trim is a number below 1 and one above, for example 0.3,3; got ${text}`)
  }
  return { low: low.value, high: high.value }
}

const isBelowOne = (value: number) => value > 0 && value < 1

function output(): string {
  const values = readCommandLine(OPTIONS)
  if (values === null) return HELP
  const [csv, item] = [required(values.csv, 'csv'), required(values.item, 'item')]
  if (values['post-stratify'] !== undefined && values.rake !== undefined) {
    throw new Error('--post-stratify and --rake exclude each other; give all margins to --rake')
  }
  const forRaking = values.trim !== undefined || values.tolerance !== undefined
  if (forRaking && values.rake === undefined) throw new Error('--trim and --tolerance go with --rake')
  const delimiter = delimiterOf(values.delimiter)
  const way = oneOf(values.interval, 'interval', Object.keys(INTERVALS))
  const request = {
    item,
    reading: {
      isMissing: missingCodes(values.missing),
      topTwo: values['top-two'] === true,
      measure: oneOf(values.as, 'as', ['share', 'mean']),
    },
    design: { weight: values.weight, strata: values.strata, psu: values.psu, fpc: values.fpc },
    by: values.by ?? [],
    calibration: {
      postStratify: values['post-stratify'],
      rake: values.rake,
      trim: trimOf(values.trim),
      tolerance: numberOf(values.tolerance, 'tolerance', isBelowOne, 'a number above 0 and below 1, for example 1e-6'),
      delimiter,
    },
    interval: way === undefined ? undefined : INTERVALS[way],
  }
  return JSON.stringify(estimateTable(readTable(csv, delimiter), request), null, 2)
}

await runMain(async () => console.log(output()))
