/** Internal consistency of the items of any CSV file; prints JSON. `reliability --help` explains the options. */
import { delimiterOf, readCommandLine, required } from './analysis/command-line.js'
import { missingCodes } from './analysis/missing-codes.js'
import { readNumber } from './analysis/read-number.js'
import { readTable } from './analysis/read-table.js'
import { reliabilityOfTable } from './analysis/reliability-of-table.js'
import { runMain } from './support/run-main.js'

const HELP = `Usage: npm run --silent reliability -- --csv FILE --items A,B,C [options]

Prints Cronbach's alpha, raw and standardised, with its parts, over the rows that answered every item, as JSON.

  --csv FILE            table: UTF-8, header in row 1, cells separated by comma, semicolon or tab
  --items A,B,C         two columns or more, all in one direction; again for more, so that a name may hold a comma
  --missing CODES       codes that mean no answer, for example 96-99,NA
  --loadings L1,L2,L3   standardised loadings on one factor, in the order of the items: gives McDonald's omega
  --delimiter NAME      comma, semicolon or tab; read off the header unless given
  --help                this text`

const OPTIONS = {
  csv: { type: 'string' },
  items: { type: 'string', multiple: true },
  missing: { type: 'string' },
  loadings: { type: 'string' },
  delimiter: { type: 'string' },
} as const

/** A value that names one column is that column, commas and all. */
const itemsOf = (given: readonly string[], columns: readonly string[]) =>
  given.flatMap((value) => (columns.includes(value.trim()) ? [value] : value.split(','))).map((item) => item.trim())

function loadingsOf(text: string | undefined, items: readonly string[]): number[] | null {
  if (text === undefined) return null
  const loadings = text.split(',').map((part) => {
    const reading = readNumber(part.trim())
    const isLoading = 'value' in reading && Math.abs(reading.value) <= 1
    if (!isLoading) throw new Error(`--loadings: “${part}” is no number from -1 to 1`)
    return reading.value
  })
  if (loadings.length === items.length) return loadings
  throw new Error(`--loadings has ${loadings.length} numbers for ${items.length} items`)
}

function output(): string {
  const values = readCommandLine(OPTIONS)
  if (values === null) return HELP
  const csv = required(values.csv, 'csv')
  required(values.items?.join(','), 'items')
  const table = readTable(csv, delimiterOf(values.delimiter))
  const items = itemsOf(values.items ?? [], table.columns)
  if (items.length < 2 || new Set(items).size < items.length) {
    throw new Error(`--items needs two different columns or more; got ${items.join(', ')}`)
  }
  const request = { items, isMissing: missingCodes(values.missing), loadings: loadingsOf(values.loadings, items) }
  return JSON.stringify(reliabilityOfTable(table, request), null, 2)
}

await runMain(async () => console.log(output()))
