/**
 * Random numbers that repeat: xoshiro128** by Blackman and Vigna, seeded from a text.
 *
 * The generator is part of the record of every draw and bootstrap: change it only under a new `GENERATOR` name.
 *
 * @see Blackman, D., Vigna, S. (2021) "Scrambled linear pseudorandom number generators", ACM TOMS 47(4)
 */

/** Name of the generator and its seeding, kept with each result that used it. */
export const GENERATOR = 'xoshiro128starstar-fnv1a/1'

/** A stream of random draws; each call moves it on. */
export interface SeededStream {
  /** Uniform in [0, 1), 53 bits fine. */
  uniform(): number
  /** Whole number from 0 up to, not including, `limit`; each equally likely. `limit` is 1 to 2³². */
  below(limit: number): number
}

type State = [number, number, number, number]

const WORDS = 2 ** 32
/** 2³² divided by the golden ratio: multiples of it share few bits. */
const STEP = 0x9e3779b9

const rotateLeft = (word: number, bits: number) => (word << bits) | (word >>> (32 - bits))

/**
 * The generator itself: each call gives the next whole number below 2³².
 *
 * @see Blackman, D., Vigna, S. (2021), reference code `xoshiro128starstar.c`
 * @example xoshiro128([1, 2, 3, 4])() // 11520
 */
export function xoshiro128(seed: Readonly<State>): () => number {
  const state: State = [...seed]
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(state[1], 5), 7), 9) >>> 0
    const shifted = state[1] << 9
    state[2] ^= state[0]
    state[3] ^= state[1]
    state[1] ^= state[2]
    state[0] ^= state[3]
    state[2] ^= shifted
    state[3] = rotateLeft(state[3], 11)
    return result
  }
}

/** Multiply-and-shift mixer, so that seeds that differ in one letter part at once. */
function mix(word: number): number {
  const once = Math.imul(word ^ (word >>> 16), 0x21f0aaad)
  const twice = Math.imul(once ^ (once >>> 15), 0x735a2d97)
  return twice ^ (twice >>> 15)
}

/** FNV-1a over UTF-16 units, mixed into four words. */
function stateOf(seed: string): State {
  let hash = 0x811c9dc5
  for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193)
  return [mix(hash + STEP), mix(hash + 2 * STEP), mix(hash + 3 * STEP), mix(hash + 4 * STEP)]
}

/**
 * The stream of a generator's state.
 *
 * @param state four whole numbers below 2³², not all of them 0
 * @throws {RangeError} by `below` when the limit is not a whole number from 1 to 2³²
 * @see Blackman, D., Vigna, S. (2021) "Scrambled linear pseudorandom number generators", ACM Trans. Math. Software 47(4)
 * @example streamFrom([1, 2, 3, 4]).below(1) // 0
 */
export function streamFrom(state: Readonly<State>): SeededStream {
  const next = xoshiro128(state)
  return {
    uniform: () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53,
    below(limit) {
      if (!(Number.isInteger(limit) && limit >= 1 && limit <= WORDS)) {
        throw new RangeError(`Limit must be a whole number from 1 to 2^32, got ${limit}`)
      }
      // Words above the last whole multiple of the limit would favour small numbers.
      const usable = WORDS - (WORDS % limit)
      let word = next()
      while (word >= usable) word = next()
      return word % limit
    },
  }
}

/**
 * The stream of a seed: the same text gives the same draws on every machine.
 *
 * A text is hashed to 32 bits: of 10 000 seeds two share a stream with a chance of 1 %, of a million some for certain.
 * Where streams are made by the million, give `streamFrom` wider states.
 *
 * @param seed any text but an empty one, which is nearly always a forgotten setting
 * @throws {RangeError} when the seed is empty; by `below` when the limit is not a whole number from 1 to 2³²
 * @see Blackman, D., Vigna, S. (2021) "Scrambled linear pseudorandom number generators", ACM Trans. Math. Software 47(4)
 * @example createSeededStream('wave-2026').below(1) // 0
 */
export function createSeededStream(seed: string): SeededStream {
  if (seed === '') throw new RangeError('Seed must not be empty')
  return streamFrom(stateOf(seed))
}
