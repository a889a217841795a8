import { chiSquareUpperTail } from '../special/chi-square.js'

/** Whether groups differ: how far they lie apart, and how often as far by chance. */
export interface HomogeneityTest {
  readonly statistic: number
  readonly degreesOfFreedom: number
  readonly p: number
}

/** Answers in the top two boxes of one group, and all its valid answers. */
export interface GroupHits {
  readonly hits: number
  readonly base: number
}

/** Below this an expected count makes the chi-square approximation untrustworthy (Cochran 1954, for tables of 2 columns). */
const MIN_EXPECTED = 5

/**
 * Pearson's chi-square test that a share is the same in all groups; respondents independent, no weights, no clusters.
 *
 * X² = Σ (observed − expected)² / expected over the 2 × G table, G − 1 degrees of freedom.
 *
 * @returns `null` with fewer than two groups, or where an expected count is below 5: it would not be trustworthy
 * @throws {RangeError} when a group has no base, or more hits than base
 * @see Pearson, K. (1900) Philosophical Magazine 50, 157-175; Cochran, W. G. (1954) Biometrics 10, 417-451
 * @example chiSquareOfGroups([{ hits: 30, base: 60 }, { hits: 20, base: 60 }])?.statistic // 3.428571
 */
export function chiSquareOfGroups(groups: readonly GroupHits[]): HomogeneityTest | null {
  for (const { hits, base } of groups) {
    if (!(base > 0 && hits >= 0 && hits <= base)) throw new RangeError(`Group of ${hits} hits on ${base}`)
  }
  if (groups.length < 2) return null
  const total = groups.reduce((sum, { base }) => sum + base, 0)
  const share = groups.reduce((sum, { hits }) => sum + hits, 0) / total
  const smallest = Math.min(...groups.map(({ base }) => base)) * Math.min(share, 1 - share)
  if (smallest < MIN_EXPECTED) return null
  const statistic = groups.reduce(
    (sum, { hits, base }) => sum + (hits - base * share) ** 2 / (base * share * (1 - share)),
    0,
  )
  return testOf(statistic, groups.length)
}

/** An estimate of one group, independent of those of the others. */
export interface GroupEstimate {
  readonly value: number
  /** Of the estimate, on the scale of the value squared. */
  readonly variance: number
}

/**
 * Wald test that independent groups have one value: Σ (θ_g − θ̄)² / V_g with θ̄ their mean weighted by 1/V_g, G − 1 degrees of freedom.
 *
 * The design is in the variances: linearised, with the respondent as cluster, for an index over several items.
 *
 * @returns `null` with fewer than two groups, or where a variance is 0: nothing is known of its spread
 * @throws {RangeError} when a variance is negative or not finite
 * @see Wald, A. (1943) Trans. AMS 54, 426-482; Koch, Freeman, Freeman (1975) Int. Statistical Review 43, 59-78
 * @example waldOfGroups([{ value: 0.8, variance: 0.0004 }, { value: 0.7, variance: 0.0005 }])?.statistic // 11.111111
 */
export function waldOfGroups(groups: readonly GroupEstimate[]): HomogeneityTest | null {
  for (const { variance } of groups) {
    if (!(variance >= 0 && variance < Infinity)) throw new RangeError(`Variance must be 0 or more, got ${variance}`)
  }
  if (groups.length < 2 || groups.some(({ variance }) => variance === 0)) return null
  const precision = groups.reduce((sum, { variance }) => sum + 1 / variance, 0)
  const mean = groups.reduce((sum, { value, variance }) => sum + value / variance, 0) / precision
  const statistic = groups.reduce((sum, { value, variance }) => sum + (value - mean) ** 2 / variance, 0)
  return testOf(statistic, groups.length)
}

function testOf(statistic: number, groupCount: number): HomogeneityTest {
  const degreesOfFreedom = groupCount - 1
  return { statistic, degreesOfFreedom, p: chiSquareUpperTail(statistic, degreesOfFreedom) }
}
