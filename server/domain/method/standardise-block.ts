import type { Standardisation } from './method.js'

/** Score of each unit that took part, and whether they differed at all. */
export interface BlockScores {
  readonly scores: ReadonlyMap<string, number>
  readonly hasVariation: boolean
}

/**
 * Places the units of one block between the worst and the best of them.
 *
 * s = low + (high − low)·(x − min)/(max − min); a negative statement gets low + high − s. Where all units are alike,
 * or there is one only, all get `noVariation`. The scores say nothing across blocks or years.
 *
 * @param values absolute figure of each unit, in one unit of measure
 * @throws {RangeError} when a value is not finite
 * @see methodology 2.2 and 2.3, acceptance value I1
 * @example standardiseBlock(new Map([['a', 62], ['b', 80], ['c', 55]]), {kind: 'min_max_within_block', low: 1, high: 10, noVariation: 5.5, minBase: 30}, false).scores.get('a') // 3.52
 */
export function standardiseBlock(
  values: ReadonlyMap<string, number>,
  { low, high, noVariation }: Standardisation,
  isReversed: boolean,
): BlockScores {
  const all = [...values.values()]
  for (const value of all) if (!Number.isFinite(value)) throw new RangeError(`Figures must be finite, got ${value}`)
  const min = Math.min(...all)
  const max = Math.max(...all)
  const hasVariation = max > min
  const scoreOf = (value: number) => {
    if (!hasVariation) return noVariation
    const forward = low + ((high - low) * (value - min)) / (max - min)
    return isReversed ? low + high - forward : forward
  }
  return { scores: new Map([...values].map(([unit, value]) => [unit, scoreOf(value)])), hasVariation }
}
