import type { ItemReliability, Reliability } from './cronbach-alpha.js'
import { type CrossSums, correlationsOf, covariancesOf } from './cross-sums.js'

type Matrix = readonly (readonly number[])[]

/** The standardised items cancel but for rounding below this, as in `cronbachAlpha`. */
const VANISHED = 1e-12

/**
 * Cronbach's alpha with its parts, from sums over the respondents who answered all items: the figures of `cronbachAlpha` in constant
 * memory however many respondents there are.
 *
 * With C the covariances: α = k/(k − 1)·(1 − tr C / ΣΣC); item-total of j = (c_j· − c_jj) / √(c_jj·(ΣΣC − 2c_j· + c_jj)), c_j· its row sum.
 *
 * @returns `null` where alpha is undefined: fewer than two items or respondents, or a total that does not vary
 * @see Cronbach, L. J. (1951) Psychometrika 16, 297-334; methodology 4.7 and 10.6 (F1)
 * @example reliabilityOfSums({ cases: 3, sums: [6, 7], products: [[14, 16], [16, 19]] })?.alpha // 0.923077
 */
export function reliabilityOfSums(sums: CrossSums): Reliability | null {
  if (sums.sums.length < 2 || sums.cases < 2) return null
  const covariances = covariancesOf(sums)
  const all = alphaOf(covariances)
  if (all === null) return null
  return {
    alpha: all.alpha,
    standardisedAlpha: standardisedAlpha(covariances),
    items: covariances.map((row, j) => itemOf(covariances, all.total, row, j)),
    base: sums.cases,
    totalVariance: all.total,
  }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

function alphaOf(covariances: Matrix): { readonly alpha: number; readonly total: number } | null {
  const k = covariances.length
  const total = sum(covariances.map(sum))
  const own = sum(covariances.map((row, j) => row[j]!))
  if (k < 2 || !(total > VANISHED * own)) return null
  return { alpha: (k / (k - 1)) * (1 - own / total), total }
}

function standardisedAlpha(covariances: Matrix): number | null {
  const pairs = correlationsOf(covariances).flatMap((row, j) => row.filter((_, m) => m !== j))
  if (pairs.some((r) => r === null)) return null
  const k = covariances.length
  const mean = sum(pairs as number[]) / pairs.length
  const denominator = 1 + (k - 1) * mean
  return denominator > VANISHED ? (k * mean) / denominator : null
}

function itemOf(covariances: Matrix, total: number, row: readonly number[], j: number): ItemReliability {
  const variance = row[j]!
  const withItem = sum(row)
  const rest = total - 2 * withItem + variance
  const others = covariances.filter((_, m) => m !== j).map((other) => other.filter((_, m) => m !== j))
  const isDefined = variance > 0 && rest > VANISHED * total
  return {
    variance,
    alphaIfDeleted: alphaOf(others)?.alpha ?? null,
    correctedItemTotal: isDefined ? (withItem - variance) / Math.sqrt(variance * rest) : null,
  }
}
