import type { SeededStream } from '../random/seeded-stream.js'

/**
 * Draws without replacement, every set equally likely, in random order: the first are the sample, later ones a reserve.
 *
 * Partial Fisher-Yates shuffle.
 *
 * @param items frame in a fixed order
 * @param count items to draw, whole, at most the frame
 * @param stream moved on by `count` draws
 * @throws {RangeError} when the count is out of range
 * @see Durstenfeld, R. (1964) "Algorithm 235: random permutation", CACM 7, 420
 * @example drawSimpleRandom(['a', 'b', 'c'], 3, createSeededStream('wave-2026/ward-7')).length // 3
 */
export function drawSimpleRandom<T>(items: readonly T[], count: number, stream: SeededStream): T[] {
  if (!(Number.isInteger(count) && count >= 0 && count <= items.length)) {
    throw new RangeError(`Count must be a whole number from 0 to ${items.length}, got ${count}`)
  }
  const left = [...items]
  for (let i = 0; i < count; i++) {
    const other = i + stream.below(left.length - i)
    const item = left[other]!
    left[other] = left[i]!
    left[i] = item
  }
  return left.slice(0, count)
}
