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
 * Hides further figures until no hidden one can be worked out from the others of a relation it stands in.
 *
 * Exposed is a relation with exactly one hidden figure, and one whose hidden parts together stand for fewer people than may
 * be told apart: the total less the shown parts is a figure about those few. There the shown part with the fewest
 * respondents is hidden too (the total if no part is left), and so on until nothing changes. This stops subtraction within
 * every relation. It does not solve several relations at once.
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
  const byKey = new Map<string, number[]>()
  known.forEach(({ total, parts }, i) => {
    for (const key of [total, ...parts]) byKey.set(key, [...(byKey.get(key) ?? []), i])
  })
  const all = new Set(hidden)
  const added: string[] = []
  const queue = new Set(known.keys())
  for (const i of queue) {
    queue.delete(i)
    const relation = known[i]!
    if (!isExposed(relation, bases, all, minRespondents)) continue
    const next = cheapestShown(relation.parts, bases, all) ?? relation.total
    all.add(next)
    added.push(next)
    for (const touched of byKey.get(next) ?? []) queue.add(touched)
  }
  return added
}

function isExposed(
  { total, parts, sharesRespondents = false }: Relation,
  bases: ReadonlyMap<string, number>,
  hidden: ReadonlySet<string>,
  minRespondents: number,
): boolean {
  const people = parts.filter((key) => hidden.has(key)).map((key) => bases.get(key)!)
  if (hidden.has(total)) return people.length === 0
  const together = sharesRespondents ? Math.max(0, ...people) : people.reduce((sum, base) => sum + base, 0)
  return people.length === 1 || (people.length > 0 && together < minRespondents)
}

function cheapestShown(
  parts: readonly string[],
  bases: ReadonlyMap<string, number>,
  hidden: ReadonlySet<string>,
): string | undefined {
  const shown = parts.filter((key) => !hidden.has(key))
  return shown.toSorted((a, b) => bases.get(a)! - bases.get(b)! || (a < b ? -1 : 1))[0]
}
