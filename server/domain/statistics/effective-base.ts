/**
 * Number of equally weighted respondents that would give the same precision.
 *
 * Unequal weights make a sample worth less than its size: nₑ = (Σw)² / Σw².
 *
 * @param weights survey weights of the respondents in one cell; positive, unitless, any scale, any order
 * @returns respondents, greater than 0 and at most `weights.length`; not rounded
 * @throws {RangeError} when there is no weight, or one is not positive and finite
 * @see Kish, L. (1992) "Weighting for unequal Pᵢ", Journal of Official Statistics 8(2), 183-200
 * @example effectiveBase([1, 1, 2]) // 2.67
 */
export function effectiveBase(weights: Iterable<number>): number {
  let sum = 0
  let sumOfSquares = 0
  for (const weight of weights) {
    if (!(weight > 0 && weight < Infinity)) throw new RangeError(`Weight must be positive and finite, got ${weight}`)
    sum += weight
    sumOfSquares += weight * weight
  }
  if (sum === 0) throw new RangeError('Effective base needs at least one weight')
  return (sum * sum) / sumOfSquares
}
