/**
 * From criteria to factors to the index. There are three honest ways that give three numbers on the same data
 * (62.22, 62.96 or an item of its own, methodology B1), so the rule is always named.
 */

/** How a composite follows from its parts; never implicit. */
export const AGGREGATION_RULES = ['mean_of_children', 'pooled', 'single_item'] as const
export type AggregationRule = (typeof AGGREGATION_RULES)[number]

/**
 * Simple mean of the parts that have a value: the factor from its criteria, the index from its factors.
 *
 * @param values percents or points; `null` for a part nobody answered
 * @returns `null` when no part has a value
 * @example meanOfChildren([50, null, 60]) // 55
 */
export function meanOfChildren(values: readonly (number | null)[]): number | null {
  const present = values.filter((value) => value !== null)
  return present.length === 0 ? null : present.reduce((sum, value) => sum + value, 0) / present.length
}

/**
 * Mean of unit figures weighted by the units' shares of a population.
 *
 * @param parts value and size of each unit: population or transactions, 0 or more
 * @returns in the unit of the values
 * @throws {RangeError} when the sizes do not add up to more than 0
 * @see methodology 1.5 (area aggregation), acceptance value M1
 */
export function populationMean(parts: readonly { readonly value: number; readonly size: number }[]): number {
  const size = parts.reduce((sum, part) => sum + part.size, 0)
  if (!(size > 0 && size < Infinity)) throw new RangeError(`Sizes must add up to more than 0, got ${size}`)
  return parts.reduce((sum, part) => sum + part.value * part.size, 0) / size
}

/**
 * SIPAS of 2022 and later: the mean of satisfaction with policy and with administrative service.
 *
 * @returns percent, 0 to 100
 * @see methodology 1.5, last line: inferred from the published figures of Hà Nội 2024, not read in the regulation
 * @example sipasPercent({ policyPercent: 86.51, servicePercent: 86.49 }) // 86.5
 */
export function sipasPercent(parts: { readonly policyPercent: number; readonly servicePercent: number }): number {
  return (parts.policyPercent + parts.servicePercent) / 2
}
