/**
 * Sum of a value over the cases of each group.
 *
 * @param groupOf group of each case
 * @param valueAt value of the case at a position
 * @returns one sum per group that occurs, in order of appearance
 * @example sumsBy(['a', 'b', 'a'], (i) => i + 1) // a: 4, b: 2
 */
export function sumsBy(groupOf: readonly string[], valueAt: (i: number) => number): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  groupOf.forEach((group, i) => {
    sums.set(group, (sums.get(group) ?? 0) + valueAt(i))
  })
  return sums
}
