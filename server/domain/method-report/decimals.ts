import type { Method } from '../method/method.js'

/**
 * Decimals that figures of a method are read with: about a thousandth of its range.
 *
 * @example decimalsOf({ lowest: 0, highest: 100 }) // 1
 * @example decimalsOf({ lowest: -2, highest: 2 }) // 2
 */
export function decimalsOf({ lowest, highest }: Pick<Method['range'], 'lowest' | 'highest'>): number {
  return Math.max(0, Math.round(3 - Math.log10(highest - lowest)))
}

/** A value at so many decimals. */
export function roundTo(value: number, decimals: number): number {
  return Math.round(value * 10 ** decimals) / 10 ** decimals
}
