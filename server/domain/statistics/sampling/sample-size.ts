/**
 * The 97.5 % normal quantile as textbooks and the ministry's tables round it, so that a plan here is the plan there
 * (384.16, not 384.15). Intervals of results use the unrounded one.
 */
export const PLANNING_Z = 1.96

/** Rounding noise below which a size counts as whole. */
const NOISE = 1e-9

function checkPositive(what: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`${what} must be positive and finite, got ${value}`)
}

function checkShare(what: string, value: number): void {
  if (!(value > 0 && value <= 1)) throw new RangeError(`${what} must lie in 0 to 1, above 0, got ${value}`)
}

/**
 * Sample size by Slovin's formula: n = N / (1 + N·e²).
 *
 * The ministry's guidance uses it; it is Cochran's with p = ½ and z = 2. No design effect, no nonresponse.
 *
 * @param population cases of the period, for example transactions of a service; greater than 0
 * @param margin half-width wanted, as a share: 0.05 for ±5 points
 * @returns cases, not rounded; see `wholeCases`
 * @throws {RangeError} when an argument is not positive, or the margin is above 1
 * @see Methodology 1.6 and 10.4 (D1)
 * @example slovinSize(1500, 0.05) // 315.79
 */
export function slovinSize(population: number, margin: number): number {
  checkPositive('Population', population)
  checkShare('Margin', margin)
  return population / (1 + population * margin * margin)
}

/**
 * Sample size for a share in an unlimited population: n₀ = z²·p(1 − p) / e².
 *
 * @param margin half-width wanted, as a share
 * @param share expected share, strictly between 0 and 1; ½, the worst case, unless told
 * @returns cases, not rounded
 * @throws {RangeError} when the margin or the share is out of range
 * @see Cochran, W. G. (1977) Sampling Techniques, section 4.4; methodology 10.4 (D2)
 * @example cochranSize(0.05) // 384.16
 */
export function cochranSize(margin: number, share = 0.5): number {
  checkShare('Margin', margin)
  if (!(share > 0 && share < 1)) throw new RangeError(`Share must lie strictly between 0 and 1, got ${share}`)
  return (PLANNING_Z * PLANNING_Z * share * (1 - share)) / (margin * margin)
}

/**
 * Size reduced for a finite population: n = n₀ / (1 + (n₀ − 1)/N).
 *
 * @param size for an unlimited population
 * @param population cases in all
 * @returns cases, not rounded
 * @throws {RangeError} when an argument is not positive
 * @see Cochran (1977), section 4.4
 * @example sizeForPopulation(384.16, 1500) // 306.00
 */
export function sizeForPopulation(size: number, population: number): number {
  checkPositive('Size', size)
  checkPositive('Population', population)
  return size / (1 + (size - 1) / population)
}

/**
 * Size to hand out so that enough comes back: n · deff / response rate.
 *
 * @param size answers of a simple random sample that would do
 * @param designEffect expected; 1 for a simple random sample
 * @param responseRate expected share that answers, above 0
 * @returns cases, not rounded
 * @throws {RangeError} when an argument is not positive, or the rate is above 1
 * @see Methodology 1.6 and 10.4 (D2)
 * @example inflateSize(305.996, 1.5, 0.8) // 573.74
 */
export function inflateSize(size: number, designEffect: number, responseRate: number): number {
  checkPositive('Size', size)
  checkPositive('Design effect', designEffect)
  checkShare('Response rate', responseRate)
  return (size * designEffect) / responseRate
}

/**
 * Half-width that a size gives: e = z·√(p(1 − p)/n).
 *
 * @param size cases, or effective cases
 * @returns share; 0.098 is ±9.8 points
 * @throws {RangeError} when the size is not positive or the share not strictly between 0 and 1
 * @see methodology 10.4 (D2)
 * @example marginOfSize(100) // 0.098
 */
export function marginOfSize(size: number, share = 0.5): number {
  checkPositive('Size', size)
  if (!(share > 0 && share < 1)) throw new RangeError(`Share must lie strictly between 0 and 1, got ${share}`)
  return PLANNING_Z * Math.sqrt((share * (1 - share)) / size)
}

/**
 * Expected design effect of equal clusters: 1 + (m − 1)·ICC.
 *
 * @param clusterSize answers per cluster, at least 1
 * @param intraclassCorrelation likeness inside a cluster, −1 to 1
 * @throws {RangeError} when a cluster has less than one answer or the correlation is out of range
 * @see Kish, L. (1965) Survey Sampling, section 5.4; methodology 1.6
 * @example clusterDesignEffect(30, 0.02) // 1.58
 */
export function clusterDesignEffect(clusterSize: number, intraclassCorrelation: number): number {
  if (!(clusterSize >= 1)) throw new RangeError(`A cluster has at least one answer, got ${clusterSize}`)
  if (!(Math.abs(intraclassCorrelation) <= 1)) {
    throw new RangeError(`Intraclass correlation must lie in -1 to 1, got ${intraclassCorrelation}`)
  }
  return 1 + (clusterSize - 1) * intraclassCorrelation
}

/**
 * A size in whole cases, rounded up; noise of a millionth of a thousandth does not cost a case.
 *
 * @see methodology 1.6 and 10.4 (D1)
 * @example wholeCases(305.996) // 306
 */
export const wholeCases = (size: number): number => Math.ceil(size - NOISE)
