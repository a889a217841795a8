import { twoSidedNormalP } from '../special/normal.js'
import { holm } from './multiple-tests.js'

/** A unit to rank, estimated independently of the others. */
export interface RankedInput {
  readonly id: string
  /** More is better; any unit, one for all. */
  readonly value: number
  /** In the same unit, 0 or more. */
  readonly standardError: number
}

/** What can honestly be said of a unit's rank. */
export interface RankSet {
  readonly id: string
  /** 1 + units with a higher value. */
  readonly rank: number
  /** 1 + units significantly better. */
  readonly bestRank: number
  /** All units minus those significantly worse. */
  readonly worstRank: number
}

/** A pair of units and the test of their difference. */
export interface RankedPair {
  readonly first: string
  readonly second: string
  /** First minus second over its standard error. */
  readonly z: number
  readonly p: number
  /** Holm's over all pairs. */
  readonly adjustedP: number
}

/**
 * Tests every pair of units: z = (a − b) / √(SE_a² + SE_b²), with Holm's correction over all pairs.
 *
 * @returns U(U − 1)/2 pairs, in the order of the units
 * @throws {RangeError} when a value is not finite or a standard error is negative
 * @see Methodology 4.9 and 10.7 (K1)
 * @example compareAllPairs([{ id: 'Q1', value: 0.86, standardError: 0.02 }, { id: 'CuChi', value: 0.69, standardError: 0.027 }])[0].z
 *   // 5.059434
 */
export function compareAllPairs(units: readonly RankedInput[]): RankedPair[] {
  for (const { id, value, standardError } of units) {
    const isUsable = Number.isFinite(value) && standardError >= 0 && standardError < Infinity
    if (!isUsable) throw new RangeError(`Unit ${id} has value ${value} and standard error ${standardError}`)
  }
  const pairs = units.flatMap((a, i) =>
    units.slice(i + 1).map((b) => {
      const z = standardised(a.value - b.value, Math.hypot(a.standardError, b.standardError))
      return { first: a.id, second: b.id, z, p: twoSidedNormalP(z) }
    }),
  )
  const adjusted = holm(pairs.map(({ p }) => p))
  return pairs.map((pair, i) => ({ ...pair, adjustedP: adjusted[i]! }))
}

/** Equal values are equal even where neither has an error. */
const standardised = (difference: number, error: number) => (difference === 0 ? 0 : difference / error)

/**
 * Ranks as sets: [1 + units significantly better, U − units significantly worse].
 *
 * @param units with distinct ids
 * @param level chance of any false separation; 0.05 unless told
 * @returns in the order given; the set always holds the rank
 * @throws {RangeError} when a value is not finite, a standard error is negative or an id occurs twice
 * @see Methodology 4.9 and 10.7 (K1); Mohamad, D. et al. (2022) "Simultaneous confidence intervals for ranks"
 * @example rankSets([{ id: 'Q1', value: 0.86, standardError: 0.02 }, { id: 'CuChi', value: 0.69, standardError: 0.027 }])[1].bestRank
 *   // 2
 */
export function rankSets(units: readonly RankedInput[], level = 0.05): RankSet[] {
  const better = new Map(units.map(({ id }) => [id, 0]))
  const worse = new Map(units.map(({ id }) => [id, 0]))
  if (better.size !== units.length) throw new RangeError('An id occurs twice among the units')
  for (const { first, second, z, adjustedP } of compareAllPairs(units)) {
    if (adjustedP >= level) continue
    const [winner, loser] = z > 0 ? [first, second] : [second, first]
    better.set(loser, better.get(loser)! + 1)
    worse.set(winner, worse.get(winner)! + 1)
  }
  return units.map(({ id, value }) => ({
    id,
    rank: 1 + units.filter((other) => other.value > value).length,
    bestRank: 1 + better.get(id)!,
    worstRank: units.length - worse.get(id)!,
  }))
}
