import { normalQuantile, twoSidedNormalP } from '../special/normal.js'

/** One wave of a series. */
export interface TrendPoint {
  /** Time of the wave, in the unit the slope is wanted per (years). */
  readonly at: number
  readonly value: number
  /** In the unit of the value, greater than 0. */
  readonly standardError: number
}

/** A straight line through a series. */
export interface Trend {
  /** Unit of the value per unit of time. */
  readonly slope: number
  readonly standardError: number
  readonly low: number
  readonly high: number
  readonly z: number
  /** Two-sided. */
  readonly p: number
}

/**
 * Trend over three or more waves: least squares with weights 1/SE².
 *
 * b = Σw(x − x̄)(y − ȳ) / Σw(x − x̄)², SE = 1/√Σw(x − x̄)²: the errors of the waves are taken as known, so the scatter
 * around the line does not enter.
 *
 * @param points waves of one mode and one item version
 * @returns `null` with fewer than three different times
 * @throws {RangeError} when a number is not finite or a standard error is not positive
 * @see Cochran, W. G. (1954) Biometrics 10, 417-451; methodology 4.9 and 10.7 (H3)
 * @example weightedTrend([[2022, 74, 1.8], [2023, 76.5, 1.7], [2024, 77, 1.7], [2025, 80, 1.6]].map(([at, value, standardError]) => ({ at, value, standardError }))).slope
 *   // 1.859277
 */
export function weightedTrend(points: readonly TrendPoint[]): Trend | null {
  for (const { at, value, standardError } of points) {
    const isUsable = Number.isFinite(at) && Number.isFinite(value) && standardError > 0 && standardError < Infinity
    if (!isUsable) throw new RangeError(`Wave at ${at} has value ${value} and standard error ${standardError}`)
  }
  if (new Set(points.map(({ at }) => at)).size < 3) return null
  const weights = points.map(({ standardError }) => 1 / standardError ** 2)
  const mean = (of: (point: TrendPoint) => number) =>
    weightedSum(points, weights, of) / weightedSum(points, weights, () => 1)
  const [x, y] = [mean(({ at }) => at), mean(({ value }) => value)]
  const spread = weightedSum(points, weights, ({ at }) => (at - x) ** 2)
  const slope = weightedSum(points, weights, ({ at, value }) => (at - x) * (value - y)) / spread
  const error = 1 / Math.sqrt(spread)
  const half = normalQuantile(0.975) * error
  const z = slope / error
  return { slope, standardError: error, low: slope - half, high: slope + half, z, p: twoSidedNormalP(z) }
}

const weightedSum = (points: readonly TrendPoint[], weights: readonly number[], of: (point: TrendPoint) => number) =>
  points.reduce((sum, point, i) => sum + weights[i]! * of(point), 0)
