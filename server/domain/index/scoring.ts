import type { CodeCounts } from './tally.js'

/** Lowest score of the two best options. */
export const TOP_TWO_FROM = 4

/** Respondents, or sums of their weights, at scores 1 to 5, worst to best. */
export type ScaleCounts = readonly [number, number, number, number, number]

/**
 * Score of a stored answer, worst 1 to best 5; a reversed item is turned round here and nowhere else.
 *
 * @returns `null` for every nonresponse code and anything else off the scale
 * @example scoreOf(2, { isReversed: true }) // 4
 */
export function scoreOf(code: number, item: { readonly isReversed: boolean }): number | null {
  if (!(Number.isInteger(code) && code >= 1 && code <= 5)) return null
  return item.isReversed ? 6 - code : code
}

/** Counts at scores 1 to 5 from counts of stored codes. */
export function scaleCountsOf(codes: CodeCounts, item: { readonly isReversed: boolean }): ScaleCounts {
  const at = (code: number) => codes[code] ?? 0
  return item.isReversed ? [at(5), at(4), at(3), at(2), at(1)] : [at(1), at(2), at(3), at(4), at(5)]
}
