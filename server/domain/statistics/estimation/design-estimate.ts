import { effectiveBase } from '../effective-base.js'
import { clustersOf, degreesOfFreedom } from './degrees-of-freedom.js'
import { lineariseRatio } from './linearised-ratio.js'
import { lonelyStrata, type SampleDesign } from './sample-design.js'
import { taylorVariance } from './taylor-variance.js'

/** A mean, share or ratio with what is needed to judge it. */
export interface DesignEstimate {
  /** In the unit of the values; a share, 0 to 1, when they are 0 and 1. */
  readonly value: number
  /** In the unit of the values, 0 or more. */
  readonly standardError: number
  /** Cases with a value in the domain. */
  readonly base: number
  /** Variance over that of a simple random sample of the same base; `null` where either is 0. */
  readonly designEffect: number | null
  /** Cases of a simple random sample as precise as this one, at most `base`; not rounded. */
  readonly effectiveBase: number
  /** Primary sampling units minus strata, both counted in the domain; 0 or more. */
  readonly degreesOfFreedom: number
  /** Strata of the design with a single primary sampling unit, centred at the grand mean. */
  readonly lonelyStrata: readonly string[]
}

/** A value of each case; `null` where it has none (not asked, no answer, outside the domain). */
export type CaseValues = readonly (number | null)[]

/**
 * Weighted mean of a domain with its design-based standard error: Σwy / Σw by Taylor linearisation.
 *
 * Cases with `null`, and those outside the domain, count with weight 0 but keep their cluster in the variance.
 * Effective base: base / deff, at most the base. Where deff is undefined (everybody gave one value) it is the smaller
 * of Kish's effective base and the number of clusters: the cautious end.
 *
 * @param values one per case of the design; 0 and 1 for a share
 * @param isInDomain whether the case at a position belongs to the domain; all do unless told
 * @returns `null` when no case of the domain has a value
 * @throws {RangeError} when the number of values is not the number of cases
 * @see methodology 4.8; Lumley, T. (2010) Complex Surveys, chapter 2
 * @example estimateMean(createSampleDesign([{ weight: 1 }, { weight: 1 }, { weight: 1 }, { weight: 1 }]), [1, 0, null, 1]).value
 *   // 0.6667
 */
export function estimateMean(
  design: SampleDesign,
  values: CaseValues,
  isInDomain: (i: number) => boolean = () => true,
): DesignEstimate | null {
  const isCounted = (i: number) => (values[i] ?? null) !== null && isInDomain(i)
  const weights = design.weights.filter((_, i) => isCounted(i))
  if (weights.length === 0) return null
  const { value, scores } = lineariseRatio(
    design,
    values.map((y, i) => (isCounted(i) ? y! : 0)),
    values.map((_, i) => (isCounted(i) ? 1 : 0)),
  )
  const variance = taylorVariance(design, scores)
  const effect = designEffect(variance, simpleVariance(design, values, isCounted, value))
  return {
    value,
    standardError: Math.sqrt(variance),
    base: weights.length,
    designEffect: effect,
    effectiveBase:
      effect === null
        ? Math.min(effectiveBase(weights), clustersOf(design, isCounted).size)
        : Math.min(weights.length, weights.length / effect),
    degreesOfFreedom: degreesOfFreedom(design, isCounted),
    lonelyStrata: lonelyStrata(design),
  }
}

/** Variance of the mean of a simple random sample: [Σw(y − ȳ)² / Σw] / (n − 1); p(1 − p)/(n − 1) for a share. */
function simpleVariance(
  { weights }: SampleDesign,
  values: CaseValues,
  isCounted: (i: number) => boolean,
  mean: number,
): number {
  let squares = 0
  let sum = 0
  let base = 0
  weights.forEach((weight, i) => {
    if (!isCounted(i)) return
    squares += weight * (values[i]! - mean) ** 2
    sum += weight
    base += 1
  })
  return base > 1 ? squares / sum / (base - 1) : 0
}

const designEffect = (variance: number, simple: number) => (variance > 0 && simple > 0 ? variance / simple : null)
