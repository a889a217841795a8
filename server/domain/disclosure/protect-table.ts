import { protect } from './protect.js'
import {
  createProblem,
  type Equation,
  type Need,
  NO_NEED,
  type ProtectionProblem,
  type Quantity,
} from './protection-problem.js'

/** A count of a table: an inner cell or a margin of any dimension or level. */
export interface TableCell {
  readonly key: string
  /** Respondents: a whole number of 0 or more. */
  readonly count: number
}

/** A margin and the cells that add up to it. A cell may stand in any number of sums, as part and as total. */
export interface Sum {
  readonly total: string
  readonly parts: readonly string[]
}

/** A table that is safe to show. */
export interface TableProtection {
  /** Cells below the threshold. */
  readonly primary: readonly string[]
  /** Cells hidden so that those cannot be bounded more tightly than the threshold does, in the order found. */
  readonly complementary: readonly string[]
}

/**
 * Hides small counts of a table with margins, and as many others as it takes.
 *
 * For a reader who knows every shown cell and every sum, a cell below the threshold could still be 0 and could still reach
 * the threshold, and a cell hidden to protect it lies in a range at least as wide as the threshold; for each there are
 * tables of whole numbers that prove it. Inner cells are hidden first, the fewest respondents first, then margins, the grand
 * total last. Zeros are hidden like other small counts: nobody is also something to know.
 *
 * @param sums every equation between cells, of all dimensions and hierarchies at once
 * @param threshold respondents; counts below are hidden
 * @throws {RangeError} when a count is negative or no whole number, a sum does not hold or names an unknown cell
 * @see Fischetti, M., Salazar, J. (2001) "Solving the cell suppression problem on tabular data with linear constraints",
 *   Management Science 47(7), 1008-1027; methodology 4.10, acceptance value L1
 */
export function protectTable(cells: readonly TableCell[], sums: readonly Sum[], threshold: number): TableProtection {
  checkTable(cells, sums)
  const primary = new Set(cells.filter(({ count }) => count < threshold).map(({ key }) => key))
  const { complementary, exposed } = protect(countProblem(cells, sums, threshold, primary), primary)
  // With the grand total hidden too every table is possible, so this is a mistake of ours and never the table's.
  if (exposed.length > 0) throw new Error(`No protection found for ${exposed.join(', ')}`)
  return { primary: [...primary], complementary }
}

/** Counts as quantities: a reader knows that none is negative. Counts of sums need not be consistent. */
export function countProblem(
  cells: readonly TableCell[],
  sums: readonly Sum[],
  threshold: number,
  primary: ReadonlySet<string>,
): ProtectionProblem {
  const counts = new Map(cells.map(({ key, count }) => [key, count]))
  const levelOf = levelsOf(sums)
  const quantities = cells.map(
    ({ key, count }): Quantity => ({
      key,
      down: count,
      up: Number.POSITIVE_INFINITY,
      cost: count,
      level: levelOf(key),
    }),
  )
  const needOf = (key: string): Need => {
    const count = counts.get(key)!
    const isSmall = primary.has(key) && count < threshold
    return isSmall ? { ...NO_NEED, down: count, up: threshold - count } : { ...NO_NEED, width: threshold }
  }
  return createProblem(quantities, sums.map(equationOf), { isWhole: true, needOf })
}

/** The parts less the total. */
export function equationOf({ total, parts }: Sum): Equation {
  return { terms: [{ key: total, coefficient: -1 }, ...parts.map((key) => ({ key, coefficient: 1 }))] }
}

/**
 * How high a cell stands above the inner ones: 0 for what is no total.
 *
 * @throws {RangeError} when a cell is a total of itself
 */
export function levelsOf(sums: readonly Sum[]): (key: string) => number {
  const partsOf = new Map<string, string[]>()
  for (const { total, parts } of sums) partsOf.set(total, [...(partsOf.get(total) ?? []), ...parts])
  const known = new Map<string, number>()
  const levelOf = (key: string): number => {
    const level = known.get(key)
    if (level !== undefined) {
      if (Number.isNaN(level)) throw new RangeError(`${key} adds up to itself`)
      return level
    }
    known.set(key, Number.NaN)
    const parts = partsOf.get(key) ?? []
    const found = parts.reduce((highest, part) => Math.max(highest, levelOf(part) + 1), 0)
    known.set(key, found)
    return found
  }
  return levelOf
}

function checkTable(cells: readonly TableCell[], sums: readonly Sum[]): void {
  const counts = new Map(cells.map(({ key, count }) => [key, count]))
  const wrong = cells.find(({ count }) => !(Number.isSafeInteger(count) && count >= 0))
  if (wrong !== undefined) throw new RangeError(`Counts must be whole numbers of 0 or more, got ${wrong.count}`)
  for (const { total, parts } of sums) {
    const unknown = [total, ...parts].find((key) => !counts.has(key))
    if (unknown !== undefined) throw new RangeError(`A sum names ${unknown}, which is no cell`)
    const sum = parts.reduce((all, key) => all + counts.get(key)!, 0)
    if (sum !== counts.get(total)) throw new RangeError(`Parts of ${total} add up to ${sum}, not ${counts.get(total)}`)
  }
}
