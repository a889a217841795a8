import type { AnalysisCase } from './analysis-case.js'
import { secondsOf } from './analysis-case.js'
import type { AnalysisPlan } from './analysis-plan.js'

/** Answers to a sensitive item at one unit about one service, by option. */
export interface PlaceCounts {
  readonly unitUid: string
  readonly service: string
  readonly counts: Readonly<Record<string, number>>
}

/** What of a whole wave must be known before a part of it can be analysed. */
export interface WaveFrame {
  /** Median of the whole seconds that cases took; `null` without a case. */
  readonly medianSeconds: number | null
  /** By sensitive item. */
  readonly sensitive: ReadonlyMap<string, readonly PlaceCounts[]>
}

/**
 * Reads a wave once for what later rules need: the median time (memory grows with different seconds, not with cases) and where how many
 * complete cases gave which answer to a sensitive item.
 */
export function createWaveFrame({ negatives }: Pick<AnalysisPlan, 'negatives'>) {
  const times = new Map<number, number>()
  const sensitive = negatives.filter(({ isSensitive }) => isSensitive).map(({ item }) => item)
  const places = new Map(sensitive.map((item) => [item, new Map<string, MutablePlace>()]))
  return {
    add(one: AnalysisCase): void {
      const seconds = secondsOf(one)
      times.set(seconds, (times.get(seconds) ?? 0) + 1)
      if (one.disposition !== 'complete') return
      for (const item of sensitive) {
        const answer = Object.hasOwn(one.answers, item) ? one.answers[item] : undefined
        if (typeof answer === 'number') countAt(places.get(item)!, one, answer)
      }
    },
    result: (): WaveFrame => ({
      medianSeconds: medianOfCounts(times),
      sensitive: new Map([...places].map(([item, counted]) => [item, [...counted.values()]])),
    }),
  }
}

type MutablePlace = PlaceCounts & { readonly counts: Record<string, number> }

function countAt(places: Map<string, MutablePlace>, { unitUid, service }: AnalysisCase, answer: number): void {
  const key = JSON.stringify([unitUid, service])
  let place = places.get(key)
  if (place === undefined) {
    place = { unitUid, service, counts: {} }
    places.set(key, place)
  }
  place.counts[answer] = (place.counts[answer] ?? 0) + 1
}

/**
 * Median of values given by how often each occurs.
 *
 * @returns the mean of the two in the middle for an even number; `null` without values
 * @example medianOfCounts(new Map([[60, 2], [90, 1], [120, 1]])) // 75
 */
export function medianOfCounts(counts: ReadonlyMap<number, number>): number | null {
  const sorted = [...counts].sort(([a], [b]) => a - b)
  const total = sorted.reduce((sum, [, count]) => sum + count, 0)
  if (total === 0) return null
  const valueAt = (rank: number) => {
    let below = 0
    for (const [value, count] of sorted) {
      below += count
      if (below >= rank) return value
    }
    throw new RangeError(`No value of rank ${rank} among ${total}`)
  }
  return (valueAt(Math.ceil(total / 2)) + valueAt(Math.floor(total / 2) + 1)) / 2
}
