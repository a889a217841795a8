import { pearsonOfComplete } from './correlation.js'
import { explainedVariance } from './explained-variance.js'
import { equalWeights } from './moments.js'

/** The part of one predictor in what all explain together. */
export interface ShapleyShare {
  /** Mean gain in R² over all orders of entering; the gains of all add up to R². */
  readonly lmg: number
  /** `lmg` as percent of R²; `null` when nothing is explained. */
  readonly percent: number | null
}

/** How R² divides among predictors. */
export interface ShapleyDecomposition {
  readonly rSquared: number
  /** In the order of the predictors. */
  readonly shares: readonly ShapleyShare[]
  /** Respondents with all values. */
  readonly base: number
}

/** 2¹⁰ regressions are a blink; above, group the items into factors first. */
const MAX_PREDICTORS = 10

/**
 * Divides R² among correlated predictors fairly: each gets its mean gain over all orders of entering (LMG, Shapley).
 *
 * LMG_j = Σ_S |S|!(p − |S| − 1)!/p! · [R²(S ∪ j) − R²(S)] over sets S without j. Over respondents with all values.
 *
 * @param predictors one column per predictor, for example the five factors
 * @param outcome overall rating
 * @param weights positive, any scale; 1 each unless given
 * @returns `null` when the outcome or every predictor does not vary, or fewer than two respondents are complete
 * @throws {RangeError} with no or more than 10 predictors, or columns of different length
 * @see Lindeman, Merenda, Gold (1980); Grömping, U. (2007) Amer. Statistician 61, 139-147; methodology 4.6 and 10.6 (G2)
 * @example shapleyShares([[1, 2, 3]], [2, 4, 6]).rSquared // 1
 */
export function shapleyShares(
  predictors: readonly (readonly (number | null)[])[],
  outcome: readonly (number | null)[],
  weights: readonly number[] = equalWeights(outcome.length),
): ShapleyDecomposition | null {
  checkSize(predictors.length)
  for (const column of [...predictors, weights]) {
    if (column.length !== outcome.length) throw new RangeError(`Column of ${column.length}, expected ${outcome.length}`)
  }
  const complete = outcome.flatMap((y, i) => (y === null || predictors.some((x) => x[i] === null) ? [] : [i]))
  const pick = (column: readonly (number | null)[]) => complete.map((i) => column[i]!)
  const [xs, y, w] = [predictors.map(pick), pick(outcome), complete.map((i) => weights[i]!)]
  // A predictor that does not vary correlates with nothing and explains nothing.
  const correlate = (a: readonly number[], b: readonly number[]) => pearsonOfComplete(a, b, w)
  const withOutcome = xs.map((x) => correlate(x, y))
  if (withOutcome.every((r) => r === null)) return null
  const between = xs.map((a, i) => xs.map((b, j) => correlate(a, b) ?? (i === j ? 1 : 0)))
  return {
    ...shapleyOfCorrelations(
      between,
      withOutcome.map((r) => r ?? 0),
    ),
    base: complete.length,
  }
}

/**
 * The same from correlations alone.
 *
 * @param between correlations of all predictors with one another; 0 for one that does not vary, 1 on the diagonal
 * @param withOutcome correlation of each predictor with the outcome; 0 for one that does not vary
 * @throws {RangeError} with no or more than 10 predictors
 * @see Lindeman, Merenda, Gold (1980); Grömping, U. (2007) Amer. Statistician 61, 139-147; methodology 4.6
 * @example shapleyOfCorrelations([[1, 0], [0, 1]], [0.6, 0.3]) // { rSquared: 0.45, shares: [{ lmg: 0.36, percent: 80 }, { lmg: 0.09, percent: 20 }] }
 */
export function shapleyOfCorrelations(
  between: readonly (readonly number[])[],
  withOutcome: readonly number[],
): Pick<ShapleyDecomposition, 'rSquared' | 'shares'> {
  const size = withOutcome.length
  checkSize(size)
  const bySet = allSets(size).map((chosen) => explainedVariance(between, withOutcome, chosen))
  const rSquared = bySet.at(-1)!
  const shares = withOutcome.map((_, j) => {
    const lmg = meanGain(bySet, size, j)
    return { lmg, percent: rSquared > 0 ? (100 * lmg) / rSquared : null }
  })
  return { rSquared, shares }
}

function checkSize(size: number): void {
  if (!(size >= 1 && size <= MAX_PREDICTORS))
    throw new RangeError(`Predictors must be 1 to ${MAX_PREDICTORS}, got ${size}`)
}

/** Every set of predictors; the bits of its position say which. */
const allSets = (size: number) =>
  Array.from({ length: 2 ** size }, (_, bits) =>
    Array.from({ length: size }, (__, i) => i).filter((i) => bits & (1 << i)),
  )

function meanGain(bySet: readonly number[], size: number, j: number): number {
  let sum = 0
  bySet.forEach((explained, bits) => {
    if (bits & (1 << j)) return
    const members = allSetBits(bits)
    const orders = (factorial(members) * factorial(size - members - 1)) / factorial(size)
    sum += orders * (bySet[bits | (1 << j)]! - explained)
  })
  return sum
}

const allSetBits = (bits: number): number => (bits === 0 ? 0 : (bits & 1) + allSetBits(bits >> 1))
const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
