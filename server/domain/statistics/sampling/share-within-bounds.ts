/** Least and most a receiver can get. */
export interface Bounds {
  readonly low: number
  readonly high: number
}

/**
 * Shares a total in proportion to claims, no one getting less than its least or more than its most.
 *
 * Round by round: share what is left among those not yet settled; if bounds lift the sum, settle those raised, if they
 * lower it, settle those cut; the rest share again. Ends, since each round settles one at least.
 *
 * @param total between the sum of the leasts and the sum of the mosts
 * @param claims positive, any scale, one per receiver
 * @param bounds one per receiver
 * @returns amounts in the order of the claims, adding up to the total
 * @see methodology 1.6 and 10.4 (D3)
 * @example shareWithinBounds(400, [50, 20, 10, 5], [60, 60, 60, 60].map((low) => ({ low, high: 400 }))) // [200, 80, 60, 60]
 */
export function shareWithinBounds(total: number, claims: readonly number[], bounds: readonly Bounds[]): number[] {
  const settled = new Map<number, number>()
  while (settled.size < claims.length) {
    const open = claims.map((_, i) => i).filter((i) => !settled.has(i))
    const left = total - [...settled.values()].reduce((sum, amount) => sum + amount, 0)
    const claimed = open.reduce((sum, i) => sum + claims[i]!, 0)
    const wishes = open.map((i) => {
      const wish = (left * claims[i]!) / claimed
      const amount = Math.min(bounds[i]!.high, Math.max(bounds[i]!.low, wish))
      return { i, amount, moved: amount - wish }
    })
    const moved = wishes.reduce((sum, wish) => sum + wish.moved, 0)
    const settles = ({ moved: own }: { moved: number }) => (moved > 0 ? own > 0 : moved < 0 ? own < 0 : true)
    for (const { i, amount } of wishes.filter(settles)) settled.set(i, amount)
  }
  return claims.map((_, i) => settled.get(i)!)
}
