import type { ShownFigures } from '../report/shown-figures.js'
import { compareShares, type SampledShare, type ShareDifference } from '../statistics/comparison/compare-shares.js'
import { holm } from '../statistics/comparison/multiple-tests.js'
import type { IsoDay } from '../survey/vocabulary.js'

/** Level of the tests behind "more than noise". */
const LEVEL = 0.05

/** A change between two points, and whether it is more than noise. */
export interface SeriesChange extends ShareDifference {
  /** First day of the point compared with. */
  readonly sinceOn: IsoDay
  /** Holm's over the changes tested at once. */
  readonly adjustedP: number
  readonly verdict: 'rise' | 'fall' | 'noise'
}

/** A point with a figure, and the one it is compared with. */
export interface ChangePair {
  readonly before: ShownFigures
  readonly after: ShownFigures
  readonly sinceOn: IsoDay
}

/** The share of a line as its interval takes it: on its effective base. */
export function sampledShare({ topTwoBoxPercent, effectiveBase }: ShownFigures): SampledShare {
  // The mean of percents may exceed 100 by a rounding error.
  return { share: Math.min(1, topTwoBoxPercent / 100), effectiveBase }
}

/**
 * Changes tested at once: pooled z on effective bases, Newcombe's interval, Holm's correction over those that there are.
 *
 * @param pairs `null` where there is nothing to compare with
 * @returns in the order given
 * @see methodology 4.9 and 10.7 (H1, H2)
 */
export function changesTogether(pairs: readonly (ChangePair | null)[]): readonly (SeriesChange | null)[] {
  const differences = pairs.map((pair) => pair && compareShares(sampledShare(pair.before), sampledShare(pair.after)))
  const adjusted = holm(differences.flatMap((difference) => (difference === null ? [] : [difference.p])))
  let next = 0
  return pairs.map((pair, i) => {
    const difference = differences[i]
    if (!pair || !difference) return null
    const adjustedP = adjusted[next++]!
    return { ...difference, sinceOn: pair.sinceOn, adjustedP, verdict: verdictOf(difference.points, adjustedP) }
  })
}

function verdictOf(points: number, adjustedP: number): SeriesChange['verdict'] {
  if (adjustedP >= LEVEL) return 'noise'
  return points > 0 ? 'rise' : 'fall'
}
