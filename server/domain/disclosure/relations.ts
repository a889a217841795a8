import { protect } from './protect.js'
import { countProblem } from './protect-table.js'

/** A figure of a report that may be hidden, and what hiding it costs. */
export interface ProtectedCell {
  readonly key: string
  /**
   * Respondents behind it, of a hidden figure as many as a reader must reckon with at least. The fewer, the sooner it is
   * given up to protect another.
   */
  readonly base: number
}

/** Figures tied by a sum or a mean: whoever knows all but one can work out that one. */
export interface Relation {
  /** The total, or the mean of the parts. Given up only when no part is left. */
  readonly total: string
  readonly parts: readonly string[]
  /** Whether the same people stand behind all parts (criteria of a factor), or each has its own (units of a city). */
  readonly sharesRespondents?: boolean
}

/**
 * Hides further figures until no hidden one can be worked out from the others.
 *
 * Sums of units are solved all together as tables of counts (`protect`): a figure on fewer people than may be told apart could
 * still be about nobody and about enough of them, and any other hidden one has room for as many people. Relations whose
 * parts share their respondents are looked at one by one: two parts at least are hidden, and one of them has enough people
 * by itself. Reports, which know the figures too, prove more (`protectBlocks`).
 *
 * @param cells every figure that exists; keys of relations without a cell are passed over
 * @param hidden keys hidden by the thresholds
 * @param minRespondents fewest people that a figure may be about
 * @returns keys hidden to protect those, in the order found; deterministic
 * @see methodology 4.10 (threshold, complementary suppression, differencing guard) and acceptance value L1
 */
export function hideRecoverable(
  cells: readonly ProtectedCell[],
  relations: readonly Relation[],
  hidden: ReadonlySet<string>,
  minRespondents: number,
): readonly string[] {
  const bases = new Map(cells.map(({ key, base }) => [key, base]))
  const known = relations
    .filter(({ total }) => bases.has(total))
    .map((relation) => ({ ...relation, parts: relation.parts.filter((key) => bases.has(key)) }))
  const sums = known.filter(({ sharesRespondents }) => sharesRespondents !== true)
  const means = known.filter(({ sharesRespondents }) => sharesRespondents === true)
  const counts = cells.map(({ key, base }) => ({ key, count: Math.floor(base) }))
  const all = new Set([...hidden].filter((key) => bases.has(key)))
  const primary = new Set(all)
  for (;;) {
    const problem = countProblem(counts, sums, minRespondents, all)
    const before = all.size
    for (const key of protect(problem, all).complementary) all.add(key)
    for (const key of exposedMeans(means, bases, all, minRespondents)) all.add(key)
    if (all.size === before) return [...all].filter((key) => !primary.has(key))
  }
}

/** For every exposed mean the part with the fewest respondents that is still shown, else the mean itself. */
function exposedMeans(
  means: readonly Relation[],
  bases: ReadonlyMap<string, number>,
  hidden: ReadonlySet<string>,
  minRespondents: number,
): readonly string[] {
  return means.flatMap(({ total, parts }) => {
    const people = parts.filter((key) => hidden.has(key)).map((key) => bases.get(key)!)
    const isSolved = hidden.has(total) ? people.length === 0 : people.length === 1
    const isAboutFew = !hidden.has(total) && people.length > 0 && Math.max(...people) < minRespondents
    if (!isSolved && !isAboutFew) return []
    const shown = parts.filter((key) => !hidden.has(key))
    return [shown.toSorted((a, b) => bases.get(a)! - bases.get(b)! || (a < b ? -1 : 1))[0] ?? total]
  })
}
