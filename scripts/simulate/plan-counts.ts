import { createRandom } from './random.js'

/** How many responses a unit gets, by group: a few well covered, most in between, some next to none. */
export interface CountPlan {
  /** Uids that get `wellCovered` responses, more or less a tenth. */
  readonly wellCoveredUids: readonly string[]
  readonly wellCovered: number
  /** Bounds of the usual unit, inclusive. */
  readonly usual: readonly [low: number, high: number]
  /** Share of the other units with at most `scarceMax` responses, none included. */
  readonly scarceShare: number
  readonly scarceMax: number
}

/** Responses per unit, in the order of the uids. The same seed, wave and uid always give the same number. */
export function planCounts(
  seed: string,
  waveId: string,
  unitUids: readonly string[],
  plan: CountPlan,
): ReadonlyMap<string, number> {
  const well = new Set(plan.wellCoveredUids)
  const [low, high] = plan.usual
  return new Map(
    unitUids.map((uid) => {
      const random = createRandom(`${seed}/${waveId}/count/${uid}`)
      if (well.has(uid)) return [uid, Math.round(plan.wellCovered * (1 + 0.2 * random.uniform()))]
      if (random.chance(plan.scarceShare)) return [uid, random.below(plan.scarceMax + 1)]
      // Squared, so that smaller numbers are more usual than larger ones.
      return [uid, low + Math.floor((high - low + 1) * random.uniform() ** 2)]
    }),
  )
}
