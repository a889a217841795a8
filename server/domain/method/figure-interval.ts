import { meanInterval, type ValueInterval } from '../statistics/estimation/mean-interval.js'
import { wilsonInterval } from '../statistics/wilson.js'
import type { InfluenceSums } from './influence.js'
import type { MethodInterval } from './method.js'

/** What an interval stands on. */
export interface FigurePrecision {
  /** In the unit of the figure; percent for `wilson`. */
  readonly value: number
  /** Variance in the square of that unit; `null` with fewer than two respondents. */
  readonly variance: number | null
  /** Answers in the denominators. */
  readonly answers: number
  readonly respondents: number
}

/**
 * Variance of a linearised figure from what each respondent adds: n/(n−1) · Σ e².
 *
 * @param sums over respondents with a counted answer, whose e add up to 0
 * @returns `null` with fewer than two respondents
 * @see methodology 4.8, one stratum, respondents as clusters drawn with replacement
 */
export function varianceOfInfluences({ respondents, squares }: InfluenceSums): number | null {
  return respondents < 2 ? null : (respondents / (respondents - 1)) * squares
}

/**
 * 95 % interval of a figure.
 *
 * `wilson`: on the independent answers that would be as precise, answers/deff with deff = V/[p(1−p)/(answers−1)], never
 * more than the answers given and the respondents where deff is undefined. `mean_t`: value ± t · √V with one degree of freedom less than respondents. `bootstrap`
 * and `none` give `null` here.
 *
 * @throws {RangeError} when a figure for `wilson` is no percent
 */
export function figureInterval(kind: MethodInterval['kind'], precision: FigurePrecision): ValueInterval | null {
  const { value, variance, respondents } = precision
  if (respondents === 0) return null
  if (kind === 'mean_t') return variance === null ? null : meanInterval(value, Math.sqrt(variance), respondents - 1)
  if (kind !== 'wilson') return null
  // A mean of percents may exceed 100 by a rounding error.
  const share = Math.min(1, value / 100)
  const { lowPercent, highPercent } = wilsonInterval(share, effectiveAnswers(share, precision))
  return { low: lowPercent, high: highPercent }
}

/** Respondents who all say the same have variance 0 in algebra and a little more in floating point. */
const ROUNDING = 1e-9

function effectiveAnswers(share: number, { variance, answers, respondents }: FigurePrecision): number {
  const simple = (share * (1 - share)) / (answers - 1)
  const actual = (variance ?? 0) / 10_000
  return simple > 0 && actual > ROUNDING * simple ? Math.min(answers, (answers * simple) / actual) : respondents
}
