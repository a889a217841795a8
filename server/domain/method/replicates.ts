import type { ValueInterval } from '../statistics/estimation/mean-interval.js'
import type { MethodFigure, UnitFigures, UnitRank } from './method-result.js'
import type { ReplicateBlock } from './replicate-values.js'

/** Figures of many replicates, and what they say of the sample's. */
export interface Replicates {
  /** Figures of each unit by place of the tree of its block; copied. */
  add(figures: readonly Float64Array[]): void
  /** The sample's figures of the unit at a position, with the intervals and ranks of the replicates. */
  withIntervals(position: number): UnitFigures
}

/** Starts an empty collection for the sample's figures; it keeps a number per figure and replicate. */
export function collectReplicates(
  sample: readonly UnitFigures[],
  blocks: readonly ReplicateBlock[],
  replicates: number,
): Replicates {
  const codesOf = new Map(blocks.flatMap(({ tree, units }) => units.map((u) => [u, tree.codes] as const)))
  const drawn = sample.map((_, u) => codesOf.get(u)!.map(() => new Float64Array(replicates)))
  const places = sample.map((): number[] => [])
  const ranked = blocks.map(({ tree, units }) => ({ units, index: tree.codes.length - 1 }))
  const ranks = new Map<number, Place | null>()
  for (const { units } of ranked) {
    const own = ranksOf(units.map((u) => sample[u]!.index.value ?? Number.NaN))
    units.forEach((u, i) => {
      ranks.set(u, own[i]!)
    })
  }
  let done = 0
  return {
    add(figures) {
      figures.forEach((values, u) => {
        const lists = drawn[u]!
        for (let place = 0; place < lists.length; place++) lists[place]![done] = values[place]!
      })
      for (const { units, index } of ranked) {
        ranksOf(units.map((u) => figures[u]![index]!)).forEach((rank, i) => {
          if (rank !== null) places[units[i]!]!.push(rank.rank)
        })
      }
      done += 1
    },
    withIntervals(u) {
      const one = sample[u]!
      const byCode = new Map(codesOf.get(u)!.map((code, place) => [code, drawn[u]![place]!.subarray(0, done)]))
      return { ...one, index: withInterval(one.index, byCode), ...rankWithRange(ranks.get(u)!, places[u]!) }
    },
  }
}

type Place = Pick<UnitRank, 'rank' | 'among'>

/** 1 + the values above each, of the values there are; `null` for NaN. */
function ranksOf(values: readonly number[]): readonly (Place | null)[] {
  const present = Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort()
  return values.map((value) => {
    if (Number.isNaN(value)) return null
    let above = 0
    while (above < present.length && present[present.length - 1 - above]! > value) above += 1
    return { rank: 1 + above, among: present.length }
  })
}

function rankWithRange(place: Place | null, places: readonly number[]): Pick<UnitFigures, 'rank'> {
  if (place === null || places.length === 0) return {}
  const { low, high } = percentileInterval(Float64Array.from(places))
  return { rank: { ...place, best: Math.floor(low), worst: Math.ceil(high) } }
}

/** `null` where fewer than half of the replicates have the figure. */
function withInterval(figure: MethodFigure, drawn: ReadonlyMap<string, Float64Array>): MethodFigure {
  const all = drawn.get(figure.code) ?? new Float64Array(0)
  const values = all.filter((value) => !Number.isNaN(value))
  const interval = figure.value === null || values.length < all.length / 2 ? null : percentileInterval(values)
  return { ...figure, interval, parts: figure.parts.map((part) => withInterval(part, drawn)) }
}

function percentileInterval(values: Float64Array): ValueInterval {
  const sorted = values.toSorted()
  return { low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) }
}

/** Linear between neighbours, type 7 of Hyndman and Fan (1996). */
function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1)
  const below = Math.floor(position)
  const low = sorted[below]!
  return low + (position - below) * ((sorted[below + 1] ?? low) - low)
}
