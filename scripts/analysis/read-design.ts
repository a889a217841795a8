import {
  createSampleDesign,
  lonelyStrata,
  type SampleDesign,
} from '../../server/domain/statistics/estimation/sample-design.js'
import { columnNames } from './columns.js'
import { DataError } from './data-error.js'
import { columnNumbers } from './read-number.js'
import { type FpcMeaning, readPopulations } from './read-populations.js'
import type { Table } from './read-table.js'

/** Columns that say how the rows came into the sample. */
export interface DesignColumns {
  readonly weight?: string | undefined
  readonly strata?: string | undefined
  /** Primary sampling units, nested in the strata. */
  readonly psu?: string | undefined
  readonly fpc?: string | undefined
}

/** Where the weights come from. */
export type WeightSource = 'column' | 'population_over_sample' | 'equal'

/** The design of a table, and how its columns were understood. */
export interface TableDesign {
  readonly design: SampleDesign
  readonly weights: WeightSource
  readonly fpc: FpcMeaning | null
}

const positive = (value: number) =>
  value > 0 ? null : `${value} is no weight; weights are above 0, a row that does not count is to be taken out`

/**
 * Reads the design of a sample: weights, strata, primary sampling units, finite population correction.
 *
 * Without a weight column each row weighs the same, or, where the populations are known, population over sample of its
 * stratum, as in R's `svydesign`.
 *
 * @throws {DataError} when a column is missing, a cell unusable, a population contradictory or too small, or there is only one primary sampling unit
 */
export function readDesign(table: Table, columns: DesignColumns): TableDesign {
  const { weight, strata, psu, fpc } = columns
  const weights = weight === undefined ? null : columnNumbers(table, weight, positive)
  const stratumOf = strata === undefined ? null : columnNames(table, strata, 'stratum')
  const clusterOf = psu === undefined ? null : columnNames(table, psu, 'primary sampling unit')
  const populations = fpc === undefined ? null : readPopulations(table, { fpc, stratumOf, clusterOf })
  const design = createSampleDesign(
    table.rows.map((_, i) => ({
      weight: weights?.[i] ?? populations?.weights[i] ?? 1,
      stratum: stratumOf?.[i],
      cluster: clusterOf?.[i],
      populationClusters: populations?.sizes[i],
    })),
  )
  if (design.stratumOfCluster.length === 1 && lonelyStrata(design).length > 0) {
    const what = 'all rows are one primary sampling unit; a standard error needs at least two'
    throw new DataError({ file: table.file, ...(psu === undefined ? {} : { column: psu }) }, what)
  }
  const source = populations ? 'population_over_sample' : 'equal'
  return { design, weights: weights ? 'column' : source, fpc: populations?.meaning ?? null }
}
