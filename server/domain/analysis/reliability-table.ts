import type { DisclosurePolicy } from '../disclosure/policy.js'
import { LOW_ITEM_TOTAL, type Reliability } from '../statistics/instruments/cronbach-alpha.js'
import { type CrossSums, correlationsOf, covariancesOf } from '../statistics/instruments/cross-sums.js'
import { omegaFromLoadings } from '../statistics/instruments/omega.js'
import { oneFactorLoadings } from '../statistics/instruments/one-factor.js'
import { reliabilityOfSums } from '../statistics/instruments/reliability-of-sums.js'
import type { AnalysisPlan, PlannedFactor } from './analysis-plan.js'
import type { AnalysisSums } from './analysis-sums.js'

/** How an alpha is read. */
export type AlphaBand = 'weak' | 'moderate' | 'acceptable' | 'redundant'

/** Internal consistency of one factor. */
export interface ReliabilityRow {
  readonly factor: PlannedFactor
  /** Respondents who rated all items; `null` where they are too few to be shown. */
  readonly base: number | null
  /** `null` where it is undefined or the base too small. */
  readonly reliability: Reliability | null
  readonly band: AlphaBand | null
  /** Stands on so few that it carries †. */
  readonly isFlagged: boolean
  /** Loadings by minres on one factor; `null` with fewer than three items or where one factor does not fit. */
  readonly omega: number | null
  /** For each item whether its corrected item-total correlation is below 0.3. */
  readonly low: readonly boolean[]
}

/**
 * Reads an alpha: below 0.6 weak, 0.6 to 0.7 moderate, 0.7 to 0.95 acceptable, above 0.95 redundant.
 *
 * @see methodology 4.7, which names 0.6, 0.7 and 0.95; "moderate" between the first two is the platform's own word
 */
export function bandOf(alpha: number): AlphaBand {
  if (alpha < 0.6) return 'weak'
  if (alpha < 0.7) return 'moderate'
  return alpha > 0.95 ? 'redundant' : 'acceptable'
}

/** Alpha with its parts and omega of each factor of the index (table T12), over respondents who rated all its items. */
export function reliabilityTable(
  { factors }: AnalysisPlan,
  { scales }: AnalysisSums,
  { minReliableBase, minUnflaggedBase }: DisclosurePolicy,
): readonly ReliabilityRow[] {
  return factors.map((factor) => {
    const sums = scales.get(factor.code)!
    if (sums.cases < minReliableBase) {
      return {
        factor,
        base: null,
        reliability: null,
        band: null,
        isFlagged: false,
        omega: null,
        low: factor.items.map(() => false),
      }
    }
    const reliability = reliabilityOfSums(sums)
    return {
      factor,
      base: sums.cases,
      reliability,
      band: reliability && bandOf(reliability.alpha),
      isFlagged: sums.cases < minUnflaggedBase,
      omega: omegaOf(sums),
      low: factor.items.map((_, j) => isLow(reliability?.items[j]?.correctedItemTotal ?? null)),
    }
  })
}

const isLow = (itemTotal: number | null) => itemTotal !== null && itemTotal < LOW_ITEM_TOTAL

function omegaOf(sums: CrossSums): number | null {
  const correlations = correlationsOf(covariancesOf(sums))
  if (correlations.some((row) => row.some((r) => r === null))) return null
  const loadings = oneFactorLoadings(correlations as number[][])
  return loadings && omegaFromLoadings(loadings)
}
