import type { Figures } from './figures.js'
import type { ItemValues } from './item-values.js'
import type { TableDesign } from './read-design.js'
import type { Table } from './read-table.js'

/** Something that the reader of the figures should know. */
export interface Note {
  readonly code: string
  readonly text: string
}

const rows = (count: number) => (count === 1 ? '1 row' : `${count} rows`)

/** Notes on the rows that were read. */
export function rowNotes(table: Table, item: ItemValues, outsideDomains: number): Note[] {
  const invalid = item.values.filter((value) => value === null).length
  return [
    ...noteIf(table.blankRows > 0, 'blank_rows', `${rows(table.blankRows)} without any value left out`),
    ...noteIf(
      invalid > 0,
      'item_nonresponse',
      `${rows(invalid)} without a valid answer: out of the base, kept in the design`,
    ),
    ...noteIf(
      outsideDomains > 0,
      'no_domain',
      `${rows(outsideDomains)} with an empty cell in a column of --by: in no domain`,
    ),
  ]
}

/** Notes on how the design was understood. */
export function designNotes({ weights, fpc }: TableDesign, lonely: readonly string[]): Note[] {
  const names = lonely.map((name) => name || '(the whole sample)').join(', ')
  return [
    ...noteIf(weights === 'equal', 'equal_weights', 'no weight column: every row weighs the same'),
    ...noteIf(
      weights === 'population_over_sample',
      'weights_from_fpc',
      'no weight column: weights are population over sample of each stratum',
    ),
    ...noteIf(
      fpc === 'population_size',
      'fpc_population_size',
      'the fpc column holds population sizes, in primary sampling units of the stratum',
    ),
    ...noteIf(
      fpc === 'sampling_fraction',
      'fpc_sampling_fraction',
      'all fpc are 1 or less: taken as sampling fractions',
    ),
    ...noteIf(
      lonely.length > 0,
      'lonely_strata',
      `strata with one primary sampling unit, centred at the grand mean: ${names}`,
    ),
  ]
}

/** Notes on figures that could not be made. */
export function figureNotes(all: readonly Figures[]): Note[] {
  const empty = all.filter(({ base }) => base === 0).length
  const open = all.filter(({ base, interval }) => base > 0 && interval === null).length
  const constant = all.filter(({ base, standardError }) => base > 0 && standardError === 0).length
  return [
    ...noteIf(empty > 0, 'empty_domains', `domains without a valid answer: ${empty}`),
    ...noteIf(
      open > 0,
      'no_interval',
      `figures without an interval, because it is undefined there (no degree of freedom, or a share of 0 or 1): ${open}`,
    ),
    ...noteIf(
      constant > 0,
      'no_variation',
      `figures whose standard error is 0, because all primary sampling units agree or were all drawn: ${constant}`,
    ),
  ]
}

const noteIf = (holds: boolean, code: string, text: string): Note[] => (holds ? [{ code, text }] : [])
