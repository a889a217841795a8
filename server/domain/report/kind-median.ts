import { lineKey } from '../index/lines.js'
import type { ReportBlock } from './index-report.js'

/** The middle of the units of a kind. */
export interface KindMedian {
  readonly percent: number
  /** Units whose figure is shown and went in. */
  readonly unitCount: number
}

/** With fewer units the median would be nobody's middle, or give a single unit away. */
export const MIN_UNITS_FOR_MEDIAN = 3

/**
 * Middle value: of an even number the mean of the two in the middle.
 *
 * @throws {RangeError} without a value
 * @example medianOf([70, 90, 80]) // 80
 */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const low = sorted[Math.ceil(sorted.length / 2) - 1]
  const high = sorted[Math.floor(sorted.length / 2)]
  if (low === undefined || high === undefined) throw new RangeError('A median needs at least one value')
  return (low + high) / 2
}

/**
 * Medians of the top-two-box percent over units, by line key; each unit counts once, whatever its size.
 *
 * Only published figures go in, so that a median tells nothing of a hidden one. Lines with fewer than three such units
 * have no median.
 */
export function mediansOfKind(
  blocks: readonly ReportBlock[],
  sameKind: ReadonlySet<string>,
): ReadonlyMap<string, KindMedian> {
  const percents = new Map<string, number[]>()
  for (const { group, cells } of blocks) {
    if (group.scope !== 'unit' || !sameKind.has(group.unitUid)) continue
    for (const { line, estimate } of cells) {
      if (estimate.kind !== 'published') continue
      const key = lineKey(line)
      percents.set(key, [...(percents.get(key) ?? []), estimate.figures.topTwoBoxPercent])
    }
  }
  return new Map(
    [...percents]
      .filter(([, values]) => values.length >= MIN_UNITS_FOR_MEDIAN)
      .map(([key, values]) => [key, { percent: medianOf(values), unitCount: values.length }]),
  )
}
