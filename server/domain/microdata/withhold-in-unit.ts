import type { QuasiIdentifier } from './microdata-plan.js'
import type { QuasiKeys } from './quasi-keys.js'
import { createRowCounter } from './row-counter.js'

/** Combinations of one unit, each once, ascending, and how many responses have it. */
export interface UnitCombinations {
  readonly keys: Float64Array
  readonly counts: Uint32Array
}

/** What is withheld in each combination of a unit. */
export interface UnitWithholding {
  /** One for each combination: bit `j` for the quasi-identifier at place `j`. */
  readonly masks: Uint16Array
  /** A whole group of like rows, the smallest but for one that had to grow: its combinations by place, and how many rows it has. */
  readonly small: { readonly rows: number; readonly members: readonly number[] }
}

/**
 * Every set of what may be withheld, from nothing to everything: least cost first, then fewest, then the cheaper ones.
 *
 * @example ladderOf([{ key: 'a', slots: [0], cost: 2 }, { key: 'b', slots: [1], cost: 1 }]) // [0, 2, 1, 3]
 */
export function ladderOf(free: readonly QuasiIdentifier[]): readonly number[] {
  const masks = Array.from({ length: 2 ** free.length }, (_, mask) => mask)
  const sum = (mask: number, of: (one: QuasiIdentifier) => number) =>
    free.reduce((total, one, j) => total + ((mask >> j) & 1) * of(one), 0)
  const ranked = masks.map((mask) => ({ mask, cost: sum(mask, ({ cost }) => cost), count: sum(mask, () => 1) }))
  return ranked.sort((a, b) => a.cost - b.cost || a.count - b.count || b.mask - a.mask).map(({ mask }) => mask)
}

/**
 * Withholds in each combination the least with which at least `k` responses of the unit look alike.
 *
 * Step by step along the ladder: of the combinations still without a group, those that are alike without the values of
 * the step make a group once they hold `k` responses. Groups of different steps differ in what is withheld, so none is mixed with
 * another and every row of the file has at least `k - 1` others like it. If a few remain at the last step, the smallest group joins them.
 *
 * @returns `null` when the unit has fewer than `k` responses
 */
export function withholdInUnit(
  { keys, counts }: UnitCombinations,
  quasi: Pick<QuasiKeys, 'partsOf'>,
  ladder: readonly number[],
  k: number,
): UnitWithholding | null {
  let rowsLeft = counts.reduce((sum, count) => sum + count, 0)
  if (rowsLeft < k) return null
  const parts = Array.from(keys, (key) => quasi.partsOf(key))
  const last = ladder.at(-1)!
  const masks = new Uint16Array(keys.length).fill(last)
  let smallest = { rows: Number.POSITIVE_INFINITY, mask: last, key: 0 }
  const left = Uint32Array.from(keys.keys())
  const places = new Uint32Array(keys.length)
  const counter = createRowCounter(keys.length)
  let size = left.length
  const countAlike = (mask: number) => {
    counter.clear()
    for (let at = 0; at < size; at++) places[at] = counter.add(shownPart(parts[left[at]!]!, mask), counts[left[at]!]!)
  }
  for (const mask of ladder) {
    if (rowsLeft < k) break
    countAlike(mask)
    let kept = 0
    for (let at = 0; at < size; at++) {
      const i = left[at]!
      const rows = counter.at(places[at]!)
      if (rows < k) {
        left[kept++] = i
        continue
      }
      masks[i] = mask
      rowsLeft -= counts[i]!
      if (rows < smallest.rows) smallest = { rows, mask, key: shownPart(parts[i]!, mask) }
    }
    size = kept
  }
  const members = Array.from(masks.keys()).filter(
    (i) => masks[i] === smallest.mask && shownPart(parts[i]!, smallest.mask) === smallest.key,
  )
  if (size === 0) return { masks, small: { rows: smallest.rows, members } }
  for (const i of members) masks[i] = last
  return { masks, small: { rows: smallest.rows + rowsLeft, members: [...left.subarray(0, size), ...members] } }
}

/** A combination without what a mask withholds. */
function shownPart(parts: readonly number[], mask: number): number {
  let key = 0
  for (let j = 0; j < parts.length; j++) if (((mask >> j) & 1) === 0) key += parts[j]!
  return key
}
