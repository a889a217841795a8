function checkPs(ps: readonly number[]): void {
  for (const p of ps) if (!(p >= 0 && p <= 1)) throw new RangeError(`p value must lie in 0 to 1, got ${p}`)
}

/** Positions of the values from smallest to largest. */
const order = (ps: readonly number[]) => ps.map((_, i) => i).sort((a, b) => ps[a]! - ps[b]!)

/**
 * Holm's adjusted p values: for what is published. Keeps the chance of any false finding at the level.
 *
 * Sorted upwards: max over j ≤ i of min(1, (m − j + 1)·p_j).
 *
 * @param ps p values, 0 to 1, any order; may be empty
 * @returns adjusted values in the order given
 * @throws {RangeError} when a value is outside 0 to 1
 * @see Holm, S. (1979) Scand. J. Statistics 6, 65-70; methodology 10.7 (H2)
 * @example holm([0.001, 0.012, 0.03, 0.045, 0.2]) // [0.005, 0.048, 0.09, 0.09, 0.2]
 */
export function holm(ps: readonly number[]): number[] {
  checkPs(ps)
  const adjusted = [...ps]
  let highest = 0
  order(ps).forEach((i, rank) => {
    highest = Math.max(highest, Math.min(1, (ps.length - rank) * ps[i]!))
    adjusted[i] = highest
  })
  return adjusted
}

/**
 * Benjamini and Hochberg's adjusted p values: for screening. Keeps the expected share of false findings at the level.
 *
 * Sorted upwards: min over j ≥ i of min(1, m·p_j / j).
 *
 * @param ps p values, 0 to 1, any order; may be empty
 * @returns adjusted values in the order given
 * @throws {RangeError} when a value is outside 0 to 1
 * @see Benjamini, Y., Hochberg, Y. (1995) JRSS B 57, 289-300; methodology 10.7 (H2)
 * @example benjaminiHochberg([0.001, 0.012, 0.03, 0.045, 0.2]) // [0.005, 0.03, 0.05, 0.05625, 0.2]
 */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  checkPs(ps)
  const adjusted = [...ps]
  const ascending = order(ps)
  let lowest = 1
  for (let rank = ps.length; rank >= 1; rank--) {
    const i = ascending[rank - 1]!
    // The quotient first: an adjusted value must not fall below its p by rounding.
    lowest = Math.min(lowest, ps[i]! * (ps.length / rank))
    adjusted[i] = lowest
  }
  return adjusted
}
