/**
 * Random numbers that repeat: xoshiro128** by Blackman and Vigna, seeded from a text.
 *
 * A text names each stream ("seed/wave/unit/7"), so that adding responses for one unit changes nothing for another.
 *
 * @see Blackman, D., Vigna, S. (2021) "Scrambled linear pseudorandom number generators", ACM TOMS 47(4)
 */

/** A stream of random draws. */
export interface Random {
  /** Uniform in [0, 1), 32 bits fine. */
  uniform(): number
  /** Whole number from 0 up to, not including, `limit`. */
  below(limit: number): number
  /** True with the given probability; at or below 0 never, at or above 1 always. */
  chance(probability: number): boolean
  /** Standard normal. */
  normal(): number
  /** One of the values, each as likely as its weight says; weights are positive, of any scale. */
  weighted<T>(values: readonly (readonly [value: T, weight: number])[]): T
  /** One of the values; the list must not be empty. */
  pick<T>(values: readonly T[]): T
}

type State = [number, number, number, number]

const rotateLeft = (word: number, bits: number) => (word << bits) | (word >>> (32 - bits))

/** The generator itself: each call gives the next whole number below 2³² and moves the state on. */
export function xoshiro128(state: State): () => number {
  return () => {
    const [s0, s1, s2, s3] = state
    const result = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0
    const t2 = s2 ^ s0
    const t3 = s3 ^ s1
    state[1] = s1 ^ t2
    state[0] = s0 ^ t3
    state[2] = t2 ^ (s1 << 9)
    state[3] = rotateLeft(t3, 11)
    return result
  }
}

/** FNV-1a over UTF-16 units, then four rounds of a multiply-and-shift mixer, so that similar names part at once. */
function stateOf(name: string): State {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  const next = () => {
    hash = (hash + 0x9e3779b9) | 0
    const mixed = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad)
    const again = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return again ^ (again >>> 15)
  }
  return [next(), next(), next(), next()]
}

/** The stream of a name; the same name gives the same draws on every machine. */
export function createRandom(name: string): Random {
  const nextWord = xoshiro128(stateOf(name))
  const uniform = () => nextWord() / 2 ** 32
  const below = (limit: number) => Math.floor(uniform() * limit)
  return {
    uniform,
    below,
    chance: (probability) => uniform() < probability,
    // Box and Muller (1958); one minus the draw keeps the logarithm finite.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    weighted(values) {
      const total = values.reduce((sum, [, weight]) => sum + weight, 0)
      let left = uniform() * total
      const chosen = values.find(([, weight]) => {
        left -= weight
        return left < 0
      })
      const last = chosen ?? values.at(-1)
      if (last === undefined) throw new RangeError('Nothing to choose from')
      return last[0]
    },
    pick(values) {
      if (values.length === 0) throw new RangeError('Nothing to choose from')
      return values[below(values.length)] as (typeof values)[number]
    },
  }
}
