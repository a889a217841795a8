import type { MethodComposite, MethodRule } from './method.js'

/** A part of a composite as the rules see it. */
export interface PartValue {
  readonly value: number | null
  readonly weight?: number
  /** Answers behind it: what `pooled` weighs by. */
  readonly answers: number
}

/**
 * How much each part counts in the composite: value = Σ coefficient · part value, before `multiplyBy`.
 *
 * - `mean_of_children`: 1 over the number of parts that have a value
 * - `weighted_mean`: weight over the sum of the weights of the parts that have a value
 * - `sum`: 1
 * - `pooled`: answers over all answers, so that every answer counts alike
 *
 * @param parts those that apply to the unit, in order
 * @returns one coefficient per part, 0 for a part without a value; `null` when the composite has no value
 * @throws {RangeError} when a weight is missing, or for `single_item`, which does not stand on its parts
 * @see methodology 1.5 and 2.3; the rules differ on the same data: acceptance value B1
 * @example partCoefficients({ rule: 'mean_of_children', missing: 'leave_out' }, [{ value: 50, answers: 4 }, { value: null, answers: 0 }]) // [1, 0]
 */
export function partCoefficients(
  { rule, missing }: Pick<MethodComposite, 'rule' | 'missing'>,
  parts: readonly PartValue[],
): readonly number[] | null {
  const present = parts.filter(({ value }) => value !== null)
  if (present.length === 0 || (missing === 'no_value' && present.length < parts.length)) return null
  const sizes = parts.map((part) => (part.value === null ? 0 : sizeOf(rule, part)))
  if (rule === 'sum') return sizes
  const total = sizes.reduce((sum, size) => sum + size, 0)
  return sizes.map((size) => size / total)
}

function sizeOf(rule: MethodRule, { weight, answers }: PartValue): number {
  switch (rule) {
    case 'mean_of_children':
    case 'sum':
      return 1
    case 'pooled':
      return answers
    case 'weighted_mean':
      if (weight === undefined) throw new RangeError('A part of a weighted mean has no weight')
      return weight
    case 'single_item':
      throw new RangeError('Rule single_item does not stand on parts')
  }
}
