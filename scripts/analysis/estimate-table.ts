import { estimateMean } from '../../server/domain/statistics/estimation/design-estimate.js'
import { lonelyStrata } from '../../server/domain/statistics/estimation/sample-design.js'
import type { IntervalMethod } from '../../server/domain/statistics/estimation/share-interval.js'
import { type CalibrationFiles, calibrate } from './calibrate.js'
import { DataError } from './data-error.js'
import { divide } from './domains.js'
import { toFigures } from './figures.js'
import { type ItemReading, readItem } from './item-values.js'
import { designNotes, figureNotes, rowNotes } from './notes.js'
import { type DesignColumns, readDesign } from './read-design.js'
import type { Table } from './read-table.js'

/** What is asked of a table. */
export interface EstimateRequest {
  readonly item: string
  readonly reading: ItemReading
  readonly design: DesignColumns
  /** Columns whose crossing makes the domains; none, no domains. */
  readonly by: readonly string[]
  readonly calibration: CalibrationFiles
  /** Way to the interval of a share; Wilson on the effective base unless told. */
  readonly interval?: IntervalMethod | undefined
}

/** Ways of the figures; `server/domain/statistics` has formulas and sources. */
const METHOD = {
  estimator: 'weighted_ratio_mean',
  variance: 'taylor_linearisation_ultimate_cluster',
  lonelyStrata: 'grand_mean',
  domains: 'zero_extended',
  degreesOfFreedom: 'used_primary_sampling_units_minus_strata',
} as const

/**
 * Estimates a share or a mean with its standard error and 95 % interval, for all and for the domains asked for.
 *
 * Domains are domains of the whole design: rows outside count with weight 0 and keep their cluster in the variance.
 *
 * @returns what the command prints
 * @throws {DataError} when the data cannot be read as asked, or an interval of a share is asked for a mean
 */
export function estimateTable(table: Table, request: EstimateRequest) {
  const item = readItem(table, request.item, request.reading)
  if (item.measure === 'mean' && request.interval !== undefined) {
    const what = 'the values are not all 0 or 1: the interval of a mean is by t. Leave --interval out, or use --top-two'
    throw new DataError({ file: table.file, column: request.item }, what)
  }
  const sampled = readDesign(table, request.design)
  const { design, weighting } = calibrate(table, sampled.design, request.calibration)
  const { groups, domainOf } = divide(table, request.by)
  const method = request.interval ?? 'wilson'
  const all = toFigures(item.measure, estimateMean(design, item.values), method)
  const domains = groups.map((by, domain) => {
    const estimate = estimateMean(design, item.values, (i) => domainOf[i] === domain)
    return { by, ...toFigures(item.measure, estimate, method) }
  })
  const outside = request.by.length > 0 ? domainOf.filter((domain) => domain === -1).length : 0
  return {
    item: request.item,
    measure: item.measure,
    ...all,
    ...(request.by.length > 0 ? { domains } : {}),
    rows: { read: table.rows.length, valid: all.base, empty: item.emptyCells, missingCodes: item.missingCodes },
    design: {
      strata: design.strata.length,
      primarySamplingUnits: design.stratumOfCluster.length,
      weights: sampled.weights,
      fpc: sampled.fpc,
      weighting,
    },
    method: METHOD,
    notes: [
      ...designNotes(sampled, lonelyStrata(design)),
      ...rowNotes(table, item, outside),
      ...figureNotes([all, ...domains]),
    ],
  }
}
