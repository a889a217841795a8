import { sumsBy } from './sums-by.js'

/** A division of the population with known totals, for example age bands. */
export interface Margin {
  readonly name: string
  /** Group of each case of the sample. */
  readonly groupOf: readonly string[]
  /** Known size of each group in the population; positive. */
  readonly totals: ReadonlyMap<string, number>
}

/** A group of a margin. */
export interface MarginGroup {
  readonly margin: string
  readonly group: string
}

/** Why weights cannot be fitted to margins. Nothing is weighted then; the reader must mend the margins. */
export type MarginProblem =
  /** Groups of the population that nobody in the sample stands for: collapse them with a neighbour. */
  | { readonly kind: 'empty_cells'; readonly cells: readonly MarginGroup[] }
  /** Groups in the sample without a known total. */
  | { readonly kind: 'unknown_groups'; readonly groups: readonly MarginGroup[] }
  /** Margins of one population that add up to different sizes. */
  | {
      readonly kind: 'margins_disagree'
      readonly sums: readonly { readonly margin: string; readonly total: number }[]
    }

/** Margins of one population may differ by rounding, not by more. */
const SAME_TOTAL = 1e-6

const sumOf = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0)

/**
 * What keeps weights from being fitted to these margins, if anything.
 *
 * @param weights of the cases
 * @returns the first problem found, `null` when the margins fit the sample
 * @throws {RangeError} when there is no margin, a total is not positive and finite, or a margin has not one group per case
 * @see methodology 4.8 (fail loudly on empty margin cells)
 * @example findMarginProblem([1], [{ name: 'sex', groupOf: ['f'], totals: new Map([['f', 30], ['m', 70]]) }]).kind
 *   // 'empty_cells'
 */
export function findMarginProblem(weights: readonly number[], margins: readonly Margin[]): MarginProblem | null {
  if (margins.length === 0) throw new RangeError('Weights need at least one margin to fit')
  for (const margin of margins) checkMargin(margin, weights.length)
  const sampled = margins.map(({ groupOf }) => sumsBy(groupOf, (i) => weights[i]!))
  const cells = groupsOf(margins, ({ totals }) => totals.keys()).filter(
    ({ margin, group }) => !((sampled[margin]!.get(group) ?? 0) > 0),
  )
  const groups = groupsOf(margins, (_, number) => sampled[number]!.keys()).filter(
    ({ margin, group }) => !margins[margin]!.totals.has(group),
  )
  const named = ({ margin, group }: NumberedGroup): MarginGroup => ({ margin: margins[margin]!.name, group })
  if (cells.length > 0) return { kind: 'empty_cells', cells: cells.map(named) }
  if (groups.length > 0) return { kind: 'unknown_groups', groups: groups.map(named) }
  const sums = margins.map(({ name, totals }) => ({ margin: name, total: sumOf(totals.values()) }))
  const first = sums[0]!.total
  const disagree = sums.some(({ total }) => Math.abs(total - first) > SAME_TOTAL * first)
  return disagree ? { kind: 'margins_disagree', sums } : null
}

interface NumberedGroup {
  readonly margin: number
  readonly group: string
}

const groupsOf = (
  margins: readonly Margin[],
  list: (margin: Margin, number: number) => Iterable<string>,
): NumberedGroup[] =>
  margins.flatMap((margin, number) => [...list(margin, number)].map((group) => ({ margin: number, group })))

function checkMargin({ name, groupOf, totals }: Margin, cases: number): void {
  if (groupOf.length !== cases) throw new RangeError(`Margin ${name} has ${groupOf.length} groups for ${cases} cases`)
  for (const [group, total] of totals) {
    if (!(total > 0 && total < Infinity))
      throw new RangeError(`Total of ${name} ${group} must be positive, got ${total}`)
  }
}

/**
 * Weights scaled so that each group of a margin sums to its total: w · N_g / Σ_g w.
 *
 * @returns weights in the order of the cases
 * @see Deming and Stephan (1940)
 * @example fitToMargin([1, 3], { name: 'sex', groupOf: ['f', 'f'], totals: new Map([['f', 8]]) }) // [2, 6]
 */
export function fitToMargin(weights: readonly number[], { groupOf, totals }: Margin): number[] {
  const sums = sumsBy(groupOf, (i) => weights[i]!)
  return weights.map((weight, i) => (weight * totals.get(groupOf[i]!)!) / sums.get(groupOf[i]!)!)
}

/**
 * Largest relative gap between a weighted group and its total, over all margins.
 *
 * @returns 0 or more; 0 when the weights meet every total
 * @see Deming and Stephan (1940)
 * @example worstGap([1, 3], [{ name: 'sex', groupOf: ['f', 'f'], totals: new Map([['f', 5]]) }]) // 0.2
 */
export function worstGap(weights: readonly number[], margins: readonly Margin[]): number {
  let worst = 0
  for (const { groupOf, totals } of margins) {
    for (const [group, sum] of sumsBy(groupOf, (i) => weights[i]!)) {
      worst = Math.max(worst, Math.abs(sum / totals.get(group)! - 1))
    }
  }
  return worst
}
