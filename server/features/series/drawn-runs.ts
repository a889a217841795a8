import type { SeriesPoint } from '../../domain/series/series.js'

/**
 * Numbers the stretches that one line may be drawn through, from 0, point by point: a gap ends one as a break does, though what
 * lies on its two sides may be compared.
 */
export function drawnRuns(points: readonly Pick<SeriesPoint, 'segment' | 'breaks'>[]): readonly number[] {
  let run = 0
  return points.map(({ segment, breaks }, i) => {
    if (i > 0 && (breaks.length > 0 || segment !== points[i - 1]?.segment)) run += 1
    return run
  })
}
