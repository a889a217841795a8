/** Two-sided 95 % quantile of the standard normal distribution. */
export const Z_95 = 1.959963984540054

/** A 95 % interval of a percent; not symmetric around it. Percent, 0 to 100, unrounded. */
export interface PercentInterval {
  readonly lowPercent: number
  readonly highPercent: number
}

/**
 * Wilson's 95 % score interval of a share.
 *
 * p̃ = (p + z²/2n) / (1 + z²/n), half = z / (1 + z²/n) · √(p(1−p)/n + z²/4n²).
 * For a complex sample give the effective base for n: the design is in n alone, no continuity correction.
 *
 * @param share observed share, 0 to 1
 * @param base respondents or effective respondents, greater than 0, any real number
 * @returns percent, 0 to 100, unrounded
 * @throws {RangeError} when the share is outside 0 to 1 or the base is not positive and finite
 * @see Wilson, E. B. (1927) "Probable inference, the law of succession, and statistical inference", JASA 22, 209-212
 * @example wilsonInterval(0.81, 250) // { lowPercent: 75.682133, highPercent: 85.379603 }
 */
export function wilsonInterval(share: number, base: number): PercentInterval {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`Share must lie in 0 to 1, got ${share}`)
  if (!(base > 0 && base < Infinity)) throw new RangeError(`Base must be positive and finite, got ${base}`)
  const z2 = Z_95 * Z_95
  const shrink = 1 + z2 / base
  const centre = (share + z2 / (2 * base)) / shrink
  const half = (Z_95 / shrink) * Math.sqrt((share * (1 - share)) / base + z2 / (4 * base * base))
  // At 0 and 1 the bound is exact in algebra but a few ulp off in floating point.
  const lowPercent = share === 0 ? 0 : Math.max(0, 100 * (centre - half))
  const highPercent = share === 1 ? 100 : Math.min(100, 100 * (centre + half))
  return { lowPercent, highPercent }
}
