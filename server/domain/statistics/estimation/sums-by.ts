/**
 * Sum of a value over the cases of each group.
 *
 * @param groupOf group of each case
 * @param valueAt value of the case at a position
 * @returns one sum per group that occurs, in order of appearance
 * @see methodology 4.8 (sums of post-strata and margins)
 * @example sumsBy(['a', 'b', 'a'], (i) => i + 1).get('a') // 4
 */
export function sumsBy(groupOf: readonly string[], valueAt: (i: number) => number): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  groupOf.forEach((group, i) => {
    sums.set(group, (sums.get(group) ?? 0) + valueAt(i))
  })
  return sums
}
