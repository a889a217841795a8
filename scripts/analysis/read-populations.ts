import { DataError } from './data-error.js'
import { columnNumbers } from './read-number.js'
import type { Table } from './read-table.js'

/** What the numbers of an fpc column are, as R's `survey` tells them apart: fractions where all are 1 or less. */
export type FpcMeaning = 'population_size' | 'sampling_fraction'

/** Populations of the strata, per row. */
export interface Populations {
  readonly meaning: FpcMeaning
  /** Primary sampling units that the stratum of the row has in the population. */
  readonly sizes: readonly number[]
  /** Population over sample of the stratum of the row. */
  readonly weights: readonly number[]
}

interface FpcColumns {
  readonly fpc: string
  readonly stratumOf: readonly string[] | null
  readonly clusterOf: readonly string[] | null
}

/**
 * Reads a column of population sizes, or of sampling fractions where all numbers are 1 or less. They count primary
 * sampling units: without a column of those, rows.
 *
 * @throws {DataError} when a number is not positive, both kinds are mixed, a stratum has two numbers, or a population is smaller than its sample
 */
export function readPopulations(table: Table, { fpc, stratumOf, clusterOf }: FpcColumns): Populations {
  const numbers = columnNumbers(table, fpc, (value) => (value > 0 ? null : `${value} is no population; it is above 0`))
  const fail = (i: number, what: string): never => {
    throw new DataError({ file: table.file, row: table.rows[i]!.row, column: fpc }, what)
  }
  const isFraction = numbers.every((value) => value <= 1)
  const small = numbers.findIndex((value) => value < 1)
  if (!isFraction && small >= 0) {
    fail(small, `${numbers[small]} is a sampling fraction while other rows have population sizes; write one kind`)
  }
  const strata = table.rows.map((_, i) => stratumOf?.[i] ?? '')
  const first = new Map<string, number>()
  const units = new Map<string, Set<string | number>>()
  strata.forEach((stratum, i) => {
    first.set(stratum, first.get(stratum) ?? i)
    units.set(stratum, (units.get(stratum) ?? new Set()).add(clusterOf?.[i] ?? i))
    const said = numbers[first.get(stratum)!]!
    if (said !== numbers[i]) fail(i, `stratum ${nameOf(stratum)} has ${said} above and ${numbers[i]} here; it has one`)
  })
  for (const [stratum, i] of first) {
    const [population, sample] = [numbers[i]!, units.get(stratum)!.size]
    if (isFraction || population >= sample) continue
    const drawn = `${sample} ${clusterOf ? 'primary sampling units' : 'rows'}`
    fail(i, `stratum ${nameOf(stratum)} has ${drawn} here and a population of ${population}; it cannot be smaller`)
  }
  const sizes = strata.map((stratum, i) => (isFraction ? units.get(stratum)!.size / numbers[i]! : numbers[i]!))
  return {
    meaning: isFraction ? 'sampling_fraction' : 'population_size',
    sizes,
    weights: sizes.map((size, i) => size / units.get(strata[i]!)!.size),
  }
}

const nameOf = (stratum: string) => stratum || '(the whole sample)'
