import { largestRemainder } from './largest-remainder.js'
import { shareWithinBounds } from './share-within-bounds.js'

/** A stratum to draw from. */
export interface AllocationStratum {
  readonly name: string
  /** Cases in the population, a whole number above 0. */
  readonly size: number
  /** Standard deviation expected inside it; for Neyman's rule alone. */
  readonly deviation?: number
}

/**
 * How a total is shared out: by size; equally; by size to a power (½ is the square-root rule of the 2024 mid-term
 * census); by size times standard deviation (Neyman).
 */
export type AllocationRule =
  | { readonly kind: 'proportional' }
  | { readonly kind: 'equal' }
  | { readonly kind: 'power'; readonly exponent: number }
  | { readonly kind: 'neyman' }

/** Cases per stratum, or why the total cannot be shared out so. */
export type Allocation =
  | { readonly kind: 'allocated'; readonly cases: readonly { readonly name: string; readonly cases: number }[] }
  | { readonly kind: 'minimum_exceeds_total'; readonly needed: number }
  | { readonly kind: 'total_exceeds_population'; readonly available: number }

/**
 * Shares a sample out to strata, in whole cases that add up to the total.
 *
 * Strata below the minimum are raised to it, strata above their own size cut to it, and the rest is shared again by
 * the rule; then largest remainders. A stratum smaller than the minimum is taken completely.
 *
 * @param total cases to draw, whole
 * @param minimum cases each stratum must get, whole; 0 unless told
 * @throws {RangeError} when there is no stratum, a total, minimum or size is not whole and in range, or Neyman's rule lacks a deviation
 * @see Methodology 1.6 and 10.4 (D3); Neyman, J. (1934) JRSS 97, 558-625; Bankier, M. (1988) Amer. Statistician 42, 174-177 (power)
 * @example allocateSample(400, [50000, 20000, 10000, 5000].map((size, i) => ({ name: `h${i}`, size })), { kind: 'power', exponent: 0.5 }).cases.map(({ cases }) => cases)
 *   // [167, 105, 75, 53]
 */
export function allocateSample(
  total: number,
  strata: readonly AllocationStratum[],
  rule: AllocationRule,
  minimum = 0,
): Allocation {
  checkWhole('Total', total, 1)
  checkWhole('Minimum', minimum, 0)
  if (strata.length === 0) throw new RangeError('Allocation needs at least one stratum')
  for (const { name, size } of strata) checkWhole(`Size of ${name}`, size, 1)
  const bounds = strata.map(({ size }) => ({ low: Math.min(minimum, size), high: size }))
  const needed = bounds.reduce((sum, { low }) => sum + low, 0)
  const available = bounds.reduce((sum, { high }) => sum + high, 0)
  if (needed > total) return { kind: 'minimum_exceeds_total', needed }
  if (available < total) return { kind: 'total_exceeds_population', available }
  const amounts = shareWithinBounds(
    total,
    strata.map((stratum) => claimOf(stratum, rule)),
    bounds,
  )
  const cases = largestRemainder(amounts, total)
  return { kind: 'allocated', cases: strata.map(({ name }, i) => ({ name, cases: cases[i]! })) }
}

function claimOf({ name, size, deviation }: AllocationStratum, rule: AllocationRule): number {
  switch (rule.kind) {
    case 'proportional':
      return size
    case 'equal':
      return 1
    case 'power':
      return size ** rule.exponent
    case 'neyman':
      if (!(deviation !== undefined && deviation > 0))
        throw new RangeError(`Stratum ${name} needs a positive deviation`)
      return size * deviation
  }
}

function checkWhole(what: string, value: number, least: number): void {
  if (!(Number.isSafeInteger(value) && value >= least)) {
    throw new RangeError(`${what} must be a whole number from ${least}, got ${value}`)
  }
}
