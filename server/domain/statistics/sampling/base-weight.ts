/**
 * Base weight of a case: 1 / (π₁·π₂·…), the inverse of its chance to be drawn over all stages.
 *
 * @param probabilities chance at each stage, given the stages before; each above 0 to 1
 * @returns cases of the population it speaks for, 1 or more
 * @throws {RangeError} when there is no stage or a probability is out of range
 * @see Methodology 1.6 and 10.4 (D4)
 * @example baseWeight([0.3, 20 / 1200]) // 200
 */
export function baseWeight(probabilities: readonly number[]): number {
  if (probabilities.length === 0) throw new RangeError('A base weight needs at least one stage')
  return probabilities.reduce((weight, probability) => {
    if (!(probability > 0 && probability <= 1)) {
      throw new RangeError(`Probability must lie in 0 to 1, above 0, got ${probability}`)
    }
    return weight / probability
  }, 1)
}
