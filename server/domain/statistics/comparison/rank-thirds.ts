import type { RankSet } from './rank-sets.js'

/** Third of a league a unit surely lies in; `open` where its rank set reaches over a border. */
export type RankThird = 'upper' | 'middle' | 'lower' | 'open'

/**
 * Thirds instead of ranks, for many units: a unit is put in a third only when its whole rank set lies there.
 *
 * Borders: ranks up to U/3 are upper, above 2U/3 lower.
 *
 * @param sets of all units of the league
 * @returns in the order given
 * @see Methodology 4.9: for 168 units bands rather than exact ranks
 * @example rankThirds([1, 2, 3].map((rank) => ({ id: String(rank), rank, bestRank: rank, worstRank: rank })))
 *   // ['upper', 'middle', 'lower']
 */
export function rankThirds(sets: readonly RankSet[]): RankThird[] {
  const third = (rank: number) => (3 * rank <= sets.length ? 'upper' : 3 * rank > 2 * sets.length ? 'lower' : 'middle')
  return sets.map(({ bestRank, worstRank }) => {
    const best = third(bestRank)
    return best === third(worstRank) ? best : 'open'
  })
}
