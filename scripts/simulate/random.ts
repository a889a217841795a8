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
  return [mix(hash + STEP), mix(hash + 2 * STEP), mix(hash + 3 * STEP), mix(hash + 4 * STEP)]
}

/** 2³² divided by the golden ratio: words this far apart share few bits. */
const STEP = 0x9e3779b9

function mix(word: number): number {
  const once = Math.imul(word ^ (word >>> 16), 0x21f0aaad)
  const twice = Math.imul(once ^ (once >>> 15), 0x735a2d97)
  return twice ^ (twice >>> 15)
}

/** A class, since streams are made by the thousand and a closure per draw would cost more than the drawing. */
class Stream implements Random {
  readonly #nextWord: () => number

  constructor(state: State) {
    this.#nextWord = xoshiro128(state)
  }

  uniform(): number {
    return this.#nextWord() / 2 ** 32
  }

  below(limit: number): number {
    return Math.floor(this.uniform() * limit)
  }

  chance(probability: number): boolean {
    return this.uniform() < probability
  }

  /** Box and Muller (1958); one minus the draw keeps the logarithm finite. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform())
  }

  weighted<T>(values: readonly (readonly [value: T, weight: number])[]): T {
    let total = 0
    for (const [, weight] of values) total += weight
    let left = this.uniform() * total
    for (const [value, weight] of values) {
      left -= weight
      if (left < 0) return value
    }
    const last = values.at(-1)
    if (last === undefined) throw new RangeError('Nothing to choose from')
    return last[0]
  }

  pick<T>(values: readonly T[]): T {
    if (values.length === 0) throw new RangeError('Nothing to choose from')
    return values[this.below(values.length)] as T
  }
}

/** The stream of a name; the same name gives the same draws on every machine. */
export const createRandom = (name: string): Random => new Stream(stateOf(name))
