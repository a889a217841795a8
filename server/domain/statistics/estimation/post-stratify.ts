import { findMarginProblem, fitToMargin, type Margin, type MarginProblem } from './margin.js'
import type { SampleDesign } from './sample-design.js'
import { withCalibratedWeights } from './with-calibrated-weights.js'

/** A post-stratified design, or why there is none. */
export type PostStratification = { readonly kind: 'post_stratified'; readonly design: SampleDesign } | MarginProblem

/**
 * Weights scaled to the known size of each post-stratum: w · N_g / Σ_g w.
 *
 * Variances from the new design are those of the post-stratified estimator: only differences inside a post-stratum
 * count, since the sizes are known.
 *
 * @param design one that is not calibrated yet
 * @param margin groups of the cases and their sizes in the population
 * @throws {RangeError} when the design is calibrated already, or a total is not positive
 * @see Holt, D., Smith, T. M. F. (1979) "Post stratification", JRSS A 142, 33-46; Valliant (1993)
 * @example postStratify(createSampleDesign([{ weight: 1 }, { weight: 1 }]), { name: 'sex', groupOf: ['f', 'm'], totals: new Map([['f', 30], ['m', 70]]) }).design.weights
 *   // [30, 70]
 */
export function postStratify(design: SampleDesign, margin: Margin): PostStratification {
  const problem = findMarginProblem(design.weights, [margin])
  if (problem) return problem
  const weights = fitToMargin(design.weights, margin)
  return {
    kind: 'post_stratified',
    design: withCalibratedWeights(design, weights, [{ groupOf: margin.groupOf, weights }]),
  }
}
