import { residualScores } from './calibration.js'
import type { SampleDesign } from './sample-design.js'

/**
 * Design-based variance of an estimate from its linearised scores.
 *
 * V = Σ_h (1 − n_h/N_h) · n_h/(n_h − 1) · Σ_c (e_hc − ē_h)², with e_hc the sum of scores over primary sampling unit c of
 * stratum h. A stratum with one unit is centred at the grand mean of all units and its factor n/(n − 1) is 1
 * ("adjust"); name such strata beside the result. Scores of calibrated designs are first reduced to residuals.
 *
 * @param scores weight times linearised value, one per case of the design; 0 outside a domain
 * @returns variance in the squared unit of the estimate, 0 or more
 * @throws {RangeError} when the number of scores is not the number of cases
 * @see Binder, D. A. (1983) Int. Statist. Review 51, 279-292; Lumley, T. (2010) Complex Surveys, appendix A; methodology 4.8
 * @example taylorVariance(createSampleDesign([{ weight: 1 }, { weight: 1 }]), [0.25, -0.25]) // 0.25
 */
export function taylorVariance(design: SampleDesign, scores: readonly number[]): number {
  const cases = design.clusterOf.length
  if (scores.length !== cases) throw new RangeError(`${scores.length} scores for a design of ${cases} cases`)
  const totals = clusterTotals(design, design.calibration ? residualScores(design.calibration, scores) : scores)
  const grandMean = totals.reduce((sum, total) => sum + total, 0) / totals.length
  const means = stratumMeans(design, totals)
  const squares = new Array<number>(design.strata.length).fill(0)
  totals.forEach((total, cluster) => {
    const stratum = design.stratumOfCluster[cluster]!
    const centre = design.strata[stratum]!.clusters === 1 ? grandMean : means[stratum]!
    squares[stratum]! += (total - centre) ** 2
  })
  return design.strata.reduce((variance, { clusters, populationClusters }, stratum) => {
    const correction = clusters === 1 ? 1 : clusters / (clusters - 1)
    return variance + (1 - clusters / populationClusters) * correction * squares[stratum]!
  }, 0)
}

function clusterTotals(design: SampleDesign, scores: readonly number[]): number[] {
  const totals = new Array<number>(design.stratumOfCluster.length).fill(0)
  scores.forEach((score, i) => {
    totals[design.clusterOf[i]!]! += score
  })
  return totals
}

function stratumMeans(design: SampleDesign, totals: readonly number[]): number[] {
  const means = new Array<number>(design.strata.length).fill(0)
  totals.forEach((total, cluster) => {
    const stratum = design.stratumOfCluster[cluster]!
    means[stratum]! += total / design.strata[stratum]!.clusters
  })
  return means
}
