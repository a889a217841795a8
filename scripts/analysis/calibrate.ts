import type { Margin, MarginProblem } from '../../server/domain/statistics/estimation/margin.js'
import { postStratify } from '../../server/domain/statistics/estimation/post-stratify.js'
import { rake } from '../../server/domain/statistics/estimation/rake.js'
import type { RakeOptions, Raking, TrimBounds } from '../../server/domain/statistics/estimation/rake-weights.js'
import type { SampleDesign } from '../../server/domain/statistics/estimation/sample-design.js'
import { readMargins } from './read-margins.js'
import { type Delimiter, readTable, type Table } from './read-table.js'

/** Files of population totals; of one kind only. */
export interface CalibrationFiles {
  readonly postStratify?: string | undefined
  readonly rake?: readonly string[] | undefined
  readonly trim?: TrimBounds | undefined
  /** Largest relative gap to a total at which raking stops; 1e-9 unless told. */
  readonly tolerance?: number | undefined
  readonly delimiter?: Delimiter | undefined
}

/** How weights were fitted to population totals, in the words of the output. */
export type Weighting =
  | { readonly kind: 'design' }
  | { readonly kind: 'post_stratified'; readonly margins: readonly string[] }
  | { readonly kind: 'raked'; readonly margins: readonly string[]; readonly cycles: number; readonly trimmed: number }

/**
 * Fits the weights of a design to the totals of files.
 *
 * @throws {DataError} when a file of totals does not fit the table
 * @throws {Error} when the margins contradict one another, or no weights within the bounds meet them
 */
export function calibrate(
  table: Table,
  design: SampleDesign,
  files: CalibrationFiles,
): { readonly design: SampleDesign; readonly weighting: Weighting } {
  const marginsOf = (file: string) => readMargins(table, readTable(file, files.delimiter))
  const names = (margins: readonly Margin[]) => margins.map(({ name }) => name)
  if (files.postStratify !== undefined) {
    const margins = marginsOf(files.postStratify)
    if (margins.length > 1) throw new Error(`${files.postStratify} has ${margins.length} variables; give it to --rake`)
    const outcome = postStratify(design, margins[0]!)
    if (outcome.kind !== 'post_stratified') throw new Error(describe(outcome))
    return { design: outcome.design, weighting: { kind: 'post_stratified', margins: names(margins) } }
  }
  if (files.rake !== undefined) {
    const margins = files.rake.flatMap(marginsOf)
    const outcome = rake(design, margins, rakeOptions(files))
    if (outcome.kind !== 'raked') throw new Error(describe(outcome))
    const { cycles, trimmed } = outcome
    return { design: outcome.design, weighting: { kind: 'raked', margins: names(margins), cycles, trimmed } }
  }
  return { design, weighting: { kind: 'design' } }
}

const rakeOptions = ({ trim, tolerance }: CalibrationFiles): RakeOptions => ({
  ...(trim === undefined ? {} : { trim }),
  ...(tolerance === undefined ? {} : { tolerance }),
})

const percent = (gap: number) => `${(100 * gap).toPrecision(3)} %`

function describe(problem: Exclude<Raking, { kind: 'raked' }> | MarginProblem): string {
  switch (problem.kind) {
    case 'margins_disagree': {
      const sums = problem.sums.map(({ margin, total }) => `${margin} ${total}`).join(', ')
      return `The margins are of one population and must add up alike: ${sums}`
    }
    case 'not_converged':
      return `No weights meet all margins: after ${problem.cycles} cycles one is still ${percent(problem.worstGap)} off; join small groups`
    case 'bounds_unreachable':
      return `No weights within --trim meet the margins (they reach from ${problem.lowest.toPrecision(3)} to ${problem.highest.toPrecision(3)} of the mean); widen it or join small groups`
    case 'empty_cells':
    case 'unknown_groups':
      throw new RangeError('Groups were compared when the totals were read')
  }
}
