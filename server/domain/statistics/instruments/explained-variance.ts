/** Pivots below this share of an item's variance mean that the others say it all; it then adds nothing. */
const COLLINEAR = 1e-10

/**
 * Share of the outcome's variance that a set of predictors explains in a linear regression (R²).
 *
 * From correlations alone: R² = r'·R⁻¹·r, by elimination. A predictor that is a linear combination of others is left
 * out: it cannot add to R².
 *
 * @param between correlations of all predictors with one another
 * @param withOutcome correlation of each predictor with the outcome
 * @param chosen positions of the predictors in the regression
 * @returns 0 to 1
 * @see Draper, N. R., Smith, H. (1998) Applied Regression Analysis, chapter 5
 * @example explainedVariance([[1, 0], [0, 1]], [0.6, 0.3], [0, 1]) // 0.45
 */
export function explainedVariance(
  between: readonly (readonly number[])[],
  withOutcome: readonly number[],
  chosen: readonly number[],
): number {
  const rows = chosen.map((i) => [...chosen.map((j) => between[i]![j]!), withOutcome[i]!])
  let explained = 0
  for (let pivot = 0; pivot < rows.length; pivot++) {
    const row = rows[pivot]!
    const left = row[pivot]!
    if (left < COLLINEAR) continue
    const covariance = row.at(-1)!
    explained += (covariance * covariance) / left
    for (const below of rows.slice(pivot + 1)) {
      const factor = below[pivot]! / left
      for (let j = pivot; j < below.length; j++) below[j]! -= factor * row[j]!
    }
  }
  return Math.min(1, Math.max(0, explained))
}
