import { createSeededStream, GENERATOR, type SeededStream } from '../random/seeded-stream.js'
import { lonelyStrata, type SampleDesign } from './sample-design.js'

/** A bootstrap estimate and all that is needed to repeat it. */
export interface BootstrapEstimate {
  /** Estimate with the weights of the design. */
  readonly value: number
  /** Root of the mean squared distance of the replicates from `value`. */
  readonly standardError: number
  /** 2.5 % and 97.5 % points of the replicates. */
  readonly low: number
  readonly high: number
  /** Replicates the estimate was defined in; the rest are left out. */
  readonly definedReplicates: number
  readonly replicates: number
  readonly seed: string
  readonly generator: string
  /** Strata that could not be resampled: they add no variance here. */
  readonly lonelyStrata: readonly string[]
}

/**
 * Standard error and interval of any statistic by the rescaling bootstrap of Rao, Wu and Yue.
 *
 * In each stratum n − 1 of the n primary sampling units are drawn with replacement; a unit drawn k times gets its
 * weights times k · n/(n − 1). No finite population correction (cautious). To carry calibration through, give the
 * uncalibrated design and calibrate inside `estimate`.
 *
 * @param estimate statistic of a set of weights, one per case; `null` where undefined
 * @param replicates at least 2; 500 or more for an interval
 * @param seed text that names the stream; kept in the result
 * @throws {RangeError} when fewer than 2 replicates are asked for or defined, the seed is empty, or the statistic is undefined for the sample itself
 * @see Rao, J. N. K., Wu, C. F. J., Yue, K. (1992) Survey Methodology 18, 209-217
 * @example bootstrapEstimate(createSampleDesign([{ weight: 1 }, { weight: 1 }]), ([first]) => first, { replicates: 2, seed: 'a' }).value
 *   // 1
 */
export function bootstrapEstimate(
  design: SampleDesign,
  estimate: (weights: readonly number[]) => number | null,
  { replicates, seed }: { readonly replicates: number; readonly seed: string },
): BootstrapEstimate {
  if (!(replicates >= 2)) throw new RangeError(`Bootstrap needs at least 2 replicates, got ${replicates}`)
  const value = estimate(design.weights)
  if (value === null) throw new RangeError('The statistic is undefined for the sample itself')
  const stream = createSeededStream(seed)
  const results: number[] = []
  for (let replicate = 0; replicate < replicates; replicate++) {
    const result = estimate(bootstrapWeights(design, stream))
    if (result !== null) results.push(result)
  }
  if (results.length < 2) throw new RangeError(`The statistic is defined in ${results.length} replicates only`)
  results.sort((a, b) => a - b)
  const squares = results.reduce((sum, result) => sum + (result - value) ** 2, 0)
  return {
    value,
    standardError: Math.sqrt(squares / results.length),
    low: sortedQuantile(results, 0.025),
    high: sortedQuantile(results, 0.975),
    definedReplicates: results.length,
    replicates,
    seed,
    generator: GENERATOR,
    lonelyStrata: lonelyStrata(design),
  }
}

/**
 * Weights of one replicate; 0 for cases whose primary sampling unit was not drawn.
 *
 * @param stream moved on by the draws, stratum by stratum in the order of the design
 * @see Rao, Wu and Yue (1992)
 * @example bootstrapWeights(createSampleDesign([{ weight: 3 }]), createSeededStream('a')) // [3]
 */
export function bootstrapWeights(design: SampleDesign, stream: SeededStream): readonly number[] {
  const members: number[][] = design.strata.map(() => [])
  design.stratumOfCluster.forEach((stratum, cluster) => {
    members[stratum]!.push(cluster)
  })
  const factors = new Array<number>(design.stratumOfCluster.length).fill(0)
  for (const clusters of members) {
    const size = clusters.length
    if (size === 1) factors[clusters[0]!] = 1
    for (let draw = 1; draw < size; draw++) factors[clusters[stream.below(size)]!]! += size / (size - 1)
  }
  return design.weights.map((weight, i) => weight * factors[design.clusterOf[i]!]!)
}

/** Quantile of two or more sorted values at a share below 1, linear between neighbours (type 7 of Hyndman and Fan 1996). */
function sortedQuantile(sorted: readonly number[], share: number): number {
  const position = share * (sorted.length - 1)
  const below = Math.floor(position)
  const low = sorted[below]!
  return low + (position - below) * (sorted[below + 1]! - low)
}
