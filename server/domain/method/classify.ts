import type { MethodClass } from './method.js'

/** A sum of means that is 15 in algebra may be 14.999999999999998 in floating point. */
const ROUNDING = 1e-9

/**
 * The class of an index by fixed cuts; a value on the cut belongs to the better class.
 *
 * @param classes best first
 * @returns `null` without a value or below the last cut
 * @example classify(12, [{ code: 'good', from: 12, name: { vi: 'Tốt', en: 'Good' } }])?.code // 'good'
 */
export function classify(value: number | null, classes: readonly MethodClass[]): MethodClass | null {
  if (value === null) return null
  return classes.find(({ from }) => value >= from - ROUNDING) ?? null
}
