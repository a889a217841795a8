/**
 * Whole numbers that keep a whole total: each amount rounded down, what is left goes to the largest remainders.
 *
 * Equal remainders are served in the order given.
 *
 * @param amounts 0 or more, adding up to `total`
 * @param total whole number
 * @returns whole numbers adding up to `total`, each less than 1 away from its amount
 * @throws {RangeError} when the total is not whole, or the amounts do not add up to it
 * @see Hare, T. (1859), the method of largest remainders; methodology 1.6
 * @example largestRemainder([1.5, 1.2, 0.3], 3) // [2, 1, 0]
 */
export function largestRemainder(amounts: readonly number[], total: number): number[] {
  const sum = amounts.reduce((all, amount) => all + amount, 0)
  if (!Number.isInteger(total)) throw new RangeError(`Total must be whole, got ${total}`)
  if (!(Math.abs(sum - total) < 1e-6)) throw new RangeError(`Amounts add up to ${sum}, not to ${total}`)
  // A hair below a whole number is that number: its remainder must not count as almost 1.
  const whole = amounts.map((amount) => Math.floor(amount + 1e-9))
  const missing = total - whole.reduce((all, amount) => all + amount, 0)
  amounts
    .map((amount, i) => ({ i, remainder: amount - whole[i]! }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i)
    .slice(0, missing)
    .forEach(({ i }) => {
      whole[i]! += 1
    })
  return whole
}
