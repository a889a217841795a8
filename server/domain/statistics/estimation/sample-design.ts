import type { Calibration } from './calibration.js'

/** How one case came into the sample. */
export interface SampledCase {
  /** Survey weight: cases of the population this one speaks for; positive, any scale. */
  readonly weight: number
  /** Stratum it was drawn in; absent = the whole sample is one stratum. */
  readonly stratum?: string | undefined
  /** Primary sampling unit within its stratum; absent = the case itself. */
  readonly cluster?: string | undefined
  /** Primary sampling units its stratum has in the population, for the finite population correction; absent = no correction. */
  readonly populationClusters?: number | undefined
}

/** One stratum of the sample. */
export interface DesignStratum {
  readonly name: string
  /** Primary sampling units drawn. */
  readonly clusters: number
  /** Primary sampling units in the population; infinity where no finite population correction is made. */
  readonly populationClusters: number
}

/** Weights, strata and clusters of a sample, checked and numbered; cases are known by their position. */
export interface SampleDesign {
  /** Weights to estimate with: design weights, calibrated where `calibration` says so. */
  readonly weights: readonly number[]
  readonly strata: readonly DesignStratum[]
  /** Number of the primary sampling unit of each case. */
  readonly clusterOf: readonly number[]
  /** Number of the stratum of each primary sampling unit. */
  readonly stratumOfCluster: readonly number[]
  readonly calibration: Calibration | null
}

/** Numbers given to names in order of appearance. */
class Numbering {
  readonly #numbers = new Map<string, number>()

  numberOf(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    this.#numbers.set(name, this.#numbers.size)
    return this.#numbers.size - 1
  }

  get names(): readonly string[] {
    return [...this.#numbers.keys()]
  }
}

/**
 * The design of a sample, from what is known of each case.
 *
 * Clusters are nested: the same cluster name in two strata means two clusters. Only the first stage counts
 * (ultimate cluster variance); later stages are inside the cluster totals.
 *
 * @param cases one per respondent, in the order of the answers to estimate from
 * @throws {RangeError} when there is no case, a weight is not positive and finite, or a stratum's population is said in two ways or is smaller than its sample
 * @see Lumley, T. (2010) Complex Surveys, section 2.2; methodology 4.8
 * @example createSampleDesign([{ weight: 2, stratum: 'h1', cluster: 'a' }, { weight: 2, stratum: 'h1', cluster: 'b' }]).strata
 *   // [{ name: 'h1', clusters: 2, populationClusters: Infinity }]
 */
export function createSampleDesign(cases: readonly SampledCase[]): SampleDesign {
  if (cases.length === 0) throw new RangeError('A sample design needs at least one case')
  const strata = new Numbering()
  const clusters = new Numbering()
  const stratumOfCluster: number[] = []
  const populations: number[] = []
  const clusterOf = cases.map((sampled, i) => {
    checkWeight(sampled.weight, i)
    const stratum = strata.numberOf(sampled.stratum ?? '')
    const cluster = clusters.numberOf(JSON.stringify([stratum, sampled.cluster ?? i]))
    stratumOfCluster[cluster] = stratum
    const population = sampled.populationClusters ?? Infinity
    populations[stratum] ??= population
    if (populations[stratum] !== population) {
      throw new RangeError(`Stratum ${sampled.stratum} has population ${populations[stratum]} and ${population}`)
    }
    return cluster
  })
  return {
    weights: cases.map(({ weight }) => weight),
    strata: strata.names.map((name, number) => stratumOf(name, populations[number]!, count(stratumOfCluster, number))),
    clusterOf,
    stratumOfCluster,
    calibration: null,
  }
}

const count = (numbers: readonly number[], wanted: number) => numbers.filter((number) => number === wanted).length

function stratumOf(name: string, populationClusters: number, clusters: number): DesignStratum {
  if (!(populationClusters >= clusters)) {
    throw new RangeError(`Stratum ${name} has ${clusters} clusters in the sample and ${populationClusters} in all`)
  }
  return { name, clusters, populationClusters }
}

function checkWeight(weight: number, i: number): void {
  if (!(weight > 0 && weight < Infinity)) {
    throw new RangeError(`Weight of case ${i} must be positive and finite, got ${weight}`)
  }
}

/**
 * Names of the strata with one primary sampling unit of several: their variance cannot be seen in the sample.
 *
 * A stratum drawn completely (one of one) adds no sampling variance and is not among them.
 *
 * @returns names in the order of the design; empty when all is well
 * @see methodology 4.8 (single-PSU strata)
 * @example lonelyStrata(createSampleDesign([{ weight: 1, stratum: 'h1' }, { weight: 1, stratum: 'h2' }, { weight: 1, stratum: 'h2' }]))
 *   // ['h1']
 */
export const lonelyStrata = (design: SampleDesign): readonly string[] =>
  design.strata
    .filter(({ clusters, populationClusters }) => clusters === 1 && populationClusters > 1)
    .map(({ name }) => name)
