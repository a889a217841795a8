/** A figure of a report that may be hidden, and what hiding it costs. */
export interface ProtectedCell {
  readonly key: string
  /** Respondents behind it: the fewer, the sooner it is given up to protect another. */
  readonly base: number
}

/** Figures tied by a sum or a mean: whoever knows all but one can work out that one. */
export interface Relation {
  /** The total, or the mean of the parts. Given up only when no part is left. */
  readonly total: string
  readonly parts: readonly string[]
}

/**
 * Hides further figures until no hidden one can be worked out from the others of a relation it stands in.
 *
 * In each relation with exactly one hidden figure the shown part with the fewest respondents is hidden too (the total if
 * no part is left), and so on until nothing changes. This stops subtraction within every relation. It does not solve several
 * relations at once: that needs the bases of hidden figures, which are hidden with them.
 *
 * @param cells every figure that exists; keys of relations without a cell are passed over
 * @param hidden keys hidden by the thresholds
 * @returns keys hidden to protect those, in the order found; deterministic
 * @see methodology 4.10 and acceptance value L1
 */
export function hideRecoverable(
  cells: readonly ProtectedCell[],
  relations: readonly Relation[],
  hidden: ReadonlySet<string>,
): readonly string[] {
  const bases = new Map(cells.map(({ key, base }) => [key, base]))
  const known = relations.map(({ total, parts }) => ({ total, parts: parts.filter((key) => bases.has(key)) }))
  const byKey = new Map<string, number[]>()
  known.forEach(({ total, parts }, i) => {
    for (const key of [total, ...parts]) byKey.set(key, [...(byKey.get(key) ?? []), i])
  })
  const all = new Set(hidden)
  const added: string[] = []
  const queue = new Set(known.keys())
  for (const i of queue) {
    queue.delete(i)
    const { total, parts } = known[i]!
    const members = bases.has(total) ? [total, ...parts] : parts
    if (!bases.has(total) || members.filter((key) => all.has(key)).length !== 1) continue
    const next = cheapestShown(parts, bases, all) ?? total
    all.add(next)
    added.push(next)
    for (const touched of byKey.get(next) ?? []) queue.add(touched)
  }
  return added
}

function cheapestShown(
  parts: readonly string[],
  bases: ReadonlyMap<string, number>,
  hidden: ReadonlySet<string>,
): string | undefined {
  const shown = parts.filter((key) => !hidden.has(key))
  return shown.toSorted((a, b) => bases.get(a)! - bases.get(b)! || (a < b ? -1 : 1))[0]
}
