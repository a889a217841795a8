import type { CalibrationStep } from './calibration.js'
import { findMarginProblem, fitToMargin, type Margin, type MarginProblem, worstGap } from './margin.js'

/** Bounds of a weight, as multiples of the mean weight. */
export interface TrimBounds {
  readonly low: number
  readonly high: number
}

/** Bounds of methodology 4.8. */
export const DEFAULT_TRIM: TrimBounds = { low: 0.3, high: 3 }

/** How far raking goes. */
export interface RakeOptions {
  /** Stop once every group is this close to its total, relatively; 1e-9 unless told. */
  readonly tolerance?: number
  /** Rounds through all margins before giving up; 100 unless told (methodology 4.8). */
  readonly maxCycles?: number
  /** Keep weights within these multiples of their mean; no bounds unless given. */
  readonly trim?: TrimBounds
}

/** Fitted weights, or why there are none. */
export type Raking =
  | {
      readonly kind: 'raked'
      readonly weights: readonly number[]
      /** Per margin, the weights after fitting it the last time: for the variance. */
      readonly steps: readonly CalibrationStep[]
      /** Rounds through all margins, over all trimming rounds. */
      readonly cycles: number
      /** Weights that met a bound in the first trimming round. */
      readonly trimmed: number
    }
  /** The margins contradict one another in this sample, or need more cycles. */
  | { readonly kind: 'not_converged'; readonly cycles: number; readonly worstGap: number }
  /** No weights inside the bounds meet the margins: widen the bounds or collapse groups. */
  | { readonly kind: 'bounds_unreachable'; readonly lowest: number; readonly highest: number }
  | MarginProblem

const MAX_TRIM_ROUNDS = 200
/** Re-raking moves trimmed weights a little; this much beyond a bound is let pass. */
const BOUND_SLACK = 1e-6

/**
 * Weights fitted to several margins at once by iterative proportional fitting.
 *
 * Cycles through the margins, scaling each group to its total, until all are met. With bounds: clamps weights to
 * [low, high] times their mean and fits again, in turn, until both hold. Every failure is an outcome of its own;
 * weights that miss a margin are never returned.
 *
 * @param weights start weights; positive, any scale
 * @param margins divisions of one population, same grand total
 * @throws {RangeError} when there is no margin, a total is not positive, or a margin has not one group per case
 * @see Deming, W. E., Stephan, F. F. (1940) Ann. Math. Stat. 11, 427-444; methodology 4.8 and 10.5 (E2)
 * @example rakeWeights([1, 1], [{ name: 'sex', groupOf: ['f', 'm'], totals: new Map([['f', 30], ['m', 70]]) }]).weights
 *   // [30, 70]
 */
export function rakeWeights(weights: readonly number[], margins: readonly Margin[], options: RakeOptions = {}): Raking {
  const problem = findMarginProblem(weights, margins)
  if (problem) return problem
  let outcome = fitCycles(weights, margins, options)
  const { trim } = options
  let trimmed = 0
  let cycles = 0
  for (let round = 0; trim && outcome.kind === 'raked' && round < MAX_TRIM_ROUNDS; round++) {
    cycles += outcome.cycles
    const outside = countOutside(outcome.weights, trim)
    if (outside === 0) return { ...outcome, cycles, trimmed }
    if (round === 0) trimmed = outside
    outcome = fitCycles(clamp(outcome.weights, trim), margins, options)
  }
  if (!trim || outcome.kind !== 'raked') return outcome
  const relative = relativeWeights(outcome.weights)
  return {
    kind: 'bounds_unreachable',
    lowest: relative.reduce((a, b) => Math.min(a, b)),
    highest: relative.reduce((a, b) => Math.max(a, b)),
  }
}

function fitCycles(start: readonly number[], margins: readonly Margin[], options: RakeOptions) {
  const { tolerance = 1e-9, maxCycles = 100 } = options
  let weights: readonly number[] = start
  for (let cycles = 1; cycles <= maxCycles; cycles++) {
    const steps: CalibrationStep[] = []
    for (const margin of margins) {
      weights = fitToMargin(weights, margin)
      steps.push({ groupOf: margin.groupOf, weights })
    }
    if (worstGap(weights, margins) <= tolerance) return { kind: 'raked', weights, steps, cycles, trimmed: 0 } as const
  }
  return { kind: 'not_converged', cycles: maxCycles, worstGap: worstGap(weights, margins) } as const
}

function relativeWeights(weights: readonly number[]): number[] {
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length
  return weights.map((weight) => weight / mean)
}

const countOutside = (weights: readonly number[], { low, high }: TrimBounds) =>
  relativeWeights(weights).filter((w) => w < low * (1 - BOUND_SLACK) || w > high * (1 + BOUND_SLACK)).length

const clamp = (weights: readonly number[], { low, high }: TrimBounds) =>
  relativeWeights(weights).map((weight) => Math.min(high, Math.max(low, weight)))
